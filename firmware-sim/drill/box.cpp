#include "firmware-sim/drill/box.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "control/client.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::size_t most_alerts = 10'000;

result<json::value> ask(const std::filesystem::path& socket, std::string method,
                        json::object params) {
    auto answer = control::call(socket, {std::move(method), std::move(params)}, 10s);
    if (answer.kind == control::Outcome::Kind::ok) return std::move(answer.result);
    return answer.errors.front();
}

std::string text(const json::value& object, std::string_view key) {
    const auto* value = object.as_object().if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

/// "2026-03-02T07:00:00.250+08:00"
Instant time_of(const std::string& rfc3339) {
    if (rfc3339.size() < 24) return {};
    const auto whole = parse_instant(rfc3339.substr(0, 19) + rfc3339.substr(23));
    const int ms = std::atoi(rfc3339.substr(20, 3).c_str());
    return whole.value_or(Instant{}) + Duration{ms};
}

std::optional<Priority> priority_of(const std::string& spelled) {
    for (const auto each : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
        if (name(each) == spelled) return each;
    }
    return std::nullopt;
}

SeenAlert seen(const json::value& shown) {
    const auto& alert = shown.at("alert");
    SeenAlert out;
    out.id = text(alert, "id");
    out.household = text(alert, "household");
    out.kind = parse_alert_kind(text(alert, "kind")).value_or(AlertKind::test);
    out.device = text(alert, "device");
    out.priority = priority_of(text(alert, "priority")).value_or(Priority::p4);
    out.state = parse_alert_state(text(alert, "state")).value_or(AlertState::suspected);
    out.raised_at = time_of(text(alert, "raised_at"));
    for (const auto& change : shown.at("history").as_array()) {
        if (out.recorded_at == Instant{}) out.recorded_at = time_of(text(change, "at"));
        out.priority =
            std::min(out.priority, priority_of(text(change, "priority")).value_or(Priority::p4));
        const auto who = text(change, "actor");
        if (text(change, "cause") != "person" || who.empty()) continue;
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

}  // namespace

result<BoxState> Box::state() const {
    const auto status = ask(socket_, "status", {});
    if (!status) return status.error();
    BoxState out{text(*status, "gateway_id"), text(*status, "version"),
                 time_of(text(*status, "now")), text(*status, "clock") == "driven", false};
    if (const auto* drill = status->as_object().if_contains("drill");
        drill != nullptr && drill->is_object()) {
        const auto* allowed = drill->as_object().if_contains("allowed");
        out.drills_allowed = allowed != nullptr && allowed->is_bool() && allowed->as_bool();
    }
    return out;
}

result<std::vector<std::string>> Box::drill_homes(const std::string& prefix) const {
    const auto list = ask(socket_, "residents.list", {});
    if (!list) return list.error();
    std::vector<std::string> out;
    for (const auto& home : list->at("households").as_array()) {
        const auto id = text(home, "household");
        // Both: a home where somebody lives is never taken off, whatever it is called.
        if (id.starts_with(prefix) && !text(home, "drill").empty()) out.push_back(id);
    }
    return out;
}

result<void> Box::add(const std::string& directory_toml) const {
    const auto done = ask(socket_, "residents.import",
                          {{"toml", directory_toml}, {"file_name", "the drill's homes"}});
    if (!done) return done.error();
    return {};
}

result<void> Box::remove(const std::string& household) const {
    const auto done = ask(socket_, "residents.remove", {{"household", household}});
    if (!done) return done.error();
    return {};
}

result<std::vector<SeenAlert>> Box::alerts(const std::vector<SimHome>& homes) const {
    const auto list = ask(socket_, "alerts.list", {{"all", true}, {"limit", most_alerts}});
    if (!list) return list.error();
    std::vector<SeenAlert> out;
    for (const auto& alert : list->at("alerts").as_array()) {
        const auto household = text(alert, "household");
        const bool ours = std::ranges::any_of(
            homes, [&](const SimHome& home) { return home.id.value == household; });
        if (!ours) continue;
        const auto shown = ask(socket_, "alerts.show", {{"id", text(alert, "id")}});
        if (!shown) return shown.error();
        out.push_back(seen(*shown));
    }
    return out;
}

}  // namespace anju::sim
