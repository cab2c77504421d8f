#include "api/alert_board.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anju::api {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 4h};

Alert alert(const std::string& id, Priority priority, AlertState state, Instant raised = noon) {
    Alert out;
    out.id = AlertId{id};
    out.household = HouseholdId{"h1"};
    out.kind = AlertKind::inactivity;
    out.priority = priority;
    out.state = state;
    out.raised_at = raised;
    out.changed_at = raised;
    return out;
}

std::vector<std::string> ids(const std::vector<const Alert*>& alerts) {
    std::vector<std::string> out;
    for (const Alert* const one : alerts) out.push_back(one->id.value);
    return out;
}

bool all(const Alert&) {
    return true;
}

}  // namespace

TEST(AlertBoard, PutsFirstWhatIsMostUrgentAndNobodyHasTaken) {
    AlertBoard board;
    Alert late = alert("late", Priority::p2, AlertState::open, noon - 1h);
    late.overdue = true;
    board.take(alert("p3", Priority::p3, AlertState::open));
    board.take(alert("taken", Priority::p1, AlertState::acknowledged));
    board.take(alert("older", Priority::p2, AlertState::open, noon - 2h));
    board.take(late);
    board.take(alert("new", Priority::p2, AlertState::open));
    board.take(alert("fire", Priority::p1, AlertState::open));
    board.take(alert("done", Priority::p1, AlertState::resolved));
    EXPECT_THAT(ids(board.waiting(all)),
                ElementsAre("fire", "taken", "late", "new", "older", "p3", "done"));
}

TEST(AlertBoard, KeepsWhatIsClosedUntilASupervisorHasLooked) {
    AlertBoard board;
    Alert closed = alert("a", Priority::p1, AlertState::closed);
    closed.closed_by = "cli:worker:w1";
    closed.closed_at = noon;
    board.take(closed);
    EXPECT_THAT(ids(board.waiting(all)), ElementsAre("a"));
    closed.reviewed_by = "cli:worker:lead";
    board.take(closed);
    EXPECT_THAT(board.waiting(all), IsEmpty());
    EXPECT_EQ(board.size(), 0U);
}

TEST(AlertBoard, CountsAnAlertOnceHoweverOftenItIsOverAndBack) {
    AlertBoard board;
    for (int i = 0; i < 5000; ++i) {
        board.take(alert("a", Priority::p2, AlertState::cancelled));
        board.take(alert("a", Priority::p2, AlertState::open));
    }
    board.take(alert("b", Priority::p2, AlertState::cancelled));
    EXPECT_EQ(board.size(), 1U);
}

}  // namespace anju::api
