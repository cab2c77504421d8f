#include "firmware-sim/scenario/staff_toml.hpp"

#include <algorithm>
#include <chrono>

#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/toml_table.hpp"

namespace anju::sim {
namespace {

std::optional<TaskKind> parse_contact(std::string_view text) {
    if (text == "call") return TaskKind::phone_call;
    if (text == "visit") return TaskKind::home_visit;
    return std::nullopt;
}

Worker read_worker(const toml::table& toml, const std::string& file) {
    const Table table(toml, file, {"id", "name", "role", "phone"});
    Worker out;
    out.id = WorkerId{table.text("id")};
    out.name = table.text("name");
    out.phone = table.text("phone", "");
    out.role = table.parsed("role", parse_role, "a role like \"grid_worker\"", Role::grid_worker);
    return out;
}

Errand read_errand(const toml::table& toml, const std::string& file, const SimCommunity& community,
                   const std::vector<SimHome>& homes) {
    const Table table(
        toml, file,
        {"day", "at", "who", "resident", "kind", "outcome", "lasts", "reason", "approver"});
    Errand out;
    out.at = table.day_time();
    out.worker = WorkerId{table.text("who")};
    out.resident = ResidentId{table.text("resident")};
    const bool suspends = table.text("kind", "call") == "suspend";
    if (!suspends) {
        out.kind =
            table.parsed("kind", parse_contact, "\"call\", \"visit\" or \"suspend\"", out.kind);
    } else {
        out.suspends = table.chosen("reason", parse_resident_status, resident_status_names());
        out.approver = WorkerId{table.text("approver")};
    }
    for (const auto key : {"reason", "approver"}) {
        if (suspends || table.node(key) == nullptr) continue;
        fail(file, table.node(key), "a contact has no '" + std::string(key) + "'",
             "leave it out, or say kind = \"suspend\"");
    }
    out.outcome =
        table.parsed("outcome", parse_outcome, "an outcome like \"unreached\"", out.outcome);
    out.lasts = table.parsed("lasts", parse_duration, hint_duration, out.lasts);
    const auto works_here = [&](const WorkerId& who, std::string_view key) {
        if (std::ranges::find(community.workers, who, &Worker::id) != community.workers.end())
            return;
        fail(file, table.node(key), "no worker '" + who.value + "' in this community",
             "take the id of one of its workers");
    };
    works_here(out.worker, "who");
    if (suspends) works_here(out.approver, "approver");
    const bool lives_here = std::ranges::any_of(homes, [&](const SimHome& home) {
        return home.community == community.id.value && home.resident.id == out.resident;
    });
    if (!lives_here) {
        fail(file, table.node("resident"),
             "no resident '" + out.resident.value + "' in this community",
             "take the resident of one of its [[home]]");
    }
    return out;
}

}  // namespace

SimCommunity read_community(const toml::table& toml, const std::string& file,
                            const std::vector<SimHome>& homes) {
    const Table table(toml, file, {"id", "name", "street", "district", "worker", "errand"});
    SimCommunity out;
    out.line = table.line();
    out.id = CommunityId{table.text("id")};
    out.name = table.text("name");
    out.street = table.text("street");
    out.district = table.text("district");
    table.tables("worker",
                 [&](const toml::table& each) { out.workers.push_back(read_worker(each, file)); });
    table.tables("errand", [&](const toml::table& each) {
        out.errands.push_back(read_errand(each, file, out, homes));
    });
    std::ranges::stable_sort(out.errands, {}, &Errand::at);
    return out;
}

}  // namespace anju::sim
