// A flat with an entrance door, a sensor in the hall and one in the living room, and short ways to
// let somebody live in it for days.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support.hpp"

namespace anju::test {

inline const DeviceId hall{"hall"}, living{"living"};
/// Midnight in China before the first morning.
inline constexpr Instant midnight = morning - 8h;

inline Household flat() {
    return home_with({device(door, SensorKind::door), device(hall, SensorKind::motion),
                      device(living, SensorKind::motion)});
}

/// A flat whose sensors are heard every quarter of an hour.
class Flat {
public:
    explicit Flat(Household home = flat()) : world(home), home_(std::move(home)) {
        for (const Device& d : home_.devices) say(now_ + 1s, d.id, ReadingKind::alive, 1);
        say(now_ + 1s, door, ReadingKind::contact_open, 0);
    }

    void until(Instant at) {
        for (; beat_ <= at; beat_ += 15min) {
            for (const Device& d : home_.devices) {
                if (d.id != mute) say(beat_, d.id, ReadingKind::alive, 1);
            }
        }
        now_ = std::max(now_, at);
        keep(world.advance(now_));
    }
    /// The gateway was down in between.
    void deaf(Instant from, Instant to) {
        until(from);
        keep(world.apply(to, Outage{from}));
        while (beat_ <= to) beat_ += 15min;
        now_ = to;
    }
    void hear(Instant at, const DeviceId& from) {
        until(at);
        say(at, from, ReadingKind::motion, 1);
    }
    void use_door(Instant at) {
        until(at);
        if (mute == door) return;
        say(at, door, ReadingKind::contact_open, 1);
        say(at + 5s, door, ReadingKind::contact_open, 0);
    }
    void live(Instant from, Instant to) {
        for (Instant at = from; at <= to; at += 15min) hear(at, living);
    }
    void leave(Instant at) {
        hear(at - 10s, hall);
        use_door(at);
    }
    void come(Instant at) {
        use_door(at);
        hear(at + 20s, hall);
        hear(at + 3min, living);
    }
    /// Up at seven, out from ten to eleven, to bed at ten.
    void day(int number) {
        const Instant start = midnight + 24h * number;
        live(start + 7h, start + 9h + 45min);
        leave(start + 10h);
        come(start + 11h);
        live(start + 11h + 15min, start + 22h);
    }
    void days(int first, int last) {
        for (int number = first; number <= last; ++number) day(number);
    }
    [[nodiscard]] Whereabouts where() const { return world.view().whereabouts; }
    [[nodiscard]] std::vector<std::string> told(AlertKind kind) const {
        return raised(all, std::string(name(kind)) + ":open");
    }
    [[nodiscard]] Decision first(AlertKind kind) const {
        for (const Decision& d : all) {
            const auto* change = std::get_if<AlertChanged>(&d.what);
            if (change != nullptr && change->alert.kind == kind) return d;
        }
        ADD_FAILURE() << "nothing was told";
        return {};
    }
    [[nodiscard]] Alert alert(AlertKind kind) const {
        return std::get<AlertChanged>(first(kind).what).alert;
    }

    World world;
    Decisions all;
    DeviceId mute;  ///< says nothing at all

private:
    void say(Instant at, const DeviceId& from, ReadingKind kind, std::int64_t value) {
        now_ = std::max(now_, at);
        Observation said = message(from, {reading(kind, value)});
        said.fingerprint = ++number_;
        keep(world.apply(now_, said));
    }
    void keep(Decisions decisions) {
        for (Decision& d : decisions) all.push_back(std::move(d));
    }

    Household home_;
    Instant now_ = morning;
    Instant beat_ = morning + 15min;
    std::uint64_t number_ = 0;
};

}  // namespace anju::test
