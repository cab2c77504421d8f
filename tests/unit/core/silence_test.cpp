// Months in homes of people who live alone: who is told of a silence, when, and how often of
// nothing.
#include <array>

#include "flat.hpp"
#include "life.hpp"

namespace anju::test {

TEST(UnusualSilence, CostsAboutAsManyFalseAlertsAsItMay) {
    double months = 0;
    std::array<double, 4> told{};
    const std::array<double, 4> budgets{3, 1, 1, 1.0 / 3};
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Household home = sensor_home();
        const std::size_t first = seed % 2 * 2;
        home.rules.phone_budget_milli = first == 0 ? 3'000 : 1'000;
        home.rules.alert_budget_milli = first == 0 ? 1'000 : 333;
        Life life(seed, home);
        life.days(20);
        life.forget();
        life.days(100);
        months += 50 / 30.44;
        for (const std::string& rule : life.told()) told[first + (rule[1] == '2' ? 1 : 0)] += 1;
    }
    for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_GT(told[i] / months, budgets[i] / 2) << "budget " << budgets[i];
        EXPECT_LT(told[i] / months, budgets[i] * 2) << "budget " << budgets[i];
    }
}

TEST(UnusualSilence, IsToldWithinHoursFirstToPhoneAndThenToGo) {
    int both = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        for (const bool by_meter : {false, true}) {
            Life life(seed, by_meter ? meter_home() : sensor_home());
            life.days(taught);
            const Told told = incident(life, 11h);
            ASSERT_TRUE(told.p2);
            EXPECT_LT(*told.p2, by_meter ? 14h : 8h) << "seed " << seed;
            EXPECT_GT(told.p3.value_or(*told.p2), 1h);
            EXPECT_EQ(life.told().back(), "P2 unusual_silence");
            if (told.p3) {
                EXPECT_THAT(life.told(),
                            ElementsAre("P3 unusual_silence_phone", "P2 unusual_silence"));
                EXPECT_LT(*told.p3, *told.p2);
                EXPECT_EQ(life.silences[0].id, life.silences[1].id) << "the same alert, raised";
            }
            both += told.p3 ? 1 : 0;
            EXPECT_EQ(life.world.open(AlertKind::inactivity).size(), 1U);
        }
    }
    EXPECT_GE(both, 4) << "an hour of a meter may say both at once";
}

TEST(UnusualSilence, IsToldInTheMorningWhenSomethingHappensInTheNight) {
    for (const bool by_meter : {false, true}) {
        Life life(4, by_meter ? meter_home() : sensor_home());
        life.days(taught);
        const Told told = incident(life, 1h);
        ASSERT_TRUE(told.p2);
        EXPECT_GT(*told.p2, 4h) << "not before people get up";
        EXPECT_LT(*told.p2, 13h);
    }
}

TEST(UnusualSilence, IsJudgedByTheFixedRulesUntilThePersonIsKnown) {
    Life metered(1, meter_home());
    metered.days(8);
    const std::size_t before = count(metered.all, AlertKind::water_low);
    incident(metered, 11h, 1);
    EXPECT_EQ(count(metered.all, AlertKind::water_low), before + 1) << "SH-12";
    EXPECT_THAT(metered.told(), IsEmpty()) << "told by the fixed rule already";

    Life sensed(1, sensor_home());
    sensed.home.rules.presets = {};
    sensed.world.set(morning + 1h, sensed.home);
    sensed.days(8);
    const Told told = incident(sensed, 11h);
    EXPECT_THAT(sensed.told(), ElementsAre("P2 silent_at_home"));
    EXPECT_NEAR(static_cast<double>(told.p2.value_or(0h) / 1min), 14 * 60, 60);

    Life known(1, meter_home());
    known.days(16);
    const std::size_t while_unknown = count(known.all, AlertKind::water_low);
    incident(known, 11h);
    EXPECT_EQ(count(known.all, AlertKind::water_low), while_unknown) << "the fixed rules are over";
}

TEST(UnusualSilence, IsToldAfterADayWhereNobodyKnowsWhetherThePersonIsAtHome) {
    Household home = sensor_home();
    std::erase_if(home.devices, [](const Device& d) { return d.kind == SensorKind::door; });
    home.rules.presets = {};
    Life life(1, home);
    life.days(8);
    const Told told = incident(life, 11h, 3);
    EXPECT_THAT(life.told(), ElementsAre("P3 silent_unknown"));
    EXPECT_NEAR(static_cast<double>(told.p3.value_or(0h) / 1min), 24 * 60, 60);
}

TEST(UnusualSilence, IsNoneWhileThePersonIsKnownToBeElsewhere) {
    for (const auto status : {ResidentStatus::away, ResidentStatus::hospitalised,
                              ResidentStatus::institution, ResidentStatus::deceased}) {
        Life life(2, sensor_home());
        life.days(30);
        life.home.residents[0].status = status;
        life.until(life.today());
        life.world.set(life.today(), life.home);
        incident(life, 0h, 5);
        EXPECT_THAT(life.told(), IsEmpty());
        life.home.residents[0].status = ResidentStatus::active;
        life.until(life.today());
        life.world.set(life.today(), life.home);
        const Told told = incident(life, 0h, 2);
        EXPECT_TRUE(told.p2 || told.p3) << "came home and is not heard";
    }
}

TEST(UnusualSilence, IsNoneWhileThePersonIsOutByTheDoor) {
    Life life(2, sensor_home());
    life.days(taught);
    life.forget();
    const Instant leaves = life.today() + 10h;
    life.day([&](const Trace& trace) { return trace.at < leaves; });
    life.world.says(life.now(), hall_sensor, ReadingKind::motion);
    life.world.says(life.now() + 10s, door, ReadingKind::contact_open, 1);
    life.world.says(life.now() + 15s, door, ReadingKind::contact_open, 0);
    for (int i = 0; i < 3; ++i) life.day([](const Trace&) { return false; });
    EXPECT_THAT(life.told(), IsEmpty());
}

TEST(UnusualSilence, IsToldAgainThoughTheAlertOfAnEarlierOneIsStillOpen) {
    Life life(1, sensor_home());
    life.days(taught);
    incident(life, 11h, 0);
    ASSERT_THAT(life.told(), ElementsAre("P3 unusual_silence_phone", "P2 unusual_silence"));
    const Alert first = life.silences.back();
    life.world.command(life.now(), first.id, AlertVerb::acknowledge);
    life.days(1);
    const Told told = incident(life, 11h, 1);
    ASSERT_TRUE(told.p2) << "nobody heard of the second";
    const Alert again = life.world.open(AlertKind::inactivity).at(0);
    EXPECT_EQ(again.id, first.id) << "at most one is open";
    EXPECT_EQ(again.state, AlertState::open) << "somebody has to see to it";
    EXPECT_GT(again.evidence.since, first.evidence.until);
    EXPECT_GE(again.repeats, 1U);
}

TEST(UnusualSilence, IsWatchedWhereNobodyEnteredAResident) {
    Household home = sensor_home();
    home.residents.clear();
    Life life(1, home);
    life.days(taught);
    EXPECT_TRUE(incident(life, 11h).p2);
}

TEST(UnusualSilence, IsToldOfSomebodyWhoCameHomeFromHospitalAndIsNotHeard) {
    Life life(2, sensor_home());
    life.days(taught);
    incident(life, 11h, 0);
    ASSERT_THAT(life.told(), testing::Contains("P2 unusual_silence"));
    for (const auto status : {ResidentStatus::hospitalised, ResidentStatus::active}) {
        life.home.residents[0].status = status;
        life.take(life.today(), HouseholdSet{life.home});
        incident(life, 0h, 1);
        EXPECT_EQ(life.told().empty(), status == ResidentStatus::hospitalised);
    }
}

TEST(UnusualSilence, DoesNotKeepTheBackstopWaitingForAPhoneCallThatMayNotBeAskedFor) {
    Household home = sensor_home();
    home.rules.home_backstop = 5h;
    home.rules.alert_budget_milli = 10;
    home.rules.phone_budget_milli = 3'000;
    Life life(1, home);
    life.days(taught);
    life.forget();
    life.closes = false;
    const Instant day = life.today();
    const auto lives = [&](const Trace& trace) {
        return trace.at < day + 11h || (trace.at > day + 15h && trace.at < day + 16h);
    };
    life.day(lives);
    life.day(lives);
    EXPECT_THAT(life.told(), ElementsAre("P3 unusual_silence_phone", "P2 silent_at_home"));
    const Alert& told = life.silences.back();
    EXPECT_GT(told.evidence.since, day + 15h);
    EXPECT_LT(told.changed_at - told.evidence.since, 5h + 10min) << "a phone call was asked for";
}

TEST(UnusualSilence, IsToldInPlainWords) {
    Life metered(2, meter_home());
    metered.days(taught);
    incident(metered, 11h);
    ASSERT_EQ(metered.silences.size(), 2U);
    EXPECT_EQ(metered.silences[0].sentence_zh,
              "请打电话问候：家中自 1月22日 11:00 起没有活动迹象，到 18:00 已有 7 "
              "小时。此人在这种时候通常 4 小时内就有动静（20 次中有 19 次）；这样的安静约 2 "
              "个月有一次。");
    EXPECT_EQ(
        metered.silences[0].sentence_en,
        "Please phone: no sign of life in the home from 22 Jan 11:00 to 18:00, for 7 h. At such "
        "a time this person is usually heard again within 4 h (19 times in 20); a silence like "
        "this comes about once in 2 months.");
    EXPECT_EQ(metered.silences[1].sentence_zh,
              "家中自 1月22日 11:00 起没有活动迹象，到 19:00 已有 8 小时。此人在这种时候通常 4 "
              "小时内就有动静（20 次中有 19 次）；这样不寻常的安静约 4 个月才有一次。");
    EXPECT_EQ(
        metered.silences[1].sentence_en,
        "No sign of life in the home from 22 Jan 11:00 to 19:00, for 8 h. At such a time this "
        "person is usually heard again within 4 h (19 times in 20); a silence as unusual as "
        "this comes about once in 4 months.");

    Flat home;
    home.live(morning + 1h, morning + 2h);
    home.leave(morning + 3h);
    home.come(morning + 4h);
    home.live(morning + 4h + 15min, morning + 5h);
    home.until(morning + 20h);
    const Alert known = home.alert(AlertKind::inactivity);
    EXPECT_EQ(
        known.sentence_zh,
        "此人应在家中，但自 11月22日 13:00 起没有活动迹象，到 11月23日 03:00 已有 14 小时（最长 "
        "14 小时）。其他：门磁 door最近消息 02:45、人体感应 hall最近消息 02:45。");
    EXPECT_EQ(
        known.sentence_en,
        "The person is known to be at home, and there is no sign of life from 22 Nov 13:00 to "
        "23 Nov 03:00, for 14 h (limit 14 h). Others: door sensor door last heard 02:45, "
        "motion sensor hall last heard 02:45.");

    World alone(home_with({device(living, SensorKind::motion)}));
    Decisions told;
    for (Instant at = morning; at < morning + 26h; at += 10min) {
        const auto said = at < morning + 1h ? ReadingKind::motion : ReadingKind::alive;
        for (Decision& d : alone.says(at, living, said)) told.push_back(d);
    }
    const Alert unknown = alert_in(told);
    EXPECT_EQ(
        unknown.sentence_zh,
        "请打电话问候：家中自 11月22日 08:50 起没有活动迹象，到 11月23日 08:50 已有 1 天（最长 1 "
        "天）。无法判断此人是否在家。");
    EXPECT_EQ(
        unknown.sentence_en,
        "Please phone: no sign of life in the home from 22 Nov 08:50 to 23 Nov 08:50, for 1 d "
        "(limit 1 d). Nobody can tell whether the person is at home.");
}

}  // namespace anju::test
