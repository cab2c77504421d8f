// What a drill hears of an alert from the box.
#include "firmware-sim/drill/box.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>

namespace anju::sim {
namespace {

using testing::ElementsAre;

TEST(SeenAlert, WasToldToTheRolesThatSomebodyHas) {
    const auto seen = seen_alert(boost::json::parse(R"({
        "alert": {"id": "a1", "household": "h", "kind": "smoke", "device": "d", "priority": "P2",
                  "state": "open", "raised_at": "2026-03-02T06:00:00.000+08:00"},
        "history": [
          {"at": "2026-03-02T06:00:01.000+08:00", "priority": "P1", "cause": "raised", "actor": ""},
          {"at": "2026-03-02T06:02:00.000+08:00", "priority": "P2", "cause": "person", "actor": "lin"},
          {"at": "2026-03-02T06:03:00.000+08:00", "priority": "P2", "cause": "person", "actor": "lin"}],
        "told": [
          {"roles": ["grid_worker", "relative"], "vacant": ["relative"]},
          {"roles": ["community_lead"], "vacant": ["community_lead"]}]})"));
    EXPECT_THAT(seen.told, ElementsAre(Role::grid_worker)) << "nobody is there to hear it";
    EXPECT_THAT(seen.answered_by, ElementsAre("lin"));
    EXPECT_EQ(seen.priority, Priority::p1) << "the highest that it had";
    EXPECT_EQ(seen.recorded_at - seen.raised_at, std::chrono::seconds{1});
}

}  // namespace
}  // namespace anju::sim
