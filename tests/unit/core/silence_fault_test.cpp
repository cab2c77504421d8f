// What a silence proves when sensors die, the gateway is restarted, or a clock is set.
#include "core/explanation.hpp"
#include "life.hpp"

namespace anju::test {

TEST(UnusualSilence, IsNoneWhenTheSensorsAreSilentToo) {
    Life life(3, sensor_home(30min));
    life.days(taught);
    const std::size_t stale = count(life.all, AlertKind::data_stale);
    const Instant from = life.today() + 9h;
    const Instant to = from + 72h;
    life.heard = [&](const Said& said) { return said.at < from || said.at >= to; };
    life.forget();
    life.closes = false;
    life.incident(from, 1);
    EXPECT_THAT(life.told(), IsEmpty());
    EXPECT_EQ(count(life.all, AlertKind::data_stale) - stale, 6U);
    life.day([&](const Trace&) { return false; });
    life.day([&](const Trace& trace) { return trace.at > to + 1h; });
    EXPECT_THAT(life.told(), IsEmpty()) << "what nobody heard was not silent";
}

TEST(UnusualSilence, IsNotSeenInASensorThatDied) {
    std::size_t well = 0;
    std::size_t blind = 0;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        for (const bool dies : {false, true}) {
            Life life(seed, sensor_home());
            life.days(40);
            life.forget();
            const Instant from = life.today() + 13h;
            life.heard = [&](const Said& said) {
                return !dies || said.at < from || said.message.device != kitchen_sensor;
            };
            const std::size_t stale = count(life.all, AlertKind::data_stale);
            life.days(20);
            (dies ? blind : well) += life.silences.size();
            EXPECT_EQ(count(life.all, AlertKind::data_stale) - stale, dies ? 1U : 0U);
        }
    }
    EXPECT_LE(blind, well + 2);
}

TEST(UnusualSilence, HearsOfAnIncidentThoughTheGatewayWasRestarted) {
    Life whole(1, sensor_home());
    whole.days(taught);
    const Told expected = incident(whole, 11h);
    ASSERT_TRUE(expected.p2);
    for (const auto& [length, later] :
         {std::pair<Duration, Duration>{2min, 20min}, std::pair<Duration, Duration>{20min, 45min},
          std::pair<Duration, Duration>{2h, 14h}}) {
        Life life(1, sensor_home());
        life.days(taught);
        const Instant off = life.today() + 12h + 30min;
        bool done = false;
        life.heard = [&, span = length](const Said& said) {
            return said.at < off || said.at >= off + span;
        };
        life.before = [&, span = length](Instant at) {
            if (done || at < off + span) return;
            done = true;
            life.world.apply(off + span, Outage{off});
        };
        const Told told = incident(life, 11h);
        ASSERT_TRUE(told.p2) << length / 1min;
        EXPECT_GE(*told.p2, *expected.p2);
        EXPECT_LE(*told.p2, *expected.p2 + later) << length / 1min;
    }
}

TEST(UnusualSilence, HearsOfAnIncidentThoughTheClockWasSetALittle) {
    Life whole(1, sensor_home());
    whole.days(taught);
    const Told expected = incident(whole, 11h);
    Life life(1, sensor_home());
    life.days(taught);
    const Instant set = life.today() + 13h;
    bool done = false;
    life.before = [&](Instant at) {
        if (done || at < set) return;
        done = true;
        life.until(set);
        life.world.apply(set + 10s, ClockStep{10s});
    };
    const Told told = incident(life, 11h);
    ASSERT_TRUE(told.p2 && expected.p2);
    EXPECT_LE(*told.p2, *expected.p2 + 10min);
}

TEST(UnusualSilence, GoesOnWhenDevicesAreAddedAndReordered) {
    Life whole(1, sensor_home());
    whole.days(taught);
    const Told expected = incident(whole, 11h);
    Life life(1, sensor_home());
    life.days(taught);
    const Instant set = life.today() + 13h;
    bool done = false;
    life.before = [&](Instant at) {
        if (done || at < set) return;
        done = true;
        life.until(set);
        Household other = life.home;
        std::ranges::reverse(other.devices);
        other.devices.insert(other.devices.begin() + 2, device(bed, SensorKind::bed));
        life.world.set(set, other);
    };
    const Told told = incident(life, 11h);
    EXPECT_EQ(told.p3, expected.p3);
    EXPECT_EQ(told.p2, expected.p2);
}

TEST(UnusualSilence, IsJudgedByTheFixedRulesForEverWhereAMeterTellsOfDaysOnly) {
    Household home = home_with({device(meter, SensorKind::water_meter, 24h)}, {Preset::h24_10l});
    World world(home);
    Decisions all;
    std::int64_t used = 1'000'000;
    for (int day = 1; day <= 34; ++day) {
        if (day <= 30) used += 90'000;
        for (Decision& d :
             world.says(morning + day * 24h, meter, ReadingKind::water_total_ml, used)) {
            all.push_back(std::move(d));
        }
        if (day == 30) {
            EXPECT_THAT(alerts(all), IsEmpty());
        }
    }
    EXPECT_EQ(count(all, AlertKind::water_low), 1U) << "nothing was learned of any hour";
    EXPECT_LE(count(all, AlertKind::inactivity), 1U);

    home.rules.presets = {};
    World bare(home);
    all.clear();
    for (int day = 1; day <= 34; ++day) {
        const std::int64_t total = 1'000'000 + std::min(day, 30) * 90'000;
        for (Decision& d :
             bare.says(morning + day * 24h, meter, ReadingKind::water_total_ml, total)) {
            all.push_back(std::move(d));
        }
    }
    EXPECT_EQ(count(all, AlertKind::inactivity), 1U) << "a day without water is known all the same";
}

// What a help button and a meter of six hours can teach between them is one lucky moment.
TEST(UnusualSilence, LeavesTheFixedRulesInForceWhereSomethingWasLearnedByChanceOnly) {
    const DeviceId button{"button"};
    World world(home_with(
        {device(meter, SensorKind::water_meter, 6h), device(button, SensorKind::sos, 24h)},
        {Preset::h24_8l}));
    Decisions all;
    std::int64_t used = 1'000'000;
    for (int quarter = 1; quarter <= 4 * 34; ++quarter) {
        const Instant at = morning + quarter * 6h;
        if (quarter <= 4 * 30) used += 20'000;
        if (quarter == 9) world.says(at - 1h, button, ReadingKind::sos, 1);
        world.says(at - 30min, button, ReadingKind::alive, 1);
        for (Decision& d : world.says(at, meter, ReadingKind::water_total_ml, used)) {
            all.push_back(std::move(d));
        }
    }
    EXPECT_EQ(count(all, AlertKind::water_low), 1U);
    EXPECT_FALSE(world.engine.explain(home_id, morning + 34 * 24h)->learning.personal)
        << "nor is it shown as if it were";
}

TEST(UnusualSilence, LeavesItToTheFixedRulesWhileWhatTaughtIsNotHeard) {
    const DeviceId hall{"hall"};
    World world(home_with(
        {device(meter, SensorKind::water_meter, 6h), device(hall, SensorKind::motion, 1h)},
        {Preset::h24_8l}));
    Decisions all;
    std::int64_t used = 1'000'000;
    const auto live = [&](int from_hour, int to_hour, bool moves, bool draws) {
        for (int hour = from_hour; hour < to_hour; ++hour) {
            const Instant at = morning + hour * 1h;
            if (moves) {
                const bool night = hour % 24 >= 14 && hour % 24 < 22;
                world.says(at, hall, night ? ReadingKind::alive : ReadingKind::motion, 1);
                if (!night) world.says(at + 1min, hall, ReadingKind::motion, 0);
            }
            if (hour % 6 != 0) continue;
            if (draws) used += 20'000;
            for (Decision& d : world.says(at + 2min, meter, ReadingKind::water_total_ml, used)) {
                all.push_back(std::move(d));
            }
        }
    };
    live(0, 24 * 30, true, true);
    EXPECT_TRUE(world.engine.explain(home_id, morning + 30 * 24h)->learning.personal);
    live(24 * 30, 24 * 34, false, true);
    EXPECT_FALSE(world.engine.explain(home_id, morning + 34 * 24h)->learning.personal);
    EXPECT_EQ(count(all, AlertKind::water_low), 0U);
    live(24 * 34, 24 * 36, false, false);
    EXPECT_EQ(count(all, AlertKind::water_low), 1U)
        << "the motion sensor is dead, the meter is not";
}

TEST(UnusualSilence, IsNotHeardByAMutedSensorThoughItsHeartbeatReturns) {
    Life life(2, sensor_home());
    life.days(40);
    const Instant from = life.today();
    life.closes = false;
    life.heard = [&](const Said& said) {
        if (said.at < from || said.message.device != kitchen_sensor) return true;
        const bool stale = said.at > from + 144h && said.at < from + 168h;
        return !stale && said.message.readings[0].kind == ReadingKind::alive;
    };
    life.days(9);
    const auto open = life.world.open(AlertKind::data_stale);
    ASSERT_THAT(open, SizeIs(1)) << "it speaks again and is as blind as before";
    EXPECT_EQ(open[0].evidence.rule, "muted");
    EXPECT_THAT(open[0].sentence_en,
                HasSubstr("The motion sensor kitchen has noticed nothing since"));
    EXPECT_THAT(open[0].sentence_zh, HasSubstr("人体感应 kitchen自"));
    life.heard = {};
    life.day();
    EXPECT_THAT(life.world.open(AlertKind::data_stale), IsEmpty());
}

}  // namespace anju::test
