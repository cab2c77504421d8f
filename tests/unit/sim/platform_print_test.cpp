// What the stand-in platform tells people of an alert that became more urgent.
#include "firmware-sim/platform/print.hpp"

#include <gtest/gtest.h>

namespace anju::sim {
namespace {

v1::DistrictEvent silence(v1::Priority priority, v1::AlertState state, v1::AlertState before) {
    v1::DistrictEvent event;
    auto& alert = *event.mutable_alert();
    alert.set_alert_id("h1-1");
    alert.set_kind(v1::ALERT_KIND_INACTIVITY);
    alert.set_priority(priority);
    alert.set_state(state);
    alert.set_previous_state(before);
    alert.set_sentence_en("No sign of life.");
    return event;
}

const auto phone = silence(v1::PRIORITY_P3, v1::ALERT_STATE_OPEN, v1::ALERT_STATE_UNSPECIFIED);
const auto risen = silence(v1::PRIORITY_P2, v1::ALERT_STATE_OPEN, v1::ALERT_STATE_OPEN);
const auto taken = silence(v1::PRIORITY_P2, v1::ALERT_STATE_ACKNOWLEDGED, v1::ALERT_STATE_OPEN);

TEST(PlatformPrint, SaysWhyAgainWhenAnAlertBecomesMoreUrgent) {
    EXPECT_NE(event_line(phone, {}).find("P3 h1-1 inactivity"), std::string::npos);
    EXPECT_NE(event_line(risen, {}).find("P2 h1-1 inactivity"), std::string::npos);
    EXPECT_NE(event_line(risen, {}).find("No sign of life."), std::string::npos);
    EXPECT_EQ(event_line(taken, {}).find("No sign of life."), std::string::npos);
}

TEST(PlatformPrint, ShowsAChangeOfPriorityInThePathOfAnAlert) {
    EXPECT_EQ(path_of({{{phone, 0}, {risen, 0}, {taken, 0}}, 1, {}}),
              "P3 open → P2 open → acknowledged");
    EXPECT_EQ(path_of({{{risen, 0}, {taken, 0}}, 1, {}}), "open → acknowledged");
}

}  // namespace
}  // namespace anju::sim
