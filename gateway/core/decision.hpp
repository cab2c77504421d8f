// What the core concludes. Decisions are data: the shell stores them, sends them, shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/care/week.hpp"
#include "core/model/alert.hpp"
#include "core/model/care.hpp"
#include "core/model/consent.hpp"

namespace anju {

/// An alert was raised (`from` empty), moved, or stayed where it is (`from` equals its state) and
/// gained evidence that somebody should see.
struct AlertChanged {
    Alert alert;                     ///< as it is now
    std::optional<AlertState> from;  ///< state before; nullopt = just raised
    friend bool operator==(const AlertChanged&, const AlertChanged&) = default;
};

/// Numbers equal those of anju.v1.DeviceEvent.Health.
enum class DeviceHealth : std::uint8_t {
    ok = 1,
    stale = 2,    ///< silent for too long: proves nothing any more
    offline = 3,  ///< unreachable, or silent though it is there to protect
    faulty = 4,   ///< speaks, and says that it cannot do its work
};

struct DeviceHealthChanged {
    DeviceId device;
    DeviceHealth health{};
    bool drill = false;  ///< of a home that was made up
    friend bool operator==(const DeviceHealthChanged&, const DeviceHealthChanged&) = default;
};

enum class CommandStatus : std::uint8_t { applied = 1, already = 2, refused = 3, expired = 4 };

/// The answer to an AlertCommand or to any other input that carries a command_id.
struct CommandAnswered {
    std::string command_id;
    CommandStatus status{};
    std::string text;          ///< for people, English; empty when there is nothing to say
    std::string code = {};     ///< of the sentence; empty where it has none
    std::string text_zh = {};  ///< the same sentence in Chinese; empty where it has no code
    friend bool operator==(const CommandAnswered&, const CommandAnswered&) = default;
};

/// Why somebody is told of an alert.
enum class SummonsCause : std::uint8_t {
    told = 1,          ///< it is open: those who are told at once
    ask_resident = 2,  ///< self-check: the box asks, or a worker is to phone
    unanswered = 3,    ///< the next rung
    not_moving = 4,    ///< acknowledged, and nobody is on the way
    ask_119 = 5,       ///< a person is asked whether to call 119/120; nothing is ever dialled
    overdue = 6,
    again = 7,       ///< it came back, grew more urgent or gained evidence
    stood_down = 8,  ///< it is over: those who were told may stay at home
    review = 9,      ///< a supervisor is to look at the closing
};

/// Somebody is to be told of an alert, at once or, for P3 and P4, in a digest. Roles, not persons:
/// who has a role for this home now is found when it is sent.
struct Summons {
    AlertId alert;
    AlertKind kind{};
    Priority priority{};
    std::vector<Role> roles;  ///< ascending
    SummonsCause cause{};
    std::uint8_t rung{};  ///< of the alert; with self-check: which ask, from 1
    friend bool operator==(const Summons&, const Summons&) = default;
};

struct TaskChanged {
    CareTask task;                  ///< as it is now
    std::optional<TaskState> from;  ///< nullopt = new
    std::string actor;              ///< "system", "cli:lin"
    WorkerId former_worker = {};    ///< whose it was before; of a new one nobody's
    Date former_date = {};          ///< the day it was on before; of a new one none
    friend bool operator==(const TaskChanged&, const TaskChanged&) = default;
};

/// A week was planned, or planned anew. Its tasks precede it as TaskChanged.
struct PlanMade {
    Date week;  ///< its Monday
    CareCause cause{};
    std::uint32_t tasks{};    ///< of the week, that count for the quota
    std::uint32_t changed{};  ///< by this plan
    std::vector<Shortfall> short_of;
    friend bool operator==(const PlanMade&, const PlanMade&) = default;
};

struct ContactLogged {
    ContactRecord record;
    friend bool operator==(const ContactLogged&, const ContactLogged&) = default;
};

struct SuspensionChanged {
    Suspension suspension;
    bool ended{};
    HouseholdId household;
    std::string actor;
    friend bool operator==(const SuspensionChanged&, const SuspensionChanged&) = default;
};

/// The rounds ask a household for an alert; becomes an AlertAsked.
struct ContactLost {
    HouseholdId household;
    ResidentId resident;
    Evidence evidence;
    friend bool operator==(const ContactLost&, const ContactLost&) = default;
};

/// Many homes fell silent at once: these alerts are to be merged into one of the community.
struct OutageSpread {
    AlertId into;
    std::vector<AlertId> alerts;
    friend bool operator==(const OutageSpread&, const OutageSpread&) = default;
};

struct ConsentChanged {
    Consent consent;
    friend bool operator==(const ConsentChanged&, const ConsentChanged&) = default;
};

/// The books of a care week are closed; reports add these up.
struct WeekClosed {
    Date week;                                  ///< its Monday
    std::vector<care::ResidentWeek> residents;  ///< ascending
    friend bool operator==(const WeekClosed&, const WeekClosed&) = default;
};

struct Decision {
    HouseholdId household;   ///< the unit: a household, or unit_of() a community; empty for an
                             ///< answer that concerns none that is known
    std::uint64_t number{};  ///< 1, 2, 3 … within the unit; 0 where household is empty
    Instant at{};            ///< when it became true: a due time or the time of the input
    std::variant<AlertChanged, DeviceHealthChanged, CommandAnswered, Summons, TaskChanged, PlanMade,
                 ContactLogged, SuspensionChanged, ContactLost, OutageSpread, ConsentChanged,
                 WeekClosed>
        what;
    friend bool operator==(const Decision&, const Decision&) = default;
};

using Decisions = std::vector<Decision>;

}  // namespace anju
