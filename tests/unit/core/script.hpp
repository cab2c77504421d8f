// Random lives of two homes, for properties that hold in all of them.
#pragma once

#include <algorithm>
#include <map>
#include <random>

#include "core/codec/codec.hpp"
#include "support.hpp"

namespace anju::test {

inline const HouseholdId second_home{"h2"};

struct Event {
    Duration elapsed{};  ///< since the event before
    Input input;         ///< event times are relative to the start of the script
};
using Script = std::vector<Event>;

class Author {
public:
    explicit Author(std::uint64_t seed) : random_(seed) {}

    /// `steps` says whether the clock may be set now and then.
    Script write(int length, bool steps) {
        Script script;
        for (Household home : {full_home(), full_home(second_home, "x-")}) {
            home.rules.ladder.self_check_asks = 2;
            script.push_back({0ms, HouseholdSet{home}});
        }
        Duration total{};
        for (int i = 0; i < length; ++i) {
            const Duration elapsed = pause();
            total += elapsed;
            script.push_back({elapsed, input(total, steps, elapsed)});
        }
        return script;
    }
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    bool once_in(std::uint64_t n) { return below(n) == 0; }

private:
    Duration pause() {
        if (once_in(60)) return Duration{below(30 * 3'600'000)};
        if (once_in(4)) return 0ms;
        return Duration{below(once_in(2) ? 60'000 : 1'200'000)};
    }
    Input input(Duration total, bool steps, Duration elapsed) {
        if (steps && once_in(200))
            return ClockStep{Duration{static_cast<std::int64_t>(below(200'000'000)) - 100'000'000}};
        if (steps && once_in(100))  // `since` is how long ago it began; see dated()
            return Outage{
                Instant{Duration{below(static_cast<std::uint64_t>(elapsed.count()) + 1)}}};
        if (once_in(80)) return HouseholdSet{changed_home()};
        if (once_in(400)) return HouseholdRemoved{second_home};
        if (once_in(12)) return command();
        if (once_in(50)) return care(total);
        return observation(total);
    }
    Household changed_home() {
        const bool second = once_in(2);
        Household home = second ? full_home(second_home, "x-") : full_home();
        home.rules.ladder.self_check_asks = once_in(4) ? 0 : 2;
        home.residents[0].status = once_in(3) ? ResidentStatus::away : ResidentStatus::active;
        if (once_in(2))
            home.devices.erase(home.devices.begin() + static_cast<std::ptrdiff_t>(below(8)));
        if (once_in(8)) home.devices.push_back(device(smoke, SensorKind::smoke));
        if (once_in(4)) home.rules.door_open_limit = 5min;
        if (once_in(3)) home.rules.presets = {Preset::h24_8l, Preset::door_24h};
        return home;
    }
    AlertCommand command() {
        return {.command_id = std::to_string(++number_),
                .alert = alert_id(1 + below(60), once_in(2) ? home_id : second_home),
                .verb = static_cast<AlertVerb>(1 + below(9)),
                .reason = static_cast<ClosingReason>(below(10)),
                .note = once_in(8) ? "" : "seen",
                .actor = once_in(2) ? "cli:lin" : "cli:wu"};
    }
    /// What the rounds tell a home.
    Input care(Duration total) {
        const HouseholdId& home = once_in(2) ? home_id : second_home;
        const ResidentId resident{"r1"};
        const Instant at = morning + total - Duration{below(90'000'000)};
        switch (below(4)) {
            case 0:
                return LifeWitnessed{home, resident, at};
            case 1:
                return AlertAsked{home,
                                  resident,
                                  AlertKind::contact_failed,
                                  {.rule = "calls_unanswered", .since = at, .sources = {}}};
            case 2:
                return StatusTold{
                    home, resident,
                    once_in(3) ? ResidentStatus::hospitalised : ResidentStatus::active};
            default:
                return AlertMerged{alert_id(1 + below(60), home),
                                   once_in(3) ? AlertId{} : AlertId{"community/c-1"}};
        }
    }
    Observation observation(Duration total) {
        static constexpr const DeviceId* devices[] = {&meter,  &meter, &meter, &smoke, &door, &door,
                                                      &motion, &gas,   &leak,  &sos,   &bed};
        const DeviceId& from = *devices[below(std::size(devices))];
        Observation out = message(DeviceId{(once_in(3) ? "x-" : "") + from.value}, {});
        out.fingerprint = below(20);
        out.redelivered = once_in(10);
        if (once_in(2))
            out.sequence = Sequence{.boot = 1 + below(2), .number = number_ + below(70)};
        ++number_;
        for (std::uint64_t n = 1 + below(3); n > 0; --n)
            out.readings.push_back(reading_of(from, total));
        return out;
    }
    Reading reading_of(const DeviceId& from, Duration total) {
        static const std::map<DeviceId, ReadingKind> own{{meter, ReadingKind::water_total_ml},
                                                         {smoke, ReadingKind::smoke},
                                                         {door, ReadingKind::contact_open},
                                                         {motion, ReadingKind::motion},
                                                         {gas, ReadingKind::gas},
                                                         {leak, ReadingKind::water_leak},
                                                         {sos, ReadingKind::sos},
                                                         {bed, ReadingKind::bed_occupied}};
        Reading out = reading(own.at(from), static_cast<std::int64_t>(below(2)));
        if (once_in(6)) out.kind = static_cast<ReadingKind>(1 + below(20));
        if (out.kind == ReadingKind::water_total_ml)
            out.value = water_ += static_cast<std::int64_t>(once_in(5) ? below(4'000) : 0);
        if (out.kind == ReadingKind::water_total_ml && once_in(15)) out.value = wild();
        if (out.kind == ReadingKind::water_reverse_ml)
            out.value = once_in(9) ? wild() : static_cast<std::int64_t>(below(9'000));
        if (out.kind == ReadingKind::water_used_ml)
            out.value = once_in(9) ? wild() : static_cast<std::int64_t>(below(3) * below(4'000));
        if (out.kind == ReadingKind::water_flow_mlh)
            out.value = static_cast<std::int64_t>(below(200'000)) - 60'000;
        if (out.kind == ReadingKind::battery_pct) out.value = static_cast<std::int64_t>(below(101));
        if (once_in(12)) out.quality = static_cast<std::uint16_t>(1 + below(3));
        if (once_in(2))
            out.event_time = morning + total - Duration{below(once_in(4) ? 90'000'000 : 5'000)};
        return out;
    }

    /// Anything a register can hold, far or near, and what no register can.
    std::int64_t wild() {
        const std::int64_t any = static_cast<std::int64_t>(random_() >> below(64));
        return once_in(4) ? any : std::abs(any / 2) % 10'000'000'000'000;
    }

    std::mt19937_64 random_;
    std::uint64_t number_ = 0;
    std::int64_t water_ = 1'000'000;
};

/// The input as it is applied at `now`.
inline Input dated(Input input, Instant now) {
    if (auto* outage = std::get_if<Outage>(&input)) {
        outage->since = now - outage->since.time_since_epoch();
    }
    return input;
}

/// Up to when an engine may be advanced between the event before, at `now`, and this one.
inline Instant advanceable_until(const Event& event, Instant now) {
    const Instant at = now + event.elapsed;
    const auto* outage = std::get_if<Outage>(&event.input);
    return outage == nullptr ? at : at - outage->since.time_since_epoch();
}

/// The input moved by `by`, as a sensor would have said it had all clocks been off by that.
inline Input moved(Input input, Duration by) {
    if (auto* observation = std::get_if<Observation>(&input)) {
        for (Reading& r : observation->readings) {
            if (r.event_time != Instant{}) r.event_time += by;
        }
    }
    if (auto* life = std::get_if<LifeWitnessed>(&input)) life->at += by;
    if (auto* asked = std::get_if<AlertAsked>(&input)) asked->evidence.since += by;
    return input;
}

/// All decisions of one household as bytes, in order.
inline std::map<HouseholdId, std::string> by_household(const Decisions& decisions) {
    std::map<HouseholdId, std::string> out;
    for (const Decision& decision : decisions) out[decision.household] += encode(decision);
    return out;
}

}  // namespace anju::test
