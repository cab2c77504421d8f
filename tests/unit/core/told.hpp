// A home in which one alert is raised on a Monday at ten, and who is told of it when.
#pragma once

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "support.hpp"

namespace anju::test {

/// A Monday, 10:00 in China.
inline constexpr Instant monday = morning + 50h;

/// "1min contact…": minutes after the start, cause and roles of every telling.
struct Telling {
    Duration after{};
    SummonsCause cause{};
    std::vector<Role> roles;

    friend bool operator==(const Telling&, const Telling&) = default;
    friend void PrintTo(const Telling& telling, std::ostream* out) {
        *out << telling.after / 1min << " min " << name(telling.cause);
        for (const Role role : telling.roles) *out << " " << name(role);
    }
};

inline std::vector<Telling> tellings(const Decisions& decisions, Instant start) {
    std::vector<Telling> out;
    for (const Decision& d : decisions) {
        const auto* summons = std::get_if<Summons>(&d.what);
        if (summons != nullptr) out.push_back({d.at - start, summons->cause, summons->roles});
    }
    return out;
}

inline Alert last_in(const Decisions& decisions) {
    for (auto it = decisions.rbegin(); it != decisions.rend(); ++it) {
        if (const auto* change = std::get_if<AlertChanged>(&it->what)) return change->alert;
    }
    ADD_FAILURE() << "no alert was raised or moved";
    return {};
}

using enum Role;
using enum SummonsCause;
inline const std::vector<Role> p1_first{emergency_contact, grid_worker, street_centre};
inline const std::vector<Role> p2_first{emergency_contact, grid_worker};
inline const std::vector<Role> street{street_centre};
inline const std::vector<Role> everybody{emergency_contact, neighbour, grid_worker, second_worker,
                                         street_centre};

/// A home whose devices are silent for a month without anybody's missing them.
inline Household quiet_home() {
    Household home =
        home_with({device(smoke, SensorKind::smoke, 1000h), device(gas, SensorKind::gas, 1000h),
                   device(sos, SensorKind::sos, 1000h), device(leak, SensorKind::water_leak, 1000h),
                   device(door, SensorKind::door, 1000h)});
    home.residents[0].status = ResidentStatus::active;
    return home;
}

/// A home in which one alert is raised, on a Monday at ten.
class Told : public testing::Test {
protected:
    Told() { world.ladder = true; }

    AlertId raise(ReadingKind kind, const DeviceId& from) {
        keep(world.says(monday, from, kind));
        return last_in(all).id;
    }
    AlertId raise_p1() { return raise(ReadingKind::smoke, smoke); }
    AlertId raise_p2() {
        keep(world.apply(
            monday, AlertAsked{home_id,
                               ResidentId{"r1"},
                               AlertKind::contact_failed,
                               {.rule = "calls_unanswered", .since = monday - 3h, .sources = {}}}));
        return last_in(all).id;
    }
    void until(Duration after) { keep(world.advance(monday + after)); }
    CommandStatus does(Duration after, const AlertId& id, AlertVerb verb,
                       const std::string& actor = "cli:lin", std::string note = "seen") {
        const Decisions out =
            world.apply(monday + after, AlertCommand{.command_id = std::to_string(++number_),
                                                     .alert = id,
                                                     .verb = verb,
                                                     .reason = ClosingReason::help_given,
                                                     .note = std::move(note),
                                                     .actor = actor});
        keep(out);
        answer = answer_in(out);
        return answer.status;
    }
    [[nodiscard]] std::vector<Telling> told() const { return tellings(all, monday); }
    [[nodiscard]] Alert now() const { return last_in(all); }

    World world{quiet_home()};
    Decisions all;
    CommandAnswered answer;

private:
    void keep(Decisions decisions) {
        for (Decision& d : decisions) all.push_back(std::move(d));
    }
    int number_ = 0;
};

}  // namespace anju::test
