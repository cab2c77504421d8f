// A home to test with, and short ways to let things happen in it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/engine.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju {

/// How a failed expectation shows a decision.
inline void PrintTo(const Decision& decision, std::ostream* out) {
    *out << decision.household.value << " #" << decision.number << " ";
    if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
        *out << name(change->alert.kind) << " " << name(change->alert.state) << ": "
             << change->alert.sentence_en;
    } else if (const auto* health = std::get_if<DeviceHealthChanged>(&decision.what)) {
        *out << health->device.value << " health " << static_cast<int>(health->health);
    } else if (const auto* summons = std::get_if<Summons>(&decision.what)) {
        *out << "summons " << name(summons->cause) << " rung " << static_cast<int>(summons->rung);
    } else if (const auto* answer = std::get_if<CommandAnswered>(&decision.what)) {
        *out << "answer " << static_cast<int>(answer->status) << ": " << answer->text;
    }
}

}  // namespace anju

namespace anju::test {

using namespace std::chrono_literals;

/// 2025-11-22 08:00 in China.
inline constexpr Instant morning{std::chrono::sys_days{std::chrono::year{2025} / 11 / 22}};

inline const HouseholdId home_id{"h1"};
inline const DeviceId meter{"meter"}, smoke{"smoke"}, door{"door"}, motion{"motion"}, gas{"gas"},
    leak{"leak"}, sos{"sos"}, bed{"bed"};

/// The id of the n-th alert of a household registered in the morning.
inline AlertId alert_id(std::uint64_t n, const HouseholdId& home = home_id,
                        Instant registered = morning) {
    const auto first = static_cast<std::uint64_t>(to_unix_ms(registered) / 1000);
    return AlertId{home.value + "-" + std::to_string(first + n)};
}

inline Device device(const DeviceId& id, SensorKind kind, Duration every = 15min) {
    return {.id = id,
            .kind = kind,
            .label = "",
            .driver = "native",
            .address = id.value,
            .sample_every = every,
            .deliver_every = every};
}

/// One resident, one device of each kind, each speaking every 15 minutes (stale after 37.5).
inline Household full_home(HouseholdId id = home_id, const std::string& prefix = "") {
    Household home{
        .id = std::move(id), .community = "500105001", .residents = {}, .devices = {}, .rules = {}};
    home.rules.ladder.self_check_asks = 0;  // it is about what is found, not who answers
    home.residents = {
        {.id = ResidentId{"r1"}, .name = "Wang Xiulan", .status = ResidentStatus::active}};
    const auto add = [&](const DeviceId& id_, SensorKind kind) {
        home.devices.push_back(device(DeviceId{prefix + id_.value}, kind));
    };
    add(meter, SensorKind::water_meter);
    add(smoke, SensorKind::smoke);
    add(door, SensorKind::door);
    add(motion, SensorKind::motion);
    add(gas, SensorKind::gas);
    add(leak, SensorKind::water_leak);
    add(sos, SensorKind::sos);
    add(bed, SensorKind::bed);
    return home;
}

/// Only these devices, speaking at most once in `every`.
inline Household home_with(std::vector<Device> devices, std::vector<Preset> presets = {}) {
    Household home = full_home();
    home.devices = std::move(devices);
    home.rules.presets = std::move(presets);
    return home;
}

inline Reading reading(ReadingKind kind, std::int64_t value = 1, Instant event_time = {},
                       std::uint16_t quality = 0) {
    return {.kind = kind, .quality = quality, .value = value, .event_time = event_time};
}

inline Observation message(const DeviceId& from, std::vector<Reading> readings) {
    return {.device = from,
            .sequence = {},
            .fingerprint = 1,
            .redelivered = false,
            .readings = std::move(readings)};
}

/// Only time has passed: another rung of the ladder, or a limit.
inline bool is_of_ladder(const AlertChanged& change) {
    return change.from.has_value() && (change.alert.cause == StepCause::unanswered ||
                                       change.alert.cause == StepCause::not_moving ||
                                       change.alert.cause == StepCause::overdue);
}

/// Without tellings and what follows from nobody's doing anything.
inline Decisions without_ladder(Decisions decisions) {
    std::erase_if(decisions, [](const Decision& decision) {
        const auto* change = std::get_if<AlertChanged>(&decision.what);
        return std::holds_alternative<Summons>(decision.what) ||
               (change != nullptr && is_of_ladder(*change));
    });
    return decisions;
}

/// An engine with a sense of time. Every step returns the decisions it led to; who is told of
/// them, and what becomes of alerts that nobody touches, only where `ladder` is set.
class World {
public:
    explicit World(const Household& home = full_home()) { set(morning, home); }

    Decisions apply(Instant at, const Input& input) {
        Decisions out;
        engine.apply(at, input, out);
        return ladder ? out : without_ladder(std::move(out));
    }
    Decisions set(Instant at, const Household& home) { return apply(at, HouseholdSet{home}); }
    Decisions advance(Instant at) {
        Decisions out;
        engine.advance(at, out);
        return ladder ? out : without_ladder(std::move(out));
    }
    Decisions says(Instant at, const DeviceId& from, ReadingKind kind, std::int64_t value = 1,
                   std::uint16_t quality = 0) {
        return apply(at, message(from, {reading(kind, value, {}, quality)}));
    }
    /// A message of a sensor of ours, numbered.
    Decisions says_numbered(Instant at, const DeviceId& from, std::vector<Reading> readings) {
        Observation numbered = message(from, std::move(readings));
        numbered.sequence = Sequence{.boot = 7, .number = ++number_};
        return apply(at, numbered);
    }
    Decisions command(Instant at, const AlertId& alert, AlertVerb verb,
                      ClosingReason reason = ClosingReason::help_given,
                      std::string note = "seen, all well", std::string actor = "cli:lin") {
        return apply(at, AlertCommand{.command_id = "c" + std::to_string(++number_),
                                      .alert = alert,
                                      .verb = verb,
                                      .reason = reason,
                                      .note = std::move(note),
                                      .actor = std::move(actor)});
    }
    [[nodiscard]] HouseholdView view(const HouseholdId& id = home_id) const {
        return engine.view(id).value();
    }
    [[nodiscard]] std::vector<Alert> open(AlertKind kind) const {
        std::vector<Alert> found;
        for (const Alert& alert : view().alerts) {
            if (alert.kind == kind && is_open(alert.state)) found.push_back(alert);
        }
        return found;
    }

    Engine engine;
    bool ladder = false;

private:
    std::uint64_t number_ = 0;
};

/// "smoke:open", "low_battery:resolved": the alerts among decisions, as kind and state.
inline std::vector<std::string> alerts(const Decisions& decisions) {
    std::vector<std::string> out;
    for (const Decision& decision : decisions) {
        if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
            out.push_back(std::string(name(change->alert.kind)) + ":" +
                          std::string(name(change->alert.state)));
        }
    }
    return out;
}

/// The first alert among decisions.
inline Alert alert_in(const Decisions& decisions) {
    for (const Decision& decision : decisions) {
        if (const auto* change = std::get_if<AlertChanged>(&decision.what)) return change->alert;
    }
    ADD_FAILURE() << "no alert was raised or moved";
    return {};
}

inline CommandAnswered answer_in(const Decisions& decisions) {
    for (const Decision& decision : decisions) {
        if (const auto* answer = std::get_if<CommandAnswered>(&decision.what)) return *answer;
    }
    ADD_FAILURE() << "the command was not answered";
    return {};
}

inline std::vector<std::string> raised(const Decisions& decisions, const std::string& text) {
    std::vector<std::string> out;
    for (const std::string& alert : alerts(decisions)) {
        if (alert == text) out.push_back(alert);
    }
    return out;
}

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

}  // namespace anju::test
