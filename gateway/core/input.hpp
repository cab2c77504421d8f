// Everything that can happen to a household. Inputs are what the journal stores; the state of
// the core is a function of their sequence and of the instants they were applied at.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/care.hpp"
#include "core/model/community.hpp"
#include "core/model/consent.hpp"
#include "core/model/household.hpp"
#include "core/model/reading.hpp"

namespace anju {

/// A household was registered or changed.
struct HouseholdSet {
    Household household;
};

/// A household was taken off this gateway; its state is forgotten.
struct HouseholdRemoved {
    HouseholdId household;
};

/// Numbers equal those of anju.v1.AlertAction.Verb.
enum class AlertVerb : std::uint8_t {
    acknowledge = 1,  ///< 签收
    resolve = 2,      ///< 处置完成
    close = 3,        ///< 办结: takes a reason and a note
    en_route = 4,     ///< 出发
    on_site = 5,      ///< 到场
    reopen = 6,       ///< 重开: it was not over
    review = 7,       ///< 督办: a supervisor has looked at the closing
    hand_over = 8,    ///< 移交: `note` names who has it now
    i_am_well = 9,    ///< 本人确认: the resident answers the self-check
};

/// A person or the district moves an alert.
struct AlertCommand {
    std::string command_id;  ///< unique for ever; the shell drops repetitions
    AlertId alert;
    AlertVerb verb{};
    ClosingReason reason = ClosingReason::none;  ///< required to close
    std::string note;                            ///< required to close
    std::string actor;                           ///< "cli:lin", "platform:district-7"
};

/// The wall clock was set: every stored instant moves by `by`, elapsed times stay what they were.
/// Applied at the time after the step.
/// Applied at the new time; what was due up to then on the old clock, `now - by`, comes first.
struct ClockStep {
    Duration by{};
};

/// The gateway itself was down or deaf from `since` until now. Nothing that would have become
/// true in that time is held against a sensor or a resident: who was not asked was not silent.
/// Every device gets its time anew, and what only a live word can tell waits for one.
struct Outage {
    Instant since{};  ///< last moment at which messages were taken
};

// ---- care: inputs of a community; ConsentRecorded to AlertMerged are a household's ----

/// A community was registered or changed.
struct CommunitySet {
    Community community;
};

struct CommunityRemoved {
    CommunityId community;
};

/// Who lives in a household of the community; none: the household is no longer of it. Follows
/// every HouseholdSet and HouseholdRemoved.
struct ResidentsSet {
    CommunityId community;
    HouseholdId household;
    std::vector<Resident> residents;
};

/// When a resident is usually up and at home, as the sensors have shown; for calls.
struct RhythmTold {
    CommunityId community;
    ResidentId resident;
    std::vector<Window> at_home;  ///< ascending; empty = not known
};

/// An alert of a household of the community was raised or moved. Without its sentences.
struct AlertTold {
    CommunityId community;
    Alert alert;
};

/// Somebody recorded a contact or an attempt at one.
struct ContactRecorded {
    std::string command_id;
    CommunityId community;
    ContactRecord record;  ///< what is worked out is left empty
    std::string actor;
    Instant last_sign_of_life;                 ///< of the home, as of now; epoch 0 = none known
    Corroboration door = Corroboration::none;  ///< what its sensors say of the visit
};

/// Somebody suspends the rounds of a resident, changes it (the same resident again), or ends it.
struct SuspensionSet {
    std::string command_id;
    CommunityId community;
    Suspension suspension;
    bool ended{};  ///< the resident is back: only `suspension.resident` matters
    std::string actor;
};

/// A worker is ill or on leave, first and last day; `back`: not any more.
struct WorkerAbsent {
    std::string command_id;
    CommunityId community;
    WorkerId worker;
    Date from;
    Date to;
    bool back{};
    std::string actor;
};

enum class TaskVerb : std::uint8_t {
    accept = 1,   ///< seen
    begin = 2,    ///< on the way or at the door
    hand_to = 3,  ///< another worker
    move = 4,     ///< to another day, if the rules allow it
    cancel = 5,
};

/// A person moves a task of the rounds.
struct TaskCommand {
    std::string command_id;
    CommunityId community;
    TaskId task;
    TaskVerb verb{};
    WorkerId worker;  ///< for hand_to
    Date date;        ///< for move
    std::string note;
    std::string actor;
};

struct ConsentRecorded {
    std::string command_id;
    HouseholdId household;
    Consent consent;
};

/// Somebody spoke with or saw the resident: evidence of life.
struct LifeWitnessed {
    HouseholdId household;
    ResidentId resident;
    Instant at{};
};

/// The rounds ask for an alert: contact_failed. Its evidence says since when contacts have failed;
/// rule "visits_unanswered" where they were visits. What the home knows itself, it adds.
struct AlertAsked {
    HouseholdId household;
    ResidentId resident;
    AlertKind kind{};
    Evidence evidence;
};

/// The rounds know that the resident is away, or back.
struct StatusTold {
    HouseholdId household;
    ResidentId resident;
    ResidentStatus status = ResidentStatus::active;
};

/// The same is told by an alert of the community; `into` empty: it is not any more, and the alert
/// stands for itself again.
struct AlertMerged {
    AlertId alert;
    AlertId into;
};

/// A way to people began to fail, or works again; to every community whose people it reaches. When
/// that is, whoever sends decides (notify/channel_watch.hpp).
struct ChannelHealth {
    CommunityId community;
    std::string channel;       ///< its name in the configuration
    bool failing{};            ///< false: it works again, or is no more
    Instant since{};           ///< of the first failure; where it works again, of the first success
    std::uint32_t failures{};  ///< in a row; 0: the service turned the box away, whatever it said
    std::string cause;         ///< in the service's words, without secrets
};

/// The store came from a backup, or lost inputs: what was decided since is known to others and not
/// here. Every unit leaves out numbers, of decisions, alerts and tasks, for some were given since.
struct StoreRestored {
    std::uint64_t skip{};  ///< how many numbers; more than were given out since
};

using Input =
    std::variant<Observation, HouseholdSet, HouseholdRemoved, AlertCommand, ClockStep, Outage,
                 CommunitySet, CommunityRemoved, ResidentsSet, RhythmTold, AlertTold,
                 ContactRecorded, SuspensionSet, WorkerAbsent, TaskCommand, ConsentRecorded,
                 LifeWitnessed, AlertAsked, StatusTold, AlertMerged, ChannelHealth, StoreRestored>;

}  // namespace anju
