#include "calendar/handovers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "calendar/feed.hpp"
#include "reading.hpp"
#include "samples.hpp"

namespace anju::calendar {
namespace {

using namespace std::chrono_literals;

const WorkerId lin{"lin"}, zhao{"zhao"};

CareTask given_to(const WorkerId& worker, std::uint32_t revision) {
    CareTask task = test::call().task;
    task.worker = worker;
    task.revision = revision;
    task.changed_at = test::local(2026, 3, 1, 20) + revision * 1min;
    return task;
}

TEST(Handovers, ShowAFormerWorkerTheTaskAsCancelledWithAHigherSequence) {
    Handovers all;
    all.take(given_to(lin, 2));
    EXPECT_TRUE(all.taken_from(lin).empty());
    CareTask moved = given_to(zhao, 3);
    moved.start += 1h;
    moved.end += 1h;
    all.take(moved);
    ASSERT_EQ(all.taken_from(lin).size(), 1U);
    const CareTask gone = all.taken_from(lin)[0];
    EXPECT_EQ(gone.state, TaskState::cancelled);
    EXPECT_EQ(gone.revision, 3U);
    EXPECT_EQ(gone.changed_at, moved.changed_at);
    EXPECT_EQ(gone.start, given_to(lin, 2).start) << "where the phone has it";
    EXPECT_TRUE(all.taken_from(zhao).empty());

    Entry entry = test::call();
    entry.task = gone;
    entry.changed_at = gone.changed_at;
    const auto lines = test::unfold(feed(test::options(), std::vector{entry}, gone.changed_at));
    const auto holds = [&](std::string_view line) {
        return std::ranges::find(lines, line) != lines.end();
    };
    EXPECT_TRUE(holds("UID:YZ-01:17@box-0001"));
    EXPECT_TRUE(holds("SEQUENCE:3"));
    EXPECT_TRUE(holds("STATUS:CANCELLED"));
}

TEST(Handovers, LeaveNothingWithWhoeverHasTheTaskAgain) {
    Handovers all;
    all.take(given_to(lin, 0));
    all.take(given_to(zhao, 1));
    all.take(given_to(lin, 2));
    EXPECT_TRUE(all.taken_from(lin).empty());
    ASSERT_EQ(all.taken_from(zhao).size(), 1U);
    EXPECT_EQ(all.taken_from(zhao)[0].revision, 2U);
}

TEST(Handovers, KnowATaskThatNobodyHasAndOneThatSomebodyElseDid) {
    Handovers all;
    all.take(given_to(lin, 0));
    all.take(given_to({}, 1));
    EXPECT_EQ(all.taken_from(lin).size(), 1U);
    EXPECT_TRUE(all.taken_from({}).empty());
    CareTask done = given_to(zhao, 2);
    done.state = TaskState::completed;
    all.take(done);
    EXPECT_EQ(all.taken_from(lin).at(0).revision, 1U) << "it left them before";
}

TEST(Handovers, ForgetWhatIsPastAndWhatHasEnded) {
    Handovers all;
    all.take(given_to(lin, 0));
    CareTask done = given_to(lin, 1);
    done.state = TaskState::completed;
    all.take(done);
    EXPECT_EQ(all.size(), 0U);
    all.take(given_to(lin, 0));
    all.take(given_to(zhao, 1));
    all.forget(done.end);
    EXPECT_EQ(all.size(), 2U);
    all.forget(done.end + 1ms);
    EXPECT_EQ(all.size(), 0U);
    EXPECT_TRUE(all.taken_from(lin).empty());
}

}  // namespace
}  // namespace anju::calendar
