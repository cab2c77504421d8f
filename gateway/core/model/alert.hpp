// An alert and its life: somebody has to be told, and somebody has to end it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju {

/// Numbers equal those of anju.v1.AlertKind and are stored.
enum class AlertKind : std::uint8_t {
    smoke = 1,
    gas_leak = 2,
    sos = 3,
    inactivity = 4,
    water_low = 5,
    water_continuous = 6,
    water_high = 7,
    flood = 8,
    door_open_long = 9,
    no_exit = 10,
    not_returned = 11,
    night_exit = 12,
    routine_change = 13,
    activity_while_away = 14,
    contact_failed = 15,
    low_battery = 16,
    device_offline = 17,
    data_stale = 18,
    tamper = 19,
    mains_lost = 20,
    area_outage = 21,
    test = 22,
    channel_failed = 23,
};

enum class Priority : std::uint8_t { p1 = 1, p2 = 2, p3 = 3, p4 = 4 };

/// Numbers equal those of anju.v1.AlertState.
enum class AlertState : std::uint8_t {
    suspected = 1,
    self_check = 2,
    open = 3,
    acknowledged = 4,
    en_route = 5,
    on_site = 6,
    resolved = 7,
    closed = 8,
    merged = 9,
    suppressed = 10,
    cancelled = 11,
};

/// 办结原因. Numbers equal those of anju.v1.ClosingReason; 0 = not closed.
enum class ClosingReason : std::uint8_t {
    none = 0,
    true_emergency = 1,
    help_given = 2,
    away = 3,
    late_rise = 4,
    visitor_pet = 5,
    cooking_steam = 6,
    device_fault = 7,
    test = 8,
    unknown = 9,
};

/// Why an alert took its last step; with actor and time it makes the ledger of the alert.
enum class StepCause : std::uint8_t {
    raised = 1,         ///< a rule found it, or a sensor said so
    again = 2,          ///< it came back within the reopen window
    another = 3,        ///< another matter of the same kind
    more_urgent = 4,    ///< P3 became P2
    evidence = 5,       ///< another device says the same
    recovered = 6,      ///< the condition ended by itself
    unanswered = 7,     ///< 升级: nobody acknowledged
    not_moving = 8,     ///< acknowledged, and nobody on the way: the ladder resumes
    overdue = 9,        ///< 逾期: nobody there, or not repaired, within the limit
    no_answer = 10,     ///< the self-check had none
    sign_of_life = 11,  ///< during the self-check
    person = 12,        ///< somebody moved it
    merged = 13,        ///< into another alert, which tells of the same
    removed = 14,       ///< the home was taken off the gateway
    suspended = 15,     ///< the resident is away, and this kind is muted
    aged = 16,          ///< recovered, and did not come back
};

enum class EvidenceUnit : std::uint8_t {
    none = 0,
    millilitres = 1,
    milliseconds = 2,
    percent = 3,
    time_of_day = 4,  ///< milliseconds since local midnight
    thousandths = 5,  ///< of a count
};

struct EvidenceSource {
    DeviceId device;
    SensorKind kind = SensorKind::motion;
    Instant last_heard{};  ///< epoch 0 = never
    bool reliable{};       ///< false: silent too long or offline, proves nothing

    friend bool operator==(const EvidenceSource&, const EvidenceSource&) = default;
};

/// The reason of an alert as data. The sentences of the alert say the same and nothing more.
struct Evidence {
    std::string rule;  ///< "smoke", "SH-12", "door_open_long" …
    Instant since{};   ///< start of the span looked at; epoch 0 = a moment
    Instant until{};   ///< up to where the evidence reaches
    std::int64_t measured{};
    std::int64_t threshold{};
    EvidenceUnit unit = EvidenceUnit::none;
    std::vector<EvidenceSource> sources;
    /// Something as unusual comes about once in so many days with this person; 0 = nobody knows.
    std::int64_t once_in_days{};

    friend bool operator==(const Evidence&, const Evidence&) = default;
};

struct Alert {
    AlertId id;
    HouseholdId household;
    ResidentId resident;  ///< presumed_resident(), or whom the rounds missed; empty: there is none
    DeviceId device;      ///< of the decisive reading; empty: there is none. Of channel_failed the
                          ///< name of the channel
    AlertKind kind{};
    Priority priority{};
    AlertState state = AlertState::open;
    Instant raised_at{};
    Instant changed_at{};
    std::uint32_t reopened{};  ///< how often it came back within the reopen window
    std::uint32_t repeats{};   ///< further readings that said the same while it was open
    Evidence evidence;
    std::string sentence_zh;
    std::string sentence_en;
    std::string actor;  ///< who moved it last: "system", "cli:…", "platform:…"
    ClosingReason reason = ClosingReason::none;
    std::string note;  ///< of its closing; of channel_failed, until then: what the service said

    StepCause cause = StepCause::raised;  ///< of the last step
    bool escalated{};                     ///< 升级: more than those who are told at once know of it
    bool overdue{};                       ///< 逾期
    /// Of the ladder: how often somebody was told since it is open, at most 255; during the
    /// self-check: how often the resident was asked.
    std::uint8_t rung{};
    Instant opened_at{};  ///< the ladder's time begins; epoch 0 = not yet
    Instant told_at{};    ///< when somebody was last told, or asked; epoch 0 = nobody yet
    Instant first_acknowledged_at{};  ///< since it is open, by whomever
    Instant acknowledged_at{};        ///< by whoever has it; epoch 0 while nobody does
    Instant en_route_at{};
    Instant on_site_at{};
    std::string owner;      ///< who has it: acknowledged it or was handed it; empty = nobody
    AlertId merged_into;    ///< with state `merged`
    std::string closed_by;  ///< whoever closed it, with `closed_at`; the supervisor is another
    Instant closed_at{};
    std::string reviewed_by;    ///< the supervisor who looked at its closing; empty = nobody yet
    Drill drill = Drill::none;  ///< of its home when it was raised

    friend bool operator==(const Alert&, const Alert&) = default;
};

[[nodiscard]] Priority priority_of(AlertKind kind);

/// Neither resolved nor ended otherwise: a new occurrence belongs to this alert.
[[nodiscard]] bool is_open(AlertState state);

/// A closed P1 or P2 that no supervisor has looked at. Of those of versions that knew no review
/// nobody says who closed them; they do not.
[[nodiscard]] bool awaits_review(const Alert& alert);

/// Gives an alert of a version that knew no ladder the times it would have: who is told at once has
/// been told, and the ladder's time begins with its last step.
void take_up_ladder(Alert& alert);

}  // namespace anju
