// The homes of a directory file and who lives there. See directory_reader.hpp.
#include <algorithm>

#include "config/directory_reader.hpp"
#include "config/rules.hpp"
#include "config/suggest.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::config {

Household HomeReader::read(Section& section) {
    Household out;
    out.id = HouseholdId{households_.read(section)};
    const Community* const community = this->community(section, out);
    out.address = read_line(section, "address", 200);
    out.drill = drill(section);
    for (Section& inner : section.tables("resident")) {
        out.residents.push_back(resident(inner, community));
    }
    for (Section& inner : section.tables("device")) out.devices.push_back(devices_.read(inner));
    Policy policy = base_.district;
    if (community != nullptr) {
        policy.rules = community->rules;
        policy.origins = community->origins;
    }
    if (auto rules = section.table("rules")) read_rules(*rules, policy, PolicyLayer::resident);
    std::erase_if(policy.origins,
                  [](const PolicyOrigin& one) { return one.key.starts_with("care."); });
    out.rules = std::move(policy.rules);
    out.origins = std::move(policy.origins);
    out.calendar = base_.calendar;
    section.finish();
    return out;
}

Drill HomeReader::drill(Section& section) const {
    const auto text = section.text("drill");
    if (!text) return Drill::none;
    const auto drill = parse_drill(*text);
    if (!drill) {
        section.wrong("drill", "'" + *text + "' is not who is told of a drill",
                      suggestion(*text, drill_names()));
    } else if (!base_.drills_allowed) {
        section.wrong("drill", "is not allowed on this gateway",
                      "if nobody is hurt by practising here, set allowed = true in [drill] of its "
                      "configuration and restart it");
    }
    return drill.value_or(Drill::none);
}

/// A home whose community there is not would get no rounds, and nobody would notice.
const Community* HomeReader::community(Section& section, Household& out) {
    out.community = section.text("community").value_or("");
    if (out.community.size() > 64) {
        section.wrong("community", "is longer than 64 bytes", "use the community's code");
        return nullptr;
    }
    const auto found = std::ranges::find_if(
        communities_, [&](const Community* one) { return one->id.value == out.community; });
    if (found != communities_.end()) return *found;
    if (!out.community.empty() && !communities_.empty()) {
        std::vector<std::string_view> codes;
        for (const Community* one : communities_) codes.push_back(one->id.value);
        section.wrong("community", "'" + out.community + "' is no community that is known",
                      suggestion(out.community, codes) + "; or add its [[community]]");
    }
    return nullptr;
}

Resident HomeReader::resident(Section& section, const Community* community) {
    Resident out;
    out.id = ResidentId{residents_.read(section)};
    out.name = section.text("name").value_or("");
    if (out.name.size() > 200) section.wrong("name", "is longer than 200 bytes", "shorten it");
    if (const auto text = section.text("status")) {
        if (const auto status = parse_resident_status(*text)) {
            out.status = *status;
        } else {
            section.wrong("status", "'" + *text + "' is not a status",
                          suggestion(*text, resident_status_names()));
        }
    }
    out.phone = read_phone(section, "phone");
    for (Section& inner : section.tables("contact")) out.contacts.push_back(contact(inner));
    if (auto inner = section.table("care")) out.care = care(*inner, community);
    section.finish();
    return out;
}

ContactPerson HomeReader::contact(Section& section) {
    ContactPerson out;
    section.require("name", R"("李梅")");
    out.name = read_line(section, "name", 200);
    section.require("phone", R"("138 0000 0000")");
    out.phone = read_phone(section, "phone");
    out.relation = read_line(section, "relation", 100);
    if (const auto text = section.text("role")) {
        constexpr std::string_view roles[] = {"emergency_contact", "neighbour"};
        const auto role = parse_role(*text);
        if (role == Role::emergency_contact || role == Role::neighbour) {
            out.role = *role;
        } else {
            section.wrong("role", "'" + *text + "' is not what a contact can be",
                          suggestion(*text, roles));
        }
    }
    section.finish();
    return out;
}

CareProfile HomeReader::care(Section& section, const Community* community) {
    CareProfile out;
    const auto small = [&](std::string_view key) -> std::optional<std::uint8_t> {
        const auto number = section.integer(key, 0, 7);
        if (!number) return std::nullopt;
        return static_cast<std::uint8_t>(*number);
    };
    out.visits = small("visits");
    out.calls = small("calls");
    const CareRules& usual = community != nullptr ? community->care : base_.district.care;
    check_contacts(section, out.visits.value_or(usual.visits), out.calls.value_or(usual.calls));
    out.by_message = section.boolean("by_message").value_or(false);
    out.variant_approved_by = read_line(section, "variant_approved_by", 200);
    if (out.by_message && out.variant_approved_by.empty()) {
        section.wrong("by_message", "is a variant that nobody approved",
                      "add variant_approved_by with the name of who did");
    }
    if (!out.by_message && !out.variant_approved_by.empty()) {
        section.wrong("variant_approved_by", "approves no variant",
                      "add by_message = true, or remove this line");
    }
    if (auto windows = read_windows(section, "call_windows")) out.call_windows = *windows;
    if (auto windows = read_windows(section, "visit_windows")) out.visit_windows = *windows;
    if (const auto days = read_weekdays(section, "weekdays")) out.weekdays = *days;
    worker(section, community, out);
    section.finish();
    return out;
}

void HomeReader::worker(Section& section, const Community* community, CareProfile& out) {
    const auto text = section.text("worker");
    if (!text) return;
    out.worker = WorkerId{*text};
    if (community == nullptr) {
        section.wrong("worker", "'" + *text + "' is asked for, and the home has no community",
                      "name the home's community and add its [[community]]");
        return;
    }
    const auto& all = community->workers;
    const auto found = std::ranges::find(all, out.worker, &Worker::id);
    if (found == all.end()) {
        std::vector<std::string_view> ids;
        for (const Worker& one : all) ids.push_back(one.id.value);
        section.wrong("worker",
                      "'" + *text + "' is no worker of the community " + community->id.value,
                      ids.empty() ? "add a [[community.worker]]" : suggestion(*text, ids));
    } else if (found->role != Role::grid_worker) {
        section.wrong("worker", "'" + *text + "' makes no rounds", "choose a grid_worker");
    }
}

}  // namespace anju::config
