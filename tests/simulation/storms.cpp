#include "tests/simulation/storms.hpp"

#include <array>

namespace anju::whole {

using namespace std::chrono_literals;

Storms::Storms(Targets targets)
    : to_(targets), dice_(sim::derive_seed(targets.fate.seed, "storms")) {
    const Fate& fate = to_.fate;
    kinds_ = {{"kill", fate.kill, &Storms::kill},
              {"power", fate.power, &Storms::power},
              {"home-cut", fate.home_cut, &Storms::cut_home},
              {"home-half-open", fate.home_half_open, &Storms::half_open_home},
              {"home-broker", fate.home_broker, &Storms::home_broker},
              {"district-cut", fate.district_cut, &Storms::cut_district},
              {"district-half-open", fate.district_half_open, &Storms::half_open_district},
              {"district-broker", fate.district_broker, &Storms::district_broker},
              {"district-gone", fate.district_gone, &Storms::district_gone},
              {"platform-crash", fate.platform_crash, &Storms::platform_crash},
              {"platform-slow", fate.platform_slow, &Storms::platform_slow},
              {"clock-step", fate.clock_step, &Storms::clock_step},
              {"disk-full", fate.disk_full, &Storms::disk_full},
              {"sensor-reboot", fate.sensor_reboot, &Storms::sensor_reboot},
              {"store-lost", fate.store_lost, &Storms::store_lost}};
    for (const Kind& kind : kinds_) weights_ += kind.weight;
}

void Storms::begin() {
    to_.world.in(some(2h, 6h), [this] { storm(); });
}

void Storms::end() {
    over_ = true;
    calm();
}

void Storms::storm() {
    if (over_) return;
    const std::uint64_t storm = ++storm_;
    Weather& weather = to_.weather;
    weather.calm = false;
    weather.radio_drop = to_.fate.radio_drop;
    weather.radio_twice = to_.fate.radio_twice;
    weather.radio_delay = to_.fate.radio_delay;
    weather.district_drop = to_.fate.district_drop;
    weather.district_twice = to_.fate.district_twice;
    weather.district_delay = to_.fate.district_delay;
    to_.chronicle.say("a storm");
    to_.world.in(some(30min, 30h), [this, storm] {
        if (storm == storm_) calm();
    });
    next_trouble(storm);
}

void Storms::calm() {
    const std::uint64_t calm = ++storm_;
    const Instant since = to_.world.now();
    to_.weather = Weather{};
    to_.weather.calm_since = since;
    to_.chronicle.say("calm");
    to_.box.end_of_trouble();
    to_.platform.end_of_trouble();
    if (over_) return;
    to_.world.in(some(1h, dice_.chance(200) ? 6 * to_.fate.calms : to_.fate.calms), [this, calm] {
        if (calm == storm_) storm();
    });
}

void Storms::next_trouble(std::uint64_t storm) {
    if (weights_ == 0) return;
    to_.world.in(some(1s, 2 * to_.fate.trouble_every), [this, storm] {
        if (storm != storm_) return;
        std::int64_t pick = dice_.between(0, weights_ - 1);
        for (Kind& kind : kinds_) {
            if (pick < kind.weight) {
                ++kind.times;
                (this->*kind.happen)();
                break;
            }
            pick -= kind.weight;
        }
        next_trouble(storm);
    });
}

std::uint64_t Storms::troubles() const {
    std::uint64_t sum = 0;
    for (const Kind& kind : kinds_) sum += kind.times;
    return sum;
}

std::map<std::string_view, std::uint64_t> Storms::by_kind() const {
    std::map<std::string_view, std::uint64_t> out;
    for (const Kind& kind : kinds_) out[kind.name] = kind.times;
    return out;
}

void Storms::kill() {
    const Duration down = dice_.chance(800) ? some(1s, 60s) : some(1min, 3h);
    to_.box.doom(false, static_cast<std::uint64_t>(dice_.between(0, 12)), down);
}
void Storms::power() {
    const Duration down = dice_.chance(700) ? some(20s, 2min) : some(2min, 10h);
    to_.box.doom(true, static_cast<std::uint64_t>(dice_.between(0, 12)), down);
}
void Storms::cut_home() {
    to_.box.cut_home();
    if (dice_.chance(300)) return;
    to_.weather.home_down = true;
    to_.world.in(some(1s, dice_.chance(200) ? 6h : 10min),
                 [this] { to_.weather.home_down = false; });
}
void Storms::half_open_home() {
    to_.box.half_open_home();
}
void Storms::home_broker() {
    to_.chronicle.say("the home broker starts anew");
    to_.home.restart(dice_.chance(300));
}
void Storms::cut_district() {
    to_.box.cut_district();
}
void Storms::half_open_district() {
    to_.box.half_open_district();
}
void Storms::district_broker() {
    to_.chronicle.say("the district broker starts anew");
    to_.district.restart(dice_.chance(500));
}
void Storms::district_gone() {
    to_.chronicle.say("the district cannot be reached");
    to_.box.cut_district();
    to_.weather.district_down = true;
    to_.world.in(some(1min, dice_.chance(300) ? 24h : 1h),
                 [this] { to_.weather.district_down = false; });
}
void Storms::platform_crash() {
    to_.chronicle.say("the platform crashes");
    to_.platform.crash(dice_.chance(700) ? some(1s, 1min) : some(1min, 5h));
}
void Storms::platform_slow() {
    to_.weather.platform_commit = some(1s, 90s);
    to_.world.in(some(1min, 3h), [this] { to_.weather.platform_commit = 20ms; });
}
void Storms::clock_step() {
    static constexpr std::array spans{Duration{8s}, Duration{2min}, Duration{5h},
                                      Duration{24h * 400}};
    const Duration most = spans.at(static_cast<std::size_t>(dice_.between(0, 3)));
    const Duration by = some(-most, most);
    to_.chronicle.say("the clock is set by {} s", by.count() / 1000);
    to_.box.step_clock(by,
                       dice_.chance(500) ? ClockState::synchronised : ClockState::unsynchronised);
    if (dice_.chance(500)) to_.world.in(some(1s, 3h), [this] { to_.box.set_right(); });
}
void Storms::disk_full() {
    to_.chronicle.say("the disk is full");
    to_.weather.disk_full = true;
    // A full disk refuses readings, and every sensor repeats its own every minute: hours of it are
    // the same a thousand times.
    to_.world.in(some(1min, dice_.chance(100) ? 8h : 30min),
                 [this] { to_.weather.disk_full = false; });
}
void Storms::store_lost() {
    if (dice_.chance(700)) return kill();  // seldom
    to_.box.lose_store(some(20s, 3h));
}
void Storms::sensor_reboot() {
    auto& homes = to_.homes;
    homes[dice_.next() % homes.size()]->reboot_one(dice_.next());
}

}  // namespace anju::whole
