// The short ways of a list of tasks lead to what a look through all of them would find.
#include "core/care/task_list.hpp"

#include "desk_fixture.hpp"

namespace anju::test {
namespace {

using care::TaskList;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date monday = make_date(2026, 3, 2);

CareTask task(int number, const ResidentId& who, const WorkerId& by, Date date) {
    CareTask out;
    out.id = TaskId{"c1:" + std::to_string(number)};
    out.resident = who;
    out.worker = by;
    out.date = date;
    out.due = Desk::at(date + 1, 2h);
    return out;
}

template <class Range>
std::vector<std::string> ids(Range&& tasks) {
    std::vector<std::string> out;
    for (const CareTask& task : tasks) out.push_back(task.id.value);
    std::ranges::sort(out);
    return out;
}
std::vector<std::string> due_ids(TaskList& list, Instant at) {
    std::vector<std::string> out;
    for (const CareTask* task : list.due(at)) out.push_back(task->id.value);
    return out;
}

/// Wang on Monday and Tuesday, Li on Monday; numbers with a hole, as tasks that were forgotten
/// leave one.
class Tasks : public ::testing::Test {
protected:
    Tasks() {
        list.add(task(7, resident(1), lin, monday));
        list.add(task(8, resident(2), lin, monday));
        list.add(task(11, resident(1), zhao, monday + 1));
    }
    TaskList list;
};

TEST_F(Tasks, AreFoundByTheirNumberAndNoOtherIs) {
    EXPECT_EQ(list.find(TaskId{"c1:8"})->resident, resident(2));
    for (const char* other : {"c1:9", "c1:12", "c2:8", "c1:08", "8", "", "c1:", "c1:8x"}) {
        EXPECT_EQ(list.find(TaskId{other}), nullptr) << other;
    }
}

TEST_F(Tasks, AreFoundByResidentAndByAWorkersDay) {
    EXPECT_THAT(ids(list.of(resident(1))), ElementsAre("c1:11", "c1:7"));
    EXPECT_THAT(ids(list.of(lin, monday)), ElementsAre("c1:7", "c1:8"));
    EXPECT_THAT(ids(list.of(lin, monday + 1)), IsEmpty());
    EXPECT_THAT(ids(list.of(resident(3))), IsEmpty());
}

TEST_F(Tasks, AreFoundWhereTheyWereMovedTo) {
    CareTask& moved = *list.find(TaskId{"c1:7"});
    moved.worker = zhao;
    moved.date = monday + 1;
    moved.due = Desk::at(monday + 2, 2h);
    list.changed(moved);
    EXPECT_THAT(ids(list.of(lin, monday)), ElementsAre("c1:8"));
    EXPECT_THAT(ids(list.of(zhao, monday + 1)), ElementsAre("c1:11", "c1:7"));
    EXPECT_THAT(due_ids(list, Desk::at(monday + 1, 2h)), ElementsAre("c1:8"));
}

TEST_F(Tasks, AreDueUntilTheyEndOrAreMarked) {
    EXPECT_EQ(list.next_due(), Desk::at(monday + 1, 2h));
    EXPECT_THAT(due_ids(list, Desk::at(monday + 1, 2h) - 1ms), IsEmpty());
    EXPECT_THAT(due_ids(list, Desk::at(monday + 5, 0h)), ElementsAre("c1:7", "c1:8", "c1:11"));
    CareTask& done = *list.find(TaskId{"c1:7"});
    done.state = TaskState::completed;
    list.changed(done);
    CareTask& marked = *list.find(TaskId{"c1:8"});
    marked.overdue = true;
    list.changed(marked);
    EXPECT_EQ(list.next_due(), Desk::at(monday + 2, 2h));
    done.state = TaskState::in_progress;  // it was no contact after all
    list.changed(done);
    EXPECT_EQ(list.next_due(), Desk::at(monday + 1, 2h));
    list.forget([](const CareTask&) { return true; });
    EXPECT_EQ(list.next_due(), std::nullopt);
}

TEST_F(Tasks, OnesThatStayAreFoundAfterOthersWereForgotten) {
    list.forget([](const CareTask& one) { return one.id == TaskId{"c1:7"}; });
    EXPECT_EQ(list.size(), 2U);
    EXPECT_EQ(list.find(TaskId{"c1:7"}), nullptr);
    EXPECT_THAT(ids(list.of(resident(1))), ElementsAre("c1:11"));
    EXPECT_THAT(ids(list.of(lin, monday)), ElementsAre("c1:8"));
    list.add(task(12, resident(2), lin, monday));
    EXPECT_THAT(ids(list.of(lin, monday)), ElementsAre("c1:12", "c1:8"));
}

}  // namespace
}  // namespace anju::test
