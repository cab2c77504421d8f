// The water presets: what a meter proves, and what it does not.
#include "core/detect/water_low.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

World meter_home(std::vector<Preset> presets = {Preset::sh_12}, Duration every = 15min) {
    return World(home_with({device(meter, SensorKind::water_meter, every)}, std::move(presets)));
}

Reading reg(std::int64_t ml, Instant when = {}) {
    return reading(ReadingKind::water_total_ml, ml, when);
}

/// The meter reads `ml` every 15 minutes; all decisions.
Decisions flat(World& world, Instant from, Instant until, std::int64_t ml) {
    Decisions out;
    for (Instant at = from; at <= until; at += 15min) {
        for (Decision& d : world.says(at, meter, ReadingKind::water_total_ml, ml)) {
            out.push_back(std::move(d));
        }
    }
    return out;
}

}  // namespace

TEST(WaterLow, IsClaimedExactlyWhenTheRuleHolds) {
    World world = meter_home();
    world.says(morning, meter, ReadingKind::water_total_ml, 100'000);
    world.says(morning + 10min, meter, ReadingKind::water_total_ml, 110'000);
    EXPECT_THAT(flat(world, morning + 25min, morning + 12h, 110'000), IsEmpty());
    EXPECT_THAT(
        world.says(morning + 12h + 10min - 1ms, meter, ReadingKind::water_total_ml, 110'000),
        IsEmpty());
    const Decisions claim =
        world.says(morning + 12h + 10min, meter, ReadingKind::water_total_ml, 110'000);
    ASSERT_THAT(alerts(claim), ElementsAre("water_low:open"));
    const Evidence evidence = alert_in(claim).evidence;
    EXPECT_EQ(evidence.rule, "SH-12");
    EXPECT_EQ(evidence.since, morning + 10min);
    EXPECT_EQ(evidence.until, morning + 12h + 10min);
    EXPECT_EQ(evidence.measured, 0);
    EXPECT_EQ(evidence.threshold, 10'000);
    EXPECT_EQ(alert_in(claim).priority, Priority::p2);
}

TEST(WaterLow, CountsTenLitresAsEnoughAndAMillilitreLessAsTooLittle) {
    for (const std::int64_t drawn : {10'000, 9'999}) {
        World world = meter_home();
        world.says(morning, meter, ReadingKind::water_total_ml, 0);
        flat(world, morning + 15min, morning + 6h, drawn);
        const Decisions end = flat(world, morning + 6h + 15min, morning + 12h, drawn);
        EXPECT_THAT(alerts(end), SizeIs(drawn < 10'000 ? 1 : 0)) << drawn;
    }
}

TEST(WaterLow, CanBeEndedLongAfterItWasRaised) {
    World world = meter_home();
    flat(world, morning, morning + 30h, 100'000);
    const AlertId id = world.open(AlertKind::water_low).at(0).id;
    world.command(morning + 30h, id, AlertVerb::close);
    EXPECT_THAT(flat(world, morning + 30h, morning + 42h - 1min, 100'000), IsEmpty())
        << "reopened under the hands of who closed it";
    EXPECT_THAT(alerts(flat(world, morning + 42h, morning + 42h, 100'000)),
                ElementsAre("water_low:open"));
}

TEST(WaterLow, AStaleMeterNeverProvesSilence) {
    World world = meter_home();
    flat(world, morning, morning + 6h, 100'000);
    const Decisions week = world.advance(morning + 7 * 24h);
    EXPECT_THAT(alerts(week), ElementsAre("data_stale:open"));
    EXPECT_THAT(world.says(morning + 7 * 24h, meter, ReadingKind::alive),
                testing::Each(testing::Truly([](const Decision& d) {
                    return !std::holds_alternative<AlertChanged>(d.what);
                })))
        << "a meter that talks without measuring proves nothing either";
}

TEST(WaterLow, IsNeverClaimedByTheClockAlone) {
    World world = meter_home();
    flat(world, morning, morning + 11h + 45min, 100'000);
    EXPECT_THAT(world.advance(morning + 12h + 10min), IsEmpty());
    EXPECT_THAT(
        alerts(world.says(morning + 12h + 11min, meter, ReadingKind::water_total_ml, 100'000)),
        ElementsAre("water_low:open"));
}

TEST(WaterLow, RegistersProveWhatHappenedDuringAHole) {
    World used = meter_home();
    flat(used, morning, morning + 1h, 100'000);
    EXPECT_THAT(raised(used.says(morning + 20h, meter, ReadingKind::water_total_ml, 140'000),
                       "water_low:open"),
                IsEmpty());
    EXPECT_EQ(used.view().last_sign_of_life, morning + 20h);

    World unused = meter_home();
    flat(unused, morning, morning + 1h, 100'000);
    const Decisions back = unused.says(morning + 20h, meter, ReadingKind::water_total_ml, 104'000);
    EXPECT_THAT(alerts(back),
                ElementsAre("data_stale:open", "data_stale:resolved", "water_low:open"));
}

TEST(WaterLow, ADailyBundleIsJudgedAsAWhole) {
    Device daily = device(meter, SensorKind::water_meter, 1h);
    daily.deliver_every = 24h;
    World world(home_with({daily}, {Preset::sh_12}));
    world.says_numbered(morning, meter, {reg(0, morning)});
    std::vector<Reading> night_silent;
    for (int h = 1; h <= 24; ++h) {
        night_silent.push_back(reg(h < 20 ? 0 : 12'000, morning + h * 1h));
    }
    EXPECT_THAT(world.says_numbered(morning + 24h, meter, night_silent), IsEmpty())
        << "nineteen silent hours, but the last register shows a person alive";
    std::vector<Reading> silent_since;
    for (int h = 25; h <= 48; ++h) silent_since.push_back(reg(12'000, morning + h * 1h));
    const Decisions claim = world.says_numbered(morning + 48h, meter, silent_since);
    ASSERT_THAT(alerts(claim), ElementsAre("water_low:open"));
    EXPECT_EQ(alert_in(claim).evidence.until, morning + 48h);
}

TEST(WaterLow, AnOldBundleProvesNothingAboutNow) {
    World world = meter_home();
    world.says_numbered(morning, meter, {reg(0, morning)});
    const Decisions late =
        world.says_numbered(morning + 24h, meter, {reg(0, morning + 12h), reg(0, morning + 13h)});
    EXPECT_THAT(raised(late, "water_low:open"), IsEmpty());
}

TEST(WaterLow, TheFirstRegisterStartsTheWindow) {
    World world = meter_home({Preset::h24_10l});
    EXPECT_THAT(flat(world, morning + 5min, morning + 24h + 5min - 15min, 7'000), IsEmpty());
    EXPECT_THAT(alerts(world.says(morning + 24h + 5min, meter, ReadingKind::water_total_ml, 7'000)),
                ElementsAre("water_low:open"));
}

TEST(WaterLow, PresetsDifferInAmountAndWindow) {
    for (const auto& [preset, rule] :
         {std::pair{Preset::h24_10l, "24h-10L"}, {Preset::h24_8l, "24h-8L"}}) {
        World world = meter_home({preset});
        Decisions out = flat(world, morning, morning + 6h, 0);
        for (Decision& d : flat(world, morning + 6h + 15min, morning + 24h, 8'500))
            out.push_back(std::move(d));
        if (preset == Preset::h24_10l) {
            ASSERT_THAT(alerts(out), ElementsAre("water_low:open"));
            EXPECT_EQ(alert_in(out).evidence.rule, rule);
            EXPECT_EQ(alert_in(out).evidence.measured, 8'500);
        } else {
            EXPECT_THAT(out, IsEmpty()) << "8.5 L is not less than 8 L";
        }
    }
}

TEST(WaterLow, AResetAJumpOrBackflowIsNeverUse) {
    for (const std::int64_t odd : {0L, 30'000'000L, 460'000L}) {
        World world = meter_home();
        flat(world, morning, morning + 1h, 500'000);
        world.says(morning + 75min, meter, ReadingKind::water_total_ml, odd);
        EXPECT_EQ(world.view().last_sign_of_life, Instant{}) << odd;
    }
}

TEST(WaterLow, NothingIsClaimedAcrossAResetOfTheMeter) {
    World world = meter_home();
    flat(world, morning, morning + 6h, 500'000);
    EXPECT_THAT(flat(world, morning + 6h + 15min, morning + 18h, 3'000), IsEmpty())
        << "what was used before the new meter is unknown";
    EXPECT_THAT(
        alerts(world.says(morning + 18h + 15min, meter, ReadingKind::water_total_ml, 3'000)),
        ElementsAre("water_low:open"));
}

TEST(WaterLow, SloshingWaterIsNotUse) {
    World world = meter_home();
    Decisions out;
    for (int i = 0; i <= 48; ++i) {
        const std::int64_t slosh = i % 2 == 0 ? 500'000 : 496'000;
        for (Decision& d :
             world.says(morning + i * 15min, meter, ReadingKind::water_total_ml, slosh)) {
            out.push_back(std::move(d));
        }
    }
    EXPECT_THAT(alerts(out), ElementsAre("water_low:open"));
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
}

TEST(WaterLow, EveryMeterOfTheHomeMustKnow) {
    World world(home_with(
        {device(meter, SensorKind::water_meter), device(DeviceId{"hot"}, SensorKind::water_meter)},
        {Preset::sh_12}));
    EXPECT_THAT(raised(flat(world, morning, morning + 14h, 0), "water_low:open"), IsEmpty())
        << "hot water may have run";
}

TEST(WaterLow, IsNotClaimedWhileAnotherMeterIsUnreachable) {
    for (const bool lost : {false, true}) {
        const DeviceId hot{"hot"};
        World world(home_with(
            {device(meter, SensorKind::water_meter), device(hot, SensorKind::water_meter)},
            {Preset::sh_12}));
        Decisions out;
        for (Instant at = morning; at < morning + 12h + 15min; at += 15min) {
            out = world.says(at, hot, ReadingKind::water_total_ml, 0);
            if (lost) world.says(at, hot, ReadingKind::online, 0);
            for (Decision& d : world.says(at, meter, ReadingKind::water_total_ml, 0)) {
                out.push_back(std::move(d));
            }
        }
        EXPECT_THAT(raised(out, "water_low:open"), SizeIs(lost ? 0 : 1));
    }
}

TEST(WaterLow, IsRaisedAtMostOnceInTwelveHours) {
    World world = meter_home();
    const Decisions first = flat(world, morning, morning + 12h, 0);
    ASSERT_THAT(alerts(first), ElementsAre("water_low:open"));
    world.command(morning + 12h, alert_in(first).id, AlertVerb::close);
    EXPECT_THAT(flat(world, morning + 12h + 15min, morning + 24h - 15min, 0), IsEmpty());
    EXPECT_THAT(world.says(morning + 24h - 1ms, meter, ReadingKind::water_total_ml, 0), IsEmpty());
    const Decisions again = world.says(morning + 24h, meter, ReadingKind::water_total_ml, 0);
    EXPECT_THAT(alerts(again), ElementsAre("water_low:open"));
    EXPECT_NE(alert_in(again).id, alert_in(first).id);
}

TEST(WaterLow, IsMutedUnlessTheResidentIsActiveAndStartsAnewOnReturn) {
    Household home = home_with({device(meter, SensorKind::water_meter)}, {Preset::sh_12});
    for (const auto status :
         {ResidentStatus::away, ResidentStatus::hospitalised, ResidentStatus::deceased}) {
        home.residents[0].status = status;
        World world(home);
        EXPECT_THAT(flat(world, morning, morning + 48h, 0), IsEmpty()) << name(status);
        Household back = home;
        back.residents[0].status = ResidentStatus::active;
        world.set(morning + 48h, back);
        EXPECT_THAT(flat(world, morning + 48h, morning + 60h - 15min, 0), IsEmpty());
        EXPECT_THAT(flat(world, morning + 60h, morning + 60h, 0), SizeIs(1));
    }
}

TEST(WaterLow, AWildRegisterProvesNothingAndTheNextOneClaims) {
    World world = meter_home();
    flat(world, morning, morning + 11h + 45min, 500'000);
    EXPECT_THAT(world.says(morning + 12h, meter, ReadingKind::water_total_ml, 77'000'000'000),
                IsEmpty());
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
    EXPECT_EQ(world.view().devices[0].meter.known_until, morning + 11h + 45min);
    EXPECT_THAT(alerts(flat(world, morning + 12h + 15min, morning + 12h + 15min, 500'000)),
                ElementsAre("water_low:open"));
    EXPECT_EQ(world.engine.reservations().doubted, 1U);
    EXPECT_EQ(world.engine.reservations().meter_changed, 0U);
}

TEST(WaterLow, AMeterThatSaysWildThingsOnlyGoesStale) {
    World world = meter_home();
    flat(world, morning, morning + 1h, 500'000);
    Decisions all;
    for (int i = 1; i <= 6; ++i) {
        for (Decision& d : world.says(morning + 1h + i * 15min, meter, ReadingKind::water_total_ml,
                                      std::int64_t{i} * 1'000'000'000)) {
            all.push_back(std::move(d));
        }
    }
    EXPECT_THAT(alerts(all), ElementsAre("data_stale:open"));
}

TEST(WaterLow, AnExchangedMeterIsTold) {
    World world = meter_home();
    flat(world, morning, morning + 1h, 500'000'000);
    flat(world, morning + 75min, morning + 90min, 12'000);
    const MeterView seen = world.view().devices[0].meter;
    EXPECT_EQ(seen.changed, 1U);
    EXPECT_EQ(seen.changed_at, morning + 75min);
    EXPECT_EQ(seen.known_until, morning + 90min);
    EXPECT_EQ(world.engine.reservations().meter_changed, 1U);
}

TEST(WaterLow, AmountsAreWaterAndNothingDrawnIsAlsoAWord) {
    World world = meter_home();
    const auto used = [&](Instant at, std::int64_t ml) {
        return world.says(at, meter, ReadingKind::water_used_ml, ml);
    };
    used(morning, 4'000);
    EXPECT_EQ(world.view().last_sign_of_life, morning);
    Decisions out;
    for (int i = 1; i < 48; ++i) {
        ASSERT_THAT(raised(used(morning + i * 15min, i == 2 ? 3'000 : 0), "water_low:open"),
                    IsEmpty());
    }
    out = used(morning + 12h, 0);
    ASSERT_THAT(alerts(out), ElementsAre("water_low:open"));
    EXPECT_EQ(alert_in(out).evidence.measured, 3'000);
    EXPECT_EQ(world.view().last_sign_of_life, morning + 30min);
}

TEST(WaterLow, AmountsBesideARegisterCountNothing) {
    World world = meter_home();
    const auto both = [&](Instant at, std::int64_t total, std::int64_t used) {
        return world.apply(at, message(meter, {reading(ReadingKind::water_used_ml, used),
                                               reading(ReadingKind::water_total_ml, total)}));
    };
    both(morning, 500'000, 9'000);
    EXPECT_EQ(world.view().last_sign_of_life, Instant{}) << "before the first register";
    both(morning + 15min, 500'000, 9'000);
    EXPECT_EQ(world.view().last_sign_of_life, Instant{}) << "the register says no";
    both(morning + 30min, 501'000, 0);
    EXPECT_EQ(world.view().last_sign_of_life, morning + 30min);
}

TEST(WaterLow, WaterToAndFroOfOneMessageIsNotUse) {
    World world = meter_home();
    for (int i = 0; i < 8; ++i) {
        world.apply(morning + i * 15min,
                    message(meter, {reading(ReadingKind::water_total_ml, 500'000 + i * 4'000),
                                    reading(ReadingKind::water_reverse_ml, 80'000 + i * 4'000)}));
    }
    EXPECT_EQ(world.view().last_sign_of_life, Instant{});
}

TEST(WaterLow, NothingIsClaimedOfAMeterThatIsFaulty) {
    World world = meter_home();
    flat(world, morning, morning + 6h, 500'000);
    world.says(morning + 6h, meter, ReadingKind::fault);
    EXPECT_THAT(raised(flat(world, morning + 6h + 15min, morning + 14h, 500'000), "water_low:open"),
                IsEmpty());
    world.says(morning + 14h, meter, ReadingKind::fault, 0);
    EXPECT_THAT(raised(flat(world, morning + 14h + 15min, morning + 26h - 15min, 500'000),
                       "water_low:open"),
                IsEmpty())
        << "what it counted while it was faulty proves nothing";
    EXPECT_THAT(raised(flat(world, morning + 26h, morning + 26h, 500'000), "water_low:open"),
                SizeIs(1));
}

TEST(SignOfLife, IsATapThatIsOpened) {
    World world = meter_home();
    const auto flows = [&](Instant at, std::int64_t mlh) {
        world.says(at, meter, ReadingKind::water_flow_mlh, mlh);
        return world.view().last_sign_of_life;
    };
    EXPECT_EQ(flows(morning, 20'000), Instant{}) << "a cistern that leaks";
    EXPECT_EQ(flows(morning + 1min, 300'000), morning + 1min);
    EXPECT_EQ(flows(morning + 5h, 300'000), morning + 1min) << "still running";
    world.says(morning + 5h, smoke, ReadingKind::water_flow_mlh, 300'000);
    EXPECT_EQ(flows(morning + 6h, 0), morning + 1min);
    EXPECT_EQ(flows(morning + 7h, 300'000), morning + 7h);
}

TEST(WaterLedger, StaysSmallUnderARunningTap) {
    World world = meter_home();
    std::int64_t ml = 0;
    for (int i = 0; i < 20'000; ++i) {
        world.says(morning + i * 16s, meter, ReadingKind::water_total_ml, ml += 1);
    }
    EXPECT_LT(world.engine.snapshot(home_id).size(), 8'000U);
}

TEST(WaterLedger, MergingOldDripsLosesNoWater) {
    detect::WaterLedger ledger;
    ledger.covered_from(morning);
    for (int i = 1; i <= 700; ++i) ledger.draw(morning + i * 2min, 5);
    const auto rule = detect::water_rule(Preset::h24_10l).value();
    EXPECT_EQ(ledger.shortage(rule, morning + 24h), 3'500);
}

}  // namespace anju::test
