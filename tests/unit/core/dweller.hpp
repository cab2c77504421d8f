// Somebody who lives alone, by chance but the same for the same seed: gets up, has meals and naps,
// goes out and comes back through the door, is up in the night. For tests of what is learned in
// months.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

#include "support.hpp"

namespace anju::test {

inline const DeviceId hall_sensor{"hall"}, living_sensor{"living"}, kitchen_sensor{"kitchen"},
    bath_sensor{"bath"}, bed_sensor{"bedroom"};
/// Sunday 2025-11-23, 00:00 in China: the first day of a life.
inline constexpr Instant first_day = morning + 16h;

/// Something that a sensor, or the meter, notices.
struct Trace {
    Instant at{};
    DeviceId device;
    std::int64_t ml = 0;  ///< of the meter
};

class Dweller {
public:
    explicit Dweller(std::uint64_t seed) : random_(seed * 7'919 + 1) {
        wakes_ = 6.5 + 1.5 * chance();
        sleeps_ = 21.5 + 1.5 * chance();
        pause_ = 8 + 10 * chance();
        goes_out_ = 0.5 + 0.5 * chance();
        naps_ = 0.3 + 0.6 * chance();
    }

    /// What happens on a day; a night ends on the day it leads to.
    std::vector<Trace> day(int number) {
        day_.clear();
        const Instant start = first_day + number * 24h;
        const Instant wake = start + hours(wakes_ + 0.6 * bell());
        const Instant sleep = start + hours(sleeps_ + 0.5 * bell());
        for (double at = 0.5 + 3 * chance(); at < wakes_ - 1; at += 1.5 + 4 * chance()) {
            visit_bath(start + hours(at));
        }
        const Instant leaves =
            chance() < goes_out_ ? start + hours(8.5 + 7 * chance()) : Instant::max();
        const Instant naps =
            chance() < naps_ ? start + hours(12.7 + 1.5 * chance()) : Instant::max();
        bool out = false;
        bool napped = false;
        visit_bath(wake);
        for (Instant at = wake + 3min; at < sleep;) {
            if (!out && at >= leaves) {
                out = true;
                at = outing(at, std::min(sleep, at + hours(0.5 + 3 * chance() * chance())));
            } else if (!napped && at >= naps) {
                napped = true;
                see(at, bed_sensor);
                at += hours(0.5 + 1.2 * chance());
            } else {
                move(at);
                // Most pauses are short; now and then there is a book or a film.
                const double longer = chance() < 0.06 ? 4 : 1;
                at += hours(-std::log(chance()) * pause_ * longer / 60);
            }
        }
        see(sleep, bed_sensor);
        std::erase_if(day_, [&](const Trace& trace) { return trace.at >= start + 23h + 59min; });
        std::ranges::sort(day_, {}, &Trace::at);
        return std::exchange(day_, {});
    }

private:
    static Duration hours(double h) { return Duration{static_cast<std::int64_t>(h * 3'600'000)}; }
    /// In (0, 1), and near 0 with the tails of a bell.
    double chance() { return (static_cast<double>(random_() >> 11U) + 0.5) / 9007199254740992.0; }
    double bell() { return (chance() + chance() + chance() + chance() - 2) * 1.73; }

    void see(Instant at, const DeviceId& sensor) { day_.push_back({at, sensor}); }
    void draw(Instant at, double litres) {
        day_.push_back({at, meter, static_cast<std::int64_t>(litres * 1'000)});
    }
    void move(Instant at) {
        const double where = chance();
        if (where < 0.35) {
            see(at, kitchen_sensor);
            if (chance() < 0.4) draw(at, 0.5 + 4 * chance());
        } else if (where < 0.5) {
            visit_bath(at);
        } else {
            see(at, where < 0.9 ? living_sensor : bed_sensor);
        }
    }
    void visit_bath(Instant at) {
        see(at, bath_sensor);
        draw(at + 1min, 4 + 3 * chance());
    }
    Instant outing(Instant at, Instant back) {
        see(at, hall_sensor);
        see(at + 20s, door);
        see(back, door);
        see(back + 15s, hall_sensor);
        see(back + 2min, living_sensor);
        return back + 5min;
    }

    std::mt19937_64 random_;
    std::vector<Trace> day_;
    double wakes_{};
    double sleeps_{};
    double pause_{};  // mean, minutes
    double goes_out_{};
    double naps_{};
};

/// A home of motion sensors with a door, of which each is heard of at least so often.
inline Household sensor_home(Duration every = 6h) {
    return home_with(
        {device(door, SensorKind::door, every), device(hall_sensor, SensorKind::motion, every),
         device(living_sensor, SensorKind::motion, every),
         device(kitchen_sensor, SensorKind::motion, every),
         device(bath_sensor, SensorKind::motion, every),
         device(bed_sensor, SensorKind::motion, every)},
        {Preset::door_24h});
}
inline Household meter_home() {
    return home_with({device(meter, SensorKind::water_meter, 1h)}, {Preset::sh_12});
}

/// What the sensors of such homes say, in order of time.
struct Said {
    Instant at{};
    Observation message;
};

class Sensors {
public:
    std::vector<Said> day(const Household& home, int number, const std::vector<Trace>& traces) {
        std::vector<Said> said;
        const Instant start = first_day + number * 24h;
        std::int64_t minute = 0;
        for (const Device& d : home.devices) {
            ++minute;
            if (d.kind == SensorKind::water_meter) {
                auto trace = traces.begin();
                for (Instant at = start; at < start + 24h; at += 1h) {
                    register_ += std::exchange(drawn_late_, 0);
                    for (; trace != traces.end() && trace->at < at; ++trace) register_ += trace->ml;
                    said.push_back(word(at + minute * 1min, d.id,
                                        reading(ReadingKind::water_total_ml, register_, at)));
                }
                for (; trace != traces.end(); ++trace) drawn_late_ += trace->ml;
                continue;
            }
            for (Instant at = start + minute * 1min; at < start + 24h;
                 at += d.deliver_every * 2 / 3) {
                said.push_back(word(at, d.id, reading(ReadingKind::alive)));
            }
        }
        for (const Trace& trace : traces) {
            const auto known = std::ranges::find(home.devices, trace.device, &Device::id);
            if (known == home.devices.end() || known->kind == SensorKind::water_meter) continue;
            if (known->kind == SensorKind::motion) {
                said.push_back(word(trace.at, known->id, reading(ReadingKind::motion)));
                continue;
            }
            said.push_back(word(trace.at, known->id, reading(ReadingKind::contact_open, 1)));
            said.push_back(word(trace.at + 6s, known->id, reading(ReadingKind::contact_open, 0)));
        }
        std::ranges::stable_sort(said, {}, &Said::at);
        return said;
    }

private:
    Said word(Instant at, const DeviceId& from, Reading what) {
        Said said{at, message(from, {what})};
        said.message.fingerprint = ++number_;
        return said;
    }

    std::int64_t register_ = 1'000'000;
    std::int64_t drawn_late_ = 0;  // since the last hour of the day
    std::uint64_t number_ = 0;
};

}  // namespace anju::test
