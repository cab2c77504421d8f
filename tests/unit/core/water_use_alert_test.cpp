// Water that does not stop, and more of it than is usual: from readings to alerts.
#include "support.hpp"

namespace anju::test {
namespace {

const DeviceId other_meter{"meter2"};

World meter_home(Duration every = 15min) {
    return World(home_with({device(meter, SensorKind::water_meter, every)}));
}

/// A register that grows by `ml` in every interval; remembers where it is.
struct Tap {
    World& world;
    Duration every = 15min;
    DeviceId from = meter;
    Instant at = morning;
    std::int64_t total = 100'000'000;

    Decisions read(std::int64_t ml) {
        at += every;
        total += ml;
        return world.says(at, from, ReadingKind::water_total_ml, total);
    }
    Decisions run(Duration length, std::int64_t ml) {
        Decisions out;
        for (const Instant end = at + length; at + every <= end;) {
            for (Decision& decision : read(ml)) out.push_back(std::move(decision));
        }
        return out;
    }
    void begin() { world.says(at, from, ReadingKind::water_total_ml, total); }
};

}  // namespace

TEST(WaterContinuous, ATapLeftOpenIsToldAndEndsWhenItIsClosed) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    EXPECT_THAT(tap.run(105min, 20'000), IsEmpty());
    const Decisions told = tap.read(20'000);
    ASSERT_THAT(alerts(told), ElementsAre("water_continuous:open"));
    const Alert alert = alert_in(told);
    EXPECT_EQ(alert.priority, Priority::p3);
    EXPECT_EQ(alert.evidence.rule, "continuous_flow");
    EXPECT_EQ(alert.evidence.since, morning);
    EXPECT_EQ(alert.evidence.until, morning + 2h);
    EXPECT_EQ(alert.evidence.measured, 160'000);
    EXPECT_EQ(alert.sentence_en,
              "The water meter meter shows water running without a stop for the 2 h from 22 Nov "
              "08:00 to 10:00, 160 L in all: a tap may have been left open.");
    EXPECT_THAT(alert.sentence_zh, HasSubstr("的 2 小时里水一直在流，共 160 升"));
    EXPECT_THAT(tap.run(4h, 20'000), IsEmpty());
    EXPECT_THAT(alerts(tap.read(0)), ElementsAre("water_continuous:resolved"));
    EXPECT_THAT(alerts(tap.run(20h, 0)), IsEmpty()) << "closed by persons";
}

TEST(WaterContinuous, MoreThanARegisterIsBelievedAtOnceIsToldToo) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    EXPECT_THAT(alerts(tap.run(2h + 30min, 250'000)), ElementsAre("water_continuous:open"));
    EXPECT_GT(world.engine.reservations().doubted, 0U);
}

TEST(WaterContinuous, ALeakIsToldToWhoIsAwayAndNotAnewAfterItWasClosed) {
    World world = meter_home(1h);
    Household home = home_with({device(meter, SensorKind::water_meter, 1h)});
    home.residents[0].status = ResidentStatus::away;
    world.set(morning, home);
    Tap tap{world, 1h};
    tap.begin();
    EXPECT_THAT(tap.run(23h, 3'000), IsEmpty());
    const Decisions told = tap.read(3'000);
    ASSERT_THAT(alerts(told), ElementsAre("water_continuous:open"));
    EXPECT_EQ(alert_in(told).evidence.rule, "leak");
    EXPECT_THAT(alert_in(told).sentence_en,
                HasSubstr("no pause in the use of water, day or night, in the 1 d from 22 Nov "
                          "08:00 to 23 Nov 08:00, 72 L in all"));
    world.command(tap.at, alert_in(told).id, AlertVerb::close);
    EXPECT_THAT(tap.run(20 * 24h, 3'000), IsEmpty());
}

TEST(WaterContinuous, ABundleIsJudgedAsAWhole) {
    for (const bool stops : {false, true}) {
        Device daily = device(meter, SensorKind::water_meter, 1h);
        daily.deliver_every = 24h;
        World world(home_with({daily}));
        std::vector<Reading> bundle;
        for (int hour = 0; hour <= 26; ++hour) {
            const int used = stops && hour == 26 ? 25 : hour;
            bundle.push_back(
                reading(ReadingKind::water_total_ml, used * 1'000, morning + hour * 1h));
        }
        EXPECT_THAT(alerts(world.says_numbered(morning + 27h, meter, bundle)),
                    SizeIs(stops ? 0 : 1));
    }
}

TEST(WaterContinuous, AWildRegisterIsNoUseAndNoPause) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    tap.run(1h, 20'000);
    world.says(tap.at + 15min, meter, ReadingKind::water_total_ml, 900'000'000);
    tap.at += 15min;
    tap.total += 20'000;
    EXPECT_THAT(tap.run(30min, 20'000), IsEmpty());
    const Decisions told = tap.read(20'000);
    ASSERT_THAT(alerts(told), ElementsAre("water_continuous:open"));
    EXPECT_EQ(alert_in(told).evidence.measured, 160'000);
}

TEST(WaterContinuous, LongSilenceOfTheMeterBeginsItAnew) {
    World world = meter_home(1h);
    Tap tap{world, 1h};
    tap.begin();
    tap.run(20h, 3'000);
    tap.at += 2h;
    tap.total += 6'000;
    EXPECT_THAT(raised(tap.run(23h, 3'000), "water_continuous:open"), IsEmpty());
    EXPECT_THAT(alerts(tap.run(2h, 3'000)), ElementsAre("water_continuous:open"));
}

TEST(WaterContinuous, AFaultyMeterProvesNeitherFlowNorItsEnd) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    tap.run(2h, 20'000);
    world.says(tap.at + 1min, meter, ReadingKind::fault, 1);
    EXPECT_THAT(tap.run(5h, 0), IsEmpty());
    EXPECT_THAT(world.open(AlertKind::water_continuous), SizeIs(1));
    world.says(tap.at + 1min, meter, ReadingKind::fault, 0);
    EXPECT_THAT(tap.read(0), IsEmpty()) << "this interval began while it was faulty";
    EXPECT_THAT(alerts(tap.read(0)), ElementsAre("water_continuous:resolved"));
}

TEST(WaterContinuous, AmountsAreFollowedLikeRegisters) {
    World world = meter_home();
    Decisions out;
    for (Instant at = morning; at <= morning + 2h; at += 15min) {
        EXPECT_THAT(out, IsEmpty());
        out = world.says(at, meter, ReadingKind::water_used_ml, 20'000);
    }
    ASSERT_THAT(alerts(out), ElementsAre("water_continuous:open"));
    EXPECT_EQ(alert_in(out).evidence.measured, 160'000) << "the first one has no known span";
}

TEST(WaterContinuous, EndsWhenNoMeterOfTheHomeRunsAnyMore) {
    World world(home_with(
        {device(meter, SensorKind::water_meter), device(other_meter, SensorKind::water_meter)}));
    Tap one{world};
    Tap other{world, 15min, other_meter};
    one.begin();
    other.begin();
    Decisions told;
    for (int i = 0; i < 8; ++i) {
        one.read(20'000);
        told = other.read(30'000);
    }
    ASSERT_THAT(alerts(told), ElementsAre("water_continuous:open")) << "joins the evidence";
    EXPECT_THAT(alert_in(told).evidence.sources, SizeIs(2));
    EXPECT_THAT(one.read(0), IsEmpty());
    EXPECT_THAT(alerts(other.read(0)), ElementsAre("water_continuous:resolved"));
}

TEST(WaterContinuous, NoSpanReachesAcrossASetClock) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    tap.run(105min, 20'000);
    world.apply(tap.at + 24h, ClockStep{24h});
    tap.at += 24h;
    EXPECT_THAT(tap.run(2h, 20'000), IsEmpty()) << "the first interval has no known length";
    EXPECT_THAT(alerts(tap.read(20'000)), ElementsAre("water_continuous:open"));
}

TEST(WaterContinuous, ARestoredHomeGoesOnInTheMiddle) {
    World world = meter_home();
    Tap tap{world};
    tap.begin();
    tap.run(105min, 20'000);
    World restored = meter_home();
    ASSERT_TRUE(restored.engine.restore(world.engine.snapshot(home_id)));
    Tap same{restored, 15min, meter, tap.at, tap.total};
    EXPECT_EQ(same.read(20'000), tap.read(20'000));
    EXPECT_THAT(restored.open(AlertKind::water_continuous), SizeIs(1));
}

TEST(WaterHighAlert, IsToldOnceAndEndsAfterAUsualDay) {
    World world = meter_home(1h);
    Tap tap{world, 1h};
    tap.begin();
    EXPECT_THAT(tap.run(17 * 24h, 5'000), testing::Not(IsEmpty())) << "a leak";
    tap.run(16h, 5'000);  // to midnight
    EXPECT_THAT(tap.run(5h, 60'000), IsEmpty());
    const Decisions told = tap.read(60'000);
    ASSERT_THAT(alerts(told), ElementsAre("water_high:open"));
    const Alert alert = alert_in(told);
    EXPECT_EQ(alert.priority, Priority::p3);
    EXPECT_EQ(alert.evidence.rule, "high_day");
    EXPECT_EQ(alert.evidence.since, morning + 17 * 24h + 16h);
    EXPECT_EQ(alert.evidence.measured, 360'000);
    EXPECT_EQ(alert.evidence.threshold, 300'000);
    EXPECT_EQ(alert.sentence_en,
              "The home used 360 L from 10 Dec 00:00 to 06:00, which is unusually much for it (a "
              "day's use rarely exceeds 300 L).");
    EXPECT_THAT(alert.sentence_zh, HasSubstr("用水 360 升，对这户人家来说异常多"));
    EXPECT_THAT(tap.run(18h, 60'000), IsEmpty());
    EXPECT_THAT(alerts(tap.run(24h, 5'000)), ElementsAre("inactivity:open"))
        << "a leak is no sign of a person";
    EXPECT_THAT(alerts(tap.read(5'000)), ElementsAre("water_high:resolved"));
}

}  // namespace anju::test
