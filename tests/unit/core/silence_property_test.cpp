// What holds in every life: however the engine is asked, saved and restored.
#include <random>

#include "core/codec/codec.hpp"
#include "life.hpp"

namespace anju::test {
namespace {

std::string bytes_of(const Decisions& decisions) {
    std::string bytes;
    for (const Decision& d : decisions) bytes += encode(d);
    return bytes;
}

Household mixed_home() {
    Household home = sensor_home();
    home.devices.push_back(device(meter, SensorKind::water_meter, 1h));
    for (const char* more : {"study", "balcony", "stairs"}) {
        home.devices.push_back(device(DeviceId{more}, SensorKind::motion, 6h));
    }
    return home;
}

/// Life with an incident, and a restart of the gateway.
void live(Life& life) {
    life.days(25);
    const Instant off = life.today() + 15h;
    life.heard = [=](const Said& said) { return said.at < off || said.at >= off + 10min; };
    bool done = false;
    const auto before = life.before;
    life.before = [&](Instant at) {
        if (before && (done || at < off)) before(at);
        if (done || at < off + 10min) return;
        done = true;
        life.take(off + 10min, Outage{off});
    };
    life.incident(life.today() + 12h, 1);
    life.before = before;
    life.days(3);
}

}  // namespace

TEST(UnusualSilence, IsToldTheSameHoweverPunctuallyTheEngineIsAsked) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        Life punctual(seed, mixed_home());
        Life lazy(seed, mixed_home());
        std::mt19937_64 random(seed);
        punctual.before = [&](Instant at) {
            for (int i = 0; i < 3; ++i) {
                const auto span = static_cast<std::uint64_t>((at - punctual.now()).count());
                punctual.until(punctual.now() + Duration{random() % (span / 2 + 1)});
            }
        };
        lazy.lazy = true;
        lazy.closes = punctual.closes = false;
        live(punctual);
        live(lazy);
        lazy.until(lazy.today());
        ASSERT_FALSE(punctual.silences.empty());
        EXPECT_TRUE(bytes_of(lazy.all) == bytes_of(punctual.all)) << "seed " << seed;
        EXPECT_TRUE(lazy.world.engine.snapshot(home_id) == punctual.world.engine.snapshot(home_id));
    }
}

TEST(UnusualSilence, IsToldTheSameAfterARestoreAtAnyMoment) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        Life whole(seed, mixed_home());
        Life restored(seed, mixed_home());
        std::mt19937_64 random(seed);
        restored.before = [&](Instant) {
            if (random() % 40 != 0) return;
            const std::string bytes = restored.world.engine.snapshot(home_id);
            Engine other;
            ASSERT_TRUE(other.restore(bytes));
            ASSERT_TRUE(other.snapshot(home_id) == bytes);
            restored.world.engine = std::move(other);
        };
        live(whole);
        live(restored);
        EXPECT_TRUE(bytes_of(restored.all) == bytes_of(whole.all)) << "seed " << seed;
        EXPECT_TRUE(restored.world.engine.snapshot(home_id) ==
                    whole.world.engine.snapshot(home_id));
    }
}

TEST(UnusualSilence, IsToldOfEachHomeAloneInWhateverOrderTheyWereRegistered) {
    Engine forwards;
    Engine backwards;
    Decisions out[2];
    std::vector<Household> homes;
    std::vector<Said> said;
    for (std::uint64_t n = 0; n < 3; ++n) {
        Household home = sensor_home();
        home.id = HouseholdId{"home-" + std::to_string(n)};
        Dweller person(n);
        Sensors sensors;
        std::vector<Said> own;
        for (int day = 0; day < 22; ++day) {
            std::vector<Trace> traces = person.day(day);
            if (day >= 20)
                std::erase_if(traces, [&](const Trace& t) { return t.at > first_day + 491h; });
            for (Said& one : sensors.day(home, day, traces)) {
                one.message.device.value += home.id.value;
                said.push_back(std::move(one));
            }
        }
        for (Device& d : home.devices) d.id.value += home.id.value;
        homes.push_back(home);
    }
    std::ranges::stable_sort(said, {}, &Said::at);
    for (const Household& home : homes) forwards.apply(morning, HouseholdSet{home}, out[0]);
    std::ranges::reverse(homes);
    for (const Household& home : homes) backwards.apply(morning, HouseholdSet{home}, out[1]);
    for (const Said& one : said) {
        forwards.apply(one.at, one.message, out[0]);
        backwards.apply(one.at, one.message, out[1]);
    }
    forwards.advance(first_day + 24h * 23, out[0]);
    backwards.advance(first_day + 24h * 23, out[1]);
    EXPECT_GE(raised(out[0], "inactivity:open").size(), 3U);
    EXPECT_TRUE(bytes_of(out[0]) == bytes_of(out[1]));
    for (const Household& home : homes) {
        EXPECT_TRUE(forwards.snapshot(home.id) == backwards.snapshot(home.id));
    }
}

TEST(UnusualSilence, IsLearnedInAStateThatDoesNotGrow) {
    Life life(7, mixed_home());
    life.days(183);
    const std::size_t half = life.world.engine.snapshot(home_id).size();
    life.days(182);
    const std::size_t year = life.world.engine.snapshot(home_id).size();
    EXPECT_LT(year, 32'768U);
    EXPECT_LT(year, half + half / 20);
}

}  // namespace anju::test
