#include "firmware-sim/replay/replay_box.hpp"

#include <boost/json.hpp>

#include "firmware-sim/box_talk.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

/// Hours of the zone that such a time is written in; "Z" is none.
Duration offset_of(const std::string& rfc3339) {
    if (rfc3339.size() != 29) return {};
    const auto size = parse_time_of_day(rfc3339.substr(24)).value_or(Duration{});
    return rfc3339[23] == '-' ? -size : size;
}

}  // namespace

result<ReplayBox::State> ReplayBox::state() const {
    const auto status = ask_box(socket_, "status", {});
    if (!status) return status.error();
    const auto now = text_of(*status, "now");
    State out;
    out.utc_offset = offset_of(now);
    out.now = time_of(now);
    out.driven_clock = text_of(*status, "clock") == "driven";
    if (const auto* drill = status->as_object().if_contains("drill"); drill != nullptr) {
        const auto* allowed =
            drill->is_object() ? drill->as_object().if_contains("allowed") : nullptr;
        out.drills_allowed = allowed != nullptr && allowed->is_bool() && allowed->as_bool();
    }
    for (const auto& route : status->at("routes").as_array()) {
        out.heard[text_of(route, "driver")] += route.at("messages").to_number<std::uint64_t>();
    }
    return out;
}

result<void> ReplayBox::add(const std::string& directory_toml) const {
    const auto done =
        ask_box(socket_, "residents.import",
                {{"toml", directory_toml}, {"file_name", "the simulator's homes"}}, 120s);
    if (!done) return done.error();
    return {};
}

result<void> ReplayBox::remove(const std::string& household) const {
    const auto done = ask_box(socket_, "residents.remove", {{"household", household}});
    if (!done) return done.error();
    return {};
}

result<std::vector<std::string>> ReplayBox::closable(const std::string& household,
                                                     Instant now) const {
    const auto list = ask_box(socket_, "alerts.list", {{"limit", 10'000}});
    if (!list) return list.error();
    std::vector<std::string> out;
    for (const auto& alert : list->at("alerts").as_array()) {
        if (text_of(alert, "household") != household) continue;
        const auto kind = text_of(alert, "kind");
        const auto raised = text_of(alert, "raised_at");
        const bool recovers = text_of(alert, "priority") == "P4" || kind == "door_open_long";
        const bool silence = kind == "inactivity" || kind == "water_low";
        const bool day_old = now - time_of(raised) >= 24h;
        if (!recovers && (silence || day_old)) out.push_back(text_of(alert, "id"));
    }
    return out;
}

result<bool> ReplayBox::close(const std::string& alert, const std::string& command_id) const {
    const auto answer = ask_box(socket_, "alerts.command",
                                {{"id", alert},
                                 {"verb", "close"},
                                 {"reason", "unknown"},
                                 {"note", "somebody was seen"},
                                 {"actor", "anju-sim:replay"},
                                 {"command_id", command_id}});
    if (!answer) return answer.error();
    return text_of(*answer, "status") == "applied";
}

}  // namespace anju::sim
