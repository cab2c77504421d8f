#include "tests/simulation/fate.hpp"

#include <algorithm>

#include "firmware-sim/random.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

/// A box stands for years in which little happens: what only time brings (numbers that grow, what
/// is pruned and kept, seasons, a year's end) does not show in forty days of storms.
void make_it_years(Fate& out, sim::Random& dice) {
    out.homes = static_cast<int>(dice.between(60, 200));
    out.lasts = std::chrono::hours{dice.between(24 * 300, 24 * 900)};
    out.alive_every = 24h;
    out.daily = 1000;
    out.hourly = 0;
    out.doors = std::min(out.doors, 20);
    out.lifelike = std::min(out.lifelike, 50);
    out.incident_every = std::chrono::hours{dice.between(24 * 30, 24 * 120)};
    out.spell_every = std::chrono::hours{dice.between(24 * 60, 24 * 360)};
    out.checkpoint_every = std::chrono::hours{dice.between(6, 24)};
    out.heartbeat_every = 6h;
    out.calms = std::chrono::hours{dice.between(24, 24 * 15)};
}

}  // namespace

std::optional<Plant> plant_named(std::string_view name) {
    for (const PlantName& one : plant_names) {
        if (one.name == name) return one.plant;
    }
    return std::nullopt;
}

Fate fate_of(std::uint64_t seed, std::optional<bool> sqlite) {
    sim::Random dice(sim::derive_seed(seed, "fate"));
    const auto hours = [&](std::int64_t from, std::int64_t to) {
        return std::chrono::hours{dice.between(from, to)};
    };
    const auto some = [&](std::int64_t most) -> int {
        return dice.chance(500) ? static_cast<int>(dice.between(1, most)) : 0;
    };

    Fate out;
    out.seed = seed;
    out.sqlite = sqlite.value_or(seed % 48 == 16);  // as slow as all others together
    // Looking, saving and connecting cost the same for one home and for a hundred.
    out.homes = static_cast<int>(dice.chance(100) ? dice.between(1, 3) : dice.between(40, 160));
    out.lasts = hours(5 * 24, 40 * 24);
    if (out.sqlite) {
        out.homes = static_cast<int>(dice.between(2, 10));
        out.lasts = hours(3 * 24, 8 * 24);
    }
    out.checkpoint_every = dice.chance(200) ? Duration{5min} : Duration{hours(1, 12)};
    out.heartbeat_every = dice.chance(100) ? Duration{60s} : Duration{30min};
    out.keep_readings = hours(30, 24 * 7);
    out.keep_acknowledged = hours(2, 24 * 7);
    out.incident_every = hours(24 * 2, 24 * 20);
    out.care = dice.chance(100);
    if (out.care) out.homes = std::min(out.homes, 6);  // planning costs more than all else
    out.zigbee = dice.chance(500);
    const auto share = [&] {
        return dice.chance(600) ? 0
                                : static_cast<int>(dice.chance(900) ? dice.between(10, 100) : 1000);
    };
    out.doors = share();
    out.hourly = share();
    out.lifelike = dice.chance(500) ? static_cast<int>(dice.between(100, 1000)) : 0;
    out.gas = dice.chance(500) ? static_cast<int>(dice.between(100, 1000)) : 0;
    out.spell_every = hours(24 * 10, 24 * 60);
    out.daily = dice.chance(300) ? 0 : static_cast<int>(dice.between(200, 1000));

    out.trouble_every = std::chrono::minutes{dice.between(10, 240)};
    out.radio_drop = some(300);
    out.radio_twice = some(200);
    out.radio_delay = dice.chance(300) ? Duration{dice.between(100, 20'000)} : Duration{50};
    out.district_drop = some(300);
    out.district_twice = some(200);
    out.district_delay = dice.chance(300) ? Duration{dice.between(100, 30'000)} : Duration{60};
    out.kill = some(10);
    out.power = some(10);
    out.home_cut = some(10);
    out.home_half_open = some(10);
    out.home_broker = some(6);
    out.district_cut = some(10);
    out.district_half_open = some(10);
    out.district_broker = some(6);
    out.district_gone = some(6);
    out.platform_crash = some(10);
    out.platform_slow = some(6);
    out.clock_step = some(6);
    out.disk_full = some(4);
    out.sensor_reboot = some(10);
    out.no_rtc = dice.chance(300);
    out.store_lost = out.sqlite || dice.chance(700) ? 0 : 1;
    out.alive_every = 12h;
    out.calms = 12h;
    if (!out.sqlite && !out.care && dice.chance(400)) make_it_years(out, dice);
    return out;
}

}  // namespace anju::whole
