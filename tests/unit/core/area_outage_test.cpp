#include "core/care/area_outage.hpp"

#include "support.hpp"

namespace anju::test {
namespace {

using care::AreaOutage;
using Turn = AreaOutage::Turn;

Alert of(int home, AlertKind kind = AlertKind::device_offline,
         AlertState state = AlertState::open) {
    Alert alert;
    alert.household = HouseholdId{"h" + std::to_string(100 + home)};
    alert.id = AlertId{alert.household.value + "-1"};
    alert.kind = kind;
    alert.state = state;
    alert.priority = Priority::p4;
    alert.evidence.rule = "device_offline";
    return alert;
}

Alert recovered(int home) {
    Alert alert = of(home, AlertKind::device_offline, AlertState::merged);
    alert.cause = StepCause::recovered;
    return alert;
}

/// 21 homes, ten seconds apart.
AreaOutage outage() {
    AreaOutage area;
    for (int home = 0; home < 20; ++home) {
        EXPECT_FALSE(area.take(of(home), morning + home * 10s)) << home;
    }
    const auto begun = area.take(of(20), morning + 200s);
    EXPECT_TRUE(begun && begun->turn == Turn::begins);
    return area;
}

}  // namespace

TEST(AreaOutage, IsMoreThanTwentyHomesWithinFiveMinutes) {
    AreaOutage area;
    for (int home = 0; home < 20; ++home) {
        ASSERT_FALSE(area.take(of(home), morning + home * 15s));
    }
    const auto begun = area.take(of(20), morning + 5min);
    ASSERT_TRUE(begun);
    EXPECT_EQ(begun->turn, Turn::begins);
    EXPECT_EQ(begun->homes, 21U);
    EXPECT_EQ(begun->since, morning);
    EXPECT_THAT(begun->alerts, SizeIs(21));
    EXPECT_TRUE(area.lasts());
}

TEST(AreaOutage, IsNotSoManyHomesOverALongerTime) {
    AreaOutage area;
    for (int home = 0; home < 200; ++home) {
        ASSERT_FALSE(area.take(of(home), morning + home * 16s)) << home;
    }
}

TEST(AreaOutage, CountsHomesAndNotDevices) {
    AreaOutage area;
    for (int n = 0; n < 100; ++n) {
        Alert alert = of(n % 5);
        alert.id = AlertId{alert.household.value + "-" + std::to_string(n)};
        ASSERT_FALSE(area.take(alert, morning + n * 1s));
    }
}

TEST(AreaOutage, DoesNotCountADeviceThatSpeaks) {
    AreaOutage area;
    for (int home = 0; home < 100; ++home) {
        Alert alert = of(home, AlertKind::data_stale);
        alert.evidence.rule = home % 2 == 0 ? "muted" : "fault";
        ASSERT_FALSE(area.take(alert, morning));
        ASSERT_FALSE(area.take(of(home, AlertKind::low_battery), morning));
    }
}

TEST(AreaOutage, DoesNotCountAHomeThatIsBack) {
    AreaOutage area;
    for (int home = 0; home < 100; ++home) {
        ASSERT_FALSE(area.take(of(home), morning + home * 1s));
        ASSERT_FALSE(area.take(of(home, AlertKind::device_offline, AlertState::resolved),
                               morning + home * 1s));
    }
}

TEST(AreaOutage, TakesWhatComesWhileItLasts) {
    AreaOutage area = outage();
    const auto joined = area.take(of(30), morning + 2h);
    ASSERT_TRUE(joined);
    EXPECT_EQ(joined->turn, Turn::joins);
    EXPECT_THAT(joined->alerts, ElementsAre(of(30).id));
    EXPECT_EQ(joined->homes, 22U);
    EXPECT_FALSE(area.take(of(30, AlertKind::device_offline, AlertState::merged), morning + 2h))
        << "that it was merged is no news";
}

TEST(AreaOutage, IsOverWhenHalfOfTheHomesAreBackAndLetsTheOthersGo) {
    AreaOutage area = outage();
    for (int home = 0; home < 10; ++home) {
        ASSERT_FALSE(area.take(recovered(home), morning + 1h)) << home;
    }
    const auto over = area.take(recovered(10), morning + 1h);
    ASSERT_TRUE(over);
    EXPECT_EQ(over->turn, Turn::ends);
    EXPECT_THAT(over->alerts, SizeIs(10));
    EXPECT_FALSE(area.lasts());
    EXPECT_FALSE(area.take(of(15), morning + 1h)) << "parted, it is no new loss";
}

TEST(AreaOutage, IsOverWithHomesThatLeaveTheCommunity) {
    AreaOutage area = outage();
    std::optional<AreaOutage::Verdict> over;
    for (int home = 0; home < 11; ++home) over = area.forget(of(home).household);
    ASSERT_TRUE(over);
    EXPECT_EQ(over->turn, Turn::ends);
}

TEST(AreaOutage, GoesOnFromWhatWasSaved) {
    AreaOutage area = outage();
    std::string bytes;
    codec::Writer writer{bytes};
    writer(area);
    AreaOutage again;
    codec::Reader reader(bytes, codec::newest);
    reader(again);
    ASSERT_TRUE(reader.finished());
    EXPECT_TRUE(again.lasts());
    EXPECT_EQ(again.take(of(30), morning + 1h)->homes, 22U);
}

}  // namespace anju::test
