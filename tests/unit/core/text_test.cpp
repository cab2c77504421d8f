// The sentences people read, word for word.
#include "core/text/catalogue.hpp"
#include "core/text/quantities.hpp"
#include "support.hpp"

namespace anju::test {

using text::Language;

namespace {

Household labelled_home() {
    Household home = full_home();
    for (Device& device : home.devices) device.label = "厨房";
    return home;
}

}  // namespace

TEST(LocalTime, FollowsTheOffsetAcrossMidnight) {
    const Instant late = morning + 9h + 5min;  // 17:05 in China, still 09:05 in UTC
    EXPECT_EQ(text::local_time(Language::zh, late, 8h), "11月22日 17:05");
    EXPECT_EQ(text::local_time(Language::en, late + 8h, 8h), "23 Nov 01:05");
    EXPECT_EQ(text::local_time(Language::zh, late, 8h, morning), "17:05");
    EXPECT_EQ(text::local_time(Language::en, late, -12h), "21 Nov 21:05");
}

TEST(Span, GivesTheTwoLargestUnits) {
    EXPECT_EQ(text::span(Language::zh, 12h), "12 小时");
    EXPECT_EQ(text::span(Language::en, 12h), "12 h");
    EXPECT_EQ(text::span(Language::zh, 26h + 59min), "1 天 2 小时");
    EXPECT_EQ(text::span(Language::en, 37min + 30s), "37 min 30 s");
    EXPECT_EQ(text::span(Language::en, 24h + 59min), "1 d") << "no unit is left out in between";
    EXPECT_EQ(text::span(Language::en, 999ms), "0 s");
}

TEST(Amount, RoundsLitresDownSoThatLessThanTenIsNeverTen) {
    EXPECT_EQ(text::amount(Language::en, 9'999, EvidenceUnit::millilitres), "9.9 L");
    EXPECT_EQ(text::amount(Language::zh, 10'000, EvidenceUnit::millilitres), "10 升");
    EXPECT_EQ(text::amount(Language::zh, 0, EvidenceUnit::millilitres), "0 升");
    EXPECT_EQ(text::amount(Language::zh, 15, EvidenceUnit::percent), "15%");
    EXPECT_EQ(text::amount(Language::zh, Duration(7h + 20min).count(), EvidenceUnit::time_of_day),
              "07:20");
    EXPECT_EQ(text::amount(Language::en, Duration(25h + 5min).count(), EvidenceUnit::time_of_day),
              "01:05")
        << "of the day after";
    EXPECT_EQ(text::amount(Language::en, 1'250, EvidenceUnit::thousandths), "1.3");
    EXPECT_EQ(text::amount(Language::en, 40, EvidenceUnit::thousandths), "0.0");
}

TEST(Catalogue, FillsPlacesByName) {
    const text::Fact facts[] = {{"b", "2"}, {"a", "1"}};
    EXPECT_EQ(text::fill("{a}+{b}={a}{b}!", facts), "1+2=12!");
    EXPECT_DEATH(static_cast<void>(text::fill("{c}", facts)), "has a fact");
}

TEST(Sentence, SaysSmokeInBothLanguages) {
    World world(labelled_home());
    const Alert alert = alert_in(world.says(morning + 10min, smoke, ReadingKind::smoke));
    EXPECT_EQ(alert.sentence_zh, "厨房烟感于 11月22日 08:10 报警：有烟雾。");
    EXPECT_EQ(alert.sentence_en, "The 厨房 smoke alarm reported smoke at 22 Nov 08:10.");
}

TEST(Sentence, SaysHowLittleWaterWasUsedAndWhoElseWasHeard) {
    World world(labelled_home());
    Decisions last;
    for (int quarter = 0; quarter <= 49; ++quarter) {
        const Instant at = morning + 10min + quarter * 15min;
        if (quarter < 44) world.says(at, motion, ReadingKind::alive, 0);
        world.says(at, door, ReadingKind::contact_open, 0);
        world.says(at, bed, ReadingKind::alive, 0);
        last = world.says(at, meter, ReadingKind::water_total_ml,
                          500'000 + (quarter > 30 ? 3'250 : 0));
        if (!raised(last, "water_low:open").empty()) break;
    }
    const Alert alert = alert_in(last);
    EXPECT_EQ(alert.sentence_zh,
              "厨房水表从 11月22日 08:10 到 20:10 的 12 小时里只用了 3.2 升水（规则 SH-12：少于 10 "
              "升）。其他：厨房门磁最近消息 20:10、厨房床垫最近消息 "
              "20:10。数据缺失：厨房人体感应最近消息 18:55。");
    EXPECT_EQ(alert.sentence_en,
              "The 厨房 water meter shows only 3.2 L used in the 12 h from 22 Nov 08:10 to 20:10 "
              "(rule SH-12: less than 10 L). Others: 厨房 door sensor last heard 20:10, 厨房 bed "
              "sensor last heard 20:10. Data missing: 厨房 motion sensor last heard 18:55.");
}

TEST(Sentence, SaysThatAStaleMeterProvesNothing) {
    World world(home_with({device(meter, SensorKind::water_meter)}));
    const Alert alert = alert_in(world.advance(morning + 1h));
    EXPECT_EQ(
        alert.sentence_zh,
        "水表 meter自 11月22日 08:00 起没有数据，已超过 37 分钟 30 秒；不能据此判断家中有无活动。");
    EXPECT_EQ(
        alert.sentence_en,
        "The water meter meter has given no data since 22 Nov 08:00, longer than 37 min 30 s; "
        "this says nothing about activity in the home.");
}

TEST(Sentence, NamesDevicesOnceAndNeverThePerson) {
    Household home = full_home();
    home.devices[1].label = "客厅烟感";
    World world(home);
    const Alert alert = alert_in(world.says(morning + 10min, smoke, ReadingKind::smoke));
    EXPECT_THAT(alert.sentence_zh, testing::StartsWith("客厅烟感于"));
    EXPECT_THAT(alert.sentence_zh + alert.sentence_en, testing::Not(HasSubstr("Wang")));
}

TEST(Sentence, ExistsForEveryAlertThatIsRaised) {
    World world(labelled_home());
    std::vector<Alert> all;
    const auto keep = [&](const Decisions& decisions) {
        for (const Decision& d : decisions) {
            if (const auto* c = std::get_if<AlertChanged>(&d.what)) all.push_back(c->alert);
        }
    };
    keep(world.says(morning + 1min, gas, ReadingKind::gas));
    keep(world.says(morning + 1min, gas, ReadingKind::carbon_monoxide));
    keep(world.says(morning + 1min, gas, ReadingKind::fault));
    keep(world.says(morning + 1min, sos, ReadingKind::sos));
    keep(world.says(morning + 1min, leak, ReadingKind::water_leak));
    keep(world.says(morning + 1min, smoke, ReadingKind::smoke, 1, quality::test));
    keep(world.says(morning + 1min, door, ReadingKind::tamper));
    keep(world.says(morning + 1min, door, ReadingKind::battery_low));
    keep(world.says(morning + 1min, motion, ReadingKind::battery_pct, 3));
    keep(world.says(morning + 1min, door, ReadingKind::contact_open));
    keep(world.says(morning + 1min, bed, ReadingKind::online, 0));
    keep(world.says(morning + 25min, door, ReadingKind::alive));
    keep(world.advance(morning + 2h));
    std::vector<AlertKind> kinds;
    for (const Alert& alert : all) {
        kinds.push_back(alert.kind);
        EXPECT_THAT(alert.sentence_zh, testing::EndsWith("。"));
        EXPECT_THAT(alert.sentence_en, testing::EndsWith("."));
        if (alert.evidence.rule == "battery_pct") {
            EXPECT_EQ(alert.sentence_zh, "厨房人体感应电量只剩 3%（低电量界限 15%）。");
        } else {
            EXPECT_THAT(alert.sentence_zh, HasSubstr("11月22日"));
        }
    }
    for (const AlertKind kind :
         {AlertKind::gas_leak, AlertKind::sos, AlertKind::flood, AlertKind::test, AlertKind::tamper,
          AlertKind::low_battery, AlertKind::door_open_long, AlertKind::device_offline,
          AlertKind::data_stale}) {
        EXPECT_THAT(kinds, testing::Contains(kind)) << name(kind);
    }
}

}  // namespace anju::test
