// Care work as data: what is to be done, what was done, and what holds it up (探访关爱).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"
#include "core/model/resident.hpp"

namespace anju {

enum class TaskKind : std::uint8_t {
    home_visit = 1,     ///< 上门探访
    phone_call = 2,     ///< 电话探访; a message where the variant says so
    extra_contact = 3,  ///< 加访: a call beyond the quota, the same day
    return_check = 4,   ///< 返家核实
    device_check = 5,   ///< 设备巡检
    contact_call = 6,   ///< 联系家属: the weekly call to the contact while suspended
};

enum class TaskState : std::uint8_t {
    planned = 1,
    assigned = 2,     ///< today or tomorrow: frozen, its worker counts on it
    accepted = 3,     ///< the worker has seen it
    in_progress = 4,  ///< an attempt was made or the visit has begun
    completed = 5,
    unreached = 6,    ///< 未接通/未见面, and what follows from it has been planned
    missed = 7,       ///< 漏访: its day passed and nobody tried
    substituted = 8,  ///< 替代完成: another contact stands for it
    cancelled = 9,
    excused = 10,  ///< 免访: the resident is suspended
};

/// Why a task is as it is; "cause" of every step.
enum class CareCause : std::uint8_t {
    plan = 1,        ///< the weekly plan
    replan = 2,      ///< a better place, or none, after something changed
    recorded = 3,    ///< somebody recorded a contact
    retry = 4,       ///< an earlier attempt failed
    alert = 5,       ///< an alert asks for it
    suspension = 6,  ///< the resident is away, in hospital …
    returned = 7,    ///< the suspension ended
    absence = 8,     ///< the worker is ill or on leave
    day_ended = 9,
    directory = 10,  ///< the resident, the staff or the rules were changed
    person = 11,     ///< somebody moved it
};

struct CareTask {
    TaskId id;  ///< "{community}:{number}", unique for ever
    ResidentId resident;
    HouseholdId household;
    WorkerId worker;  ///< empty: nobody could be given it
    TaskKind kind{};
    TaskState state = TaskState::planned;
    Date date;                ///< the day it is due
    Instant start{};          ///< proposed
    Instant end{};            ///< start and its length, without the way
    Instant due{};            ///< overdue from then on
    Instant arose{};          ///< somebody asked for it, last; what happened before is not for it
    bool quota{};             ///< counts for 1 visit + 3 calls
    std::uint8_t attempts{};  ///< that failed
    Instant first_attempt{};  ///< epoch 0 = none
    Instant last_attempt{};   ///< its end; the next one is a pause later
    AlertId alert;            ///< the alert that asked for it; empty
    CareCause cause = CareCause::plan;
    bool overdue{};
    Instant changed_at{};      ///< when it became what it is
    std::uint32_t revision{};  ///< 0, 1, 2 …: grows with each change (SEQUENCE of RFC 5545)

    friend bool operator==(const CareTask&, const CareTask&) = default;
};

/// What became of an attempt to reach a resident.
enum class Outcome : std::uint8_t {
    well = 1,        ///< reached, all is well
    needs_help = 2,  ///< reached, and something is to be done
    unreached = 3,   ///< 未接通/未见面
    refused = 4,     ///< reached, did not want to
    by_other = 5,    ///< a neighbour or the contact says the resident is well: reached by proxy
};

/// The six headings of the visit form, each 0 = not looked at, 1 = all right, 2 = a concern.
struct VisitForm {
    std::uint8_t health{};   ///< 健康
    std::uint8_t mind{};     ///< 精神
    std::uint8_t safety{};   ///< 安全
    std::uint8_t hygiene{};  ///< 卫生
    std::uint8_t housing{};  ///< 居住
    std::uint8_t needs{};    ///< 需求

    [[nodiscard]] bool complete() const {
        return health != 0 && mind != 0 && safety != 0 && hygiene != 0 && housing != 0 &&
               needs != 0;
    }
    friend bool operator==(const VisitForm&, const VisitForm&) = default;
};

/// Whether the sensors of the home agree with a visit. A mismatch is flagged and blocks nothing.
enum class Corroboration : std::uint8_t {
    none = 0,      ///< no sensor could have told
    agrees = 1,    ///< the door was used around the visit
    disagrees = 2  ///< the door's sensor was heard, and the door was not used
};

/// A contact, or an attempt at one, as somebody recorded it.
struct ContactRecord {
    ResidentId resident;
    WorkerId worker;
    TaskKind kind{};  ///< home_visit, phone_call, return_check, contact_call
    Outcome outcome{};
    Instant start{};
    Instant end{};
    VisitForm form;  ///< of visits
    std::string note;
    TaskId task;    ///< the task it was for; empty: the desk finds it
    AlertId alert;  ///< the alert that led to it; empty
    // worked out
    Corroboration corroboration = Corroboration::none;
    bool counts{};        ///< for the quota
    std::string why_not;  ///< English code when it does not: "too_short", "form_incomplete" …
    bool by_night{};      ///< from 20:00 to 08:00, and no alert asked for it; flagged only
    bool off_role{};      ///< by somebody who makes no rounds; flagged only
    std::string actor;    ///< who recorded it

    friend bool operator==(const ContactRecord&, const ContactRecord&) = default;
};

/// 暂停探访. While it lasts inactivity is muted; smoke, gas and leaks are not.
struct Suspension {
    ResidentId resident;
    ResidentStatus reason = ResidentStatus::away;  ///< anything but active
    Date from;
    Date to;               ///< the last day; at most `longest_suspension_days` in all
    std::string said_by;   ///< who told it: "女儿 daughter"
    std::string approver;  ///< who approved it: id or name in the directory
    std::string note;

    friend bool operator==(const Suspension&, const Suspension&) = default;
};

/// Why a plan cannot give everybody what is due.
enum class Shortage : std::uint8_t {
    capacity = 1,    ///< no worker has time on the days that would do
    no_worker = 2,   ///< the community has nobody who makes rounds
    no_duty = 3,     ///< nobody is on the duty roster on the days that would do
    preference = 4,  ///< the resident's own days and hours leave too few days
    gap = 5,         ///< the quota can be met, but not without a gap that is too long
    too_late = 6,    ///< too few days of the week are left
    calendar = 7,    ///< no holiday data for the year: it was planned as if there were none
    worker_cap = 8,  ///< more residents than the workers may have
};

/// What is short, for whom, and what would mend it.
struct Shortfall {
    Shortage why{};
    ResidentId resident;    ///< empty: the whole community
    std::uint8_t visits{};  ///< so many are missing
    std::uint8_t calls{};
    std::uint8_t gap_days{};  ///< with `gap`: how long it becomes
    std::vector<Date> days;   ///< the days on which more would help
    std::uint32_t minutes{};  ///< of work that would mend it; 0 = not a matter of time

    friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

}  // namespace anju
