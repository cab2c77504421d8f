// Who is told next of an alert that nobody takes care of, and when (升级).
//
//            told at once                     nobody acknowledges
//   P1  contact, worker, street centre   1 min second worker, neighbour; 3 min street centre;
//                                        5 min all of them: is 119/120 to be called?
//   P2  contact, worker                  15 min second worker; 30 min lead; 60 min street centre
//   P3  worker                           4 working hours: lead
//   P4  maintainer                       24 h: lead
//   channel_failed (P3)  maintainer      4 working hours: lead
//
//  - A P2 asks the resident first (本人确认), self_check_asks times, self_check_gap apart. One that
//    the rounds ask for does not: there the calls were the asking.
//  - After the last rung of P1 and P2 the street centre is reminded every 15 or 60 minutes, after a
//    day a quarter as often, for as long as nobody acknowledges: no alarm is forgotten.
//  - Acknowledged, and nobody on the way in time: it is open again and the ladder goes on where it
//    stood. Its time counts from when the alert was opened, so what was due meanwhile is due now.
//  - Not on site (P1, P2), not by the end of the next working day (P3), not repaired (P4) in time:
//    overdue, and the next rung is told, whoever is on the way; of an open P1 or P2 only the flag
//    is set, for its ladder tells already. Whoever is on the way to a P1 or P2 for too long is a
//    matter for the street centre once an hour, after a day every four hours.
//  - The repair is urgent where it blinds protection: a smoke alarm, a gas alarm or a help button
//    that is silent, faulty, torn off or without mains. A low battery still protects.
//  - On site (P1, P2) for too long and nothing came of it: overdue; whoever has it and the lead are
//    told, again and again. Dealt with and not closed with a reason: whoever has it, then the lead
//    every day.
//  - A closed P1 or P2 that no supervisor looked at in time is told to lead and street centre, then
//    to the lead once a week, eight times.
//  - A test is told to the maintainer and to nobody else.
//
// Pure: from the alert, the rules and the calendar to the next step; who runs it stands in
// alert/book.hpp. All functions are cheap enough to be asked after every reading.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "core/decision.hpp"
#include "core/model/alert.hpp"
#include "core/model/ladder_rules.hpp"
#include "core/model/roles.hpp"
#include "core/model/work_calendar.hpp"

namespace anju {

class Ladder {
public:
    /// After the last rung, while nobody acknowledges.
    static constexpr Duration p1_reminder = std::chrono::minutes{15};
    static constexpr Duration p2_reminder = std::chrono::minutes{60};
    /// Somebody is on the way, and overdue.
    static constexpr Duration overdue_reminder = std::chrono::minutes{60};
    /// From so long after the opening on, reminders come `rarely` times as seldom.
    static constexpr Duration persistent = std::chrono::hours{24};
    static constexpr int rarely = 4;
    /// Nobody closed it, nobody reviewed it; `reviews` reminders, the first one not counted.
    static constexpr Duration write_up_reminder = std::chrono::hours{24};
    static constexpr Duration review_reminder = std::chrono::days{7};
    static constexpr int reviews = 8;

    struct Step {
        Instant at{};  ///< when it is due; may have passed
        AlertState to{};
        StepCause cause{};
        SummonsCause summons{};            ///< matters where `roles` is not empty
        std::span<const Role> roles = {};  ///< ascending, of static storage; empty: nobody is told
        bool escalates{};                  ///< sets the flag
        bool overdue{};                    ///< sets the flag
        bool climbs = true;  ///< counts as a rung; not what is said of an alert somebody sees to
    };

    /// Refers to what it is given.
    Ladder(const LadderRules& rules, const WorkCalendar& calendar, Duration utc_offset)
        : rules_(rules), calendar_(calendar), utc_offset_(utc_offset) {}

    /// What comes next if nobody does anything; nullopt: nothing. An open P1 or P2, and one that is
    /// acknowledged or asked about, always has a next step.
    [[nodiscard]] std::optional<Step> next(const Alert& alert) const;
    /// The resident is asked before anybody is told.
    [[nodiscard]] bool asks_first(AlertKind kind, Priority priority) const {
        return priority == Priority::p2 && kind != AlertKind::contact_failed &&
               rules_.self_check_asks > 0;
    }

    /// Makes the step at `at` (>= step.at): state, cause, rung, flags, times.
    static void climb(Alert& alert, const Step& step, Instant at);
    /// Back to the ground: nobody was told, nobody has it. State, cause and actor stay.
    static void begin(Alert& alert);
    /// All who have been told since it is open; ascending.
    [[nodiscard]] static std::vector<Role> told(const Alert& alert);
    /// The device that the alert is about guards a life, and does not now.
    [[nodiscard]] static bool blinds_protection(const Alert& alert);

private:
    [[nodiscard]] Step self_check(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> rung(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> resumption(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> limit(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> without_result(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> write_up(const Alert& alert) const;
    [[nodiscard]] std::optional<Step> review(const Alert& alert) const;
    [[nodiscard]] Instant limit_of(const Alert& alert) const;

    const LadderRules& rules_;
    const WorkCalendar& calendar_;
    Duration utc_offset_;
};

}  // namespace anju
