#include "app/score/alert_log.hpp"

#include <gtest/gtest.h>

#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

const Instant day = time("2020-03-02");

Decision moved(Instant at, AlertState to, std::optional<AlertState> from,
               Priority priority = Priority::p2, AlertKind kind = AlertKind::inactivity,
               const std::string& id = "home-1") {
    Alert alert;
    alert.id = AlertId{id};
    alert.kind = kind;
    alert.priority = priority;
    alert.state = to;
    return {.household = {}, .number = 1, .at = at, .what = AlertChanged{alert, from}};
}

Decision raised(Instant at, Priority priority = Priority::p2,
                AlertKind kind = AlertKind::inactivity, const std::string& id = "home-1") {
    return moved(at, AlertState::open, std::nullopt, priority, kind, id);
}

TEST(AlertLog, TellsAnAlertThatBecomesMoreUrgentAgain) {
    AlertLog log;
    log.hear({raised(day, Priority::p3)});
    log.hear({moved(day + 1h, AlertState::open, AlertState::open, Priority::p3)});
    log.hear({moved(day + 2h, AlertState::open, AlertState::open, Priority::p2)});
    log.hear({moved(day + 3h, AlertState::acknowledged, AlertState::open, Priority::p2)});
    ASSERT_EQ(log.raised().size(), 2U);
    EXPECT_EQ(log.raised()[0].at, day);
    EXPECT_EQ(log.raised()[0].priority, Priority::p3);
    EXPECT_EQ(log.raised()[1].at, day + 2h);
    EXPECT_EQ(log.raised()[1].priority, Priority::p2);
    EXPECT_EQ(log.told().at, day);
    EXPECT_EQ(log.told().priority, Priority::p3);
    EXPECT_EQ(log.told().urgent_at, day + 2h);
}

TEST(AlertLog, TellsAnAlertThatCameBack) {
    AlertLog log;
    log.hear({raised(day), moved(day + 1h, AlertState::resolved, AlertState::open),
              moved(day + 2h, AlertState::open, AlertState::resolved)});
    EXPECT_EQ(log.raised().size(), 2U);
}

TEST(AlertLog, ForgetsWhatWasToldOfASilenceThatIsOver) {
    AlertLog log;
    log.hear({raised(day), raised(day, Priority::p4, AlertKind::data_stale, "home-2")});
    EXPECT_EQ(log.told().at, day);
    log.used(day + 1h);
    EXPECT_FALSE(log.told().at);
    log.hear({raised(day + 2h, Priority::p4, AlertKind::data_stale, "home-3")});
    EXPECT_FALSE(log.told().at) << "not about the person";
    log.hear({raised(day + 3h, Priority::p2, AlertKind::water_low, "home-4")});
    EXPECT_EQ(log.told().at, day + 3h);
    EXPECT_EQ(log.raised().back().last_use, day + 1h);
}

TEST(AlertLog, HasAPersonCloseWhatWaitsForOne) {
    AlertLog log;
    log.hear({raised(day, Priority::p3, AlertKind::inactivity, "home-1"),
              raised(day, Priority::p4, AlertKind::device_offline, "home-2"),
              raised(day, Priority::p3, AlertKind::door_open_long, "home-3"),
              raised(day, Priority::p3, AlertKind::night_exit, "home-4")});
    EXPECT_EQ(log.to_close(day + 1h), std::vector{AlertId{"home-1"}});
    EXPECT_EQ(log.to_close(day + 24h), (std::vector{AlertId{"home-1"}, AlertId{"home-4"}}));
    log.hear({moved(day + 25h, AlertState::closed, AlertState::resolved, Priority::p3)});
    EXPECT_EQ(log.to_close(day + 25h), std::vector{AlertId{"home-4"}});
}

TEST(AlertLog, ForksWithWhatIsOpenAndTold) {
    AlertLog log;
    log.hear({raised(day, Priority::p3)});
    AlertLog future = log.fork();
    EXPECT_TRUE(future.raised().empty());
    EXPECT_EQ(future.told().at, day);
    future.hear({moved(day + 1h, AlertState::open, AlertState::open, Priority::p2)});
    EXPECT_EQ(future.raised().size(), 1U) << "it rose from what was open";
    EXPECT_FALSE(log.told().urgent_at);
}

}  // namespace
}  // namespace anju::score
