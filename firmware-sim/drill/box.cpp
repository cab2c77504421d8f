#include "firmware-sim/drill/box.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/box_talk.hpp"

namespace anju::sim {

namespace {

namespace json = boost::json;

constexpr std::size_t most_alerts = 10'000;

std::optional<Priority> priority_of(const std::string& spelled) {
    for (const auto each : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
        if (name(each) == spelled) return each;
    }
    return std::nullopt;
}

}  // namespace

SeenAlert seen_alert(const json::value& shown) {
    const auto& alert = shown.at("alert");
    SeenAlert out;
    out.id = text_of(alert, "id");
    out.household = text_of(alert, "household");
    out.kind = parse_alert_kind(text_of(alert, "kind")).value_or(AlertKind::test);
    out.device = text_of(alert, "device");
    out.priority = priority_of(text_of(alert, "priority")).value_or(Priority::p4);
    out.state = parse_alert_state(text_of(alert, "state")).value_or(AlertState::suspected);
    out.raised_at = time_of(text_of(alert, "raised_at"));
    for (const auto& change : shown.at("history").as_array()) {
        if (out.recorded_at == Instant{}) out.recorded_at = time_of(text_of(change, "at"));
        out.priority =
            std::min(out.priority, priority_of(text_of(change, "priority")).value_or(Priority::p4));
        const auto who = text_of(change, "actor");
        if (text_of(change, "cause") != "person" || who.empty()) continue;
        if (std::ranges::find(out.answered_by, who) == out.answered_by.end()) {
            out.answered_by.push_back(who);
        }
    }
    for (const auto& telling : shown.at("told").as_array()) {
        const auto& vacant = telling.at("vacant").as_array();
        for (const auto& role : telling.at("roles").as_array()) {
            if (std::ranges::find(vacant, role) != vacant.end()) continue;  // nobody was reached
            if (const auto parsed = parse_role(role.as_string())) out.told.push_back(*parsed);
        }
    }
    return out;
}

BoxState box_state(const json::value& status) {
    BoxState out{text_of(status, "gateway_id"), text_of(status, "version"),
                 time_of(text_of(status, "now")), text_of(status, "clock") == "driven", false};
    if (const auto* drill = status.as_object().if_contains("drill");
        drill != nullptr && drill->is_object()) {
        const auto* allowed = drill->as_object().if_contains("allowed");
        out.drills_allowed = allowed != nullptr && allowed->is_bool() && allowed->as_bool();
    }
    return out;
}

result<BoxState> Box::state() const {
    const auto status = ask_box(socket_, "status", {});
    if (!status) return status.error();
    return box_state(*status);
}

result<std::vector<std::string>> Box::drill_homes(const std::string& prefix) const {
    const auto list = ask_box(socket_, "residents.list", {});
    if (!list) return list.error();
    std::vector<std::string> out;
    for (const auto& home : list->at("households").as_array()) {
        const auto id = text_of(home, "household");
        // Both: a home where somebody lives is never taken off, whatever it is called.
        if (id.starts_with(prefix) && !text_of(home, "drill").empty()) out.push_back(id);
    }
    return out;
}

result<void> Box::add(const std::string& directory_toml) const {
    const auto done = ask_box(socket_, "residents.import",
                              {{"toml", directory_toml}, {"file_name", "the drill's homes"}});
    if (!done) return done.error();
    return {};
}

result<void> Box::remove(const std::string& household) const {
    const auto done = ask_box(socket_, "residents.remove", {{"household", household}});
    if (!done) return done.error();
    return {};
}

result<std::vector<SeenAlert>> Box::alerts(const std::vector<SimHome>& homes) const {
    const auto list = ask_box(socket_, "alerts.list", {{"all", true}, {"limit", most_alerts}});
    if (!list) return list.error();
    std::vector<SeenAlert> out;
    for (const auto& alert : list->at("alerts").as_array()) {
        const auto household = text_of(alert, "household");
        const bool ours = std::ranges::any_of(
            homes, [&](const SimHome& home) { return home.id.value == household; });
        if (!ours) continue;
        const auto shown = ask_box(socket_, "alerts.show", {{"id", text_of(alert, "id")}});
        if (!shown) return shown.error();
        out.push_back(seen_alert(*shown));
    }
    return out;
}

}  // namespace anju::sim
