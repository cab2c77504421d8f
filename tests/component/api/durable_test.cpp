// What was looked at is in the audit, on the disk, before it is shown; and the loop does not wait
// for the disk.
#include "tests/component/api/doors.hpp"

namespace anju::api::test {

using Durable = Doors;

TEST_F(Durable, AViewIsShownWhenItsEntryIsOnTheDiskAndTheLoopGoesOnMeanwhile) {
    Gate disk;
    gate_ = &disk;
    const auto view = ask("/view/R1");
    disk.await_arrival();
    EXPECT_EQ(opened_->audit().page({})->rows.at(0).what.subject, "resident:R1");
    EXPECT_FALSE(view->response) << "shown before the audit had it";
    const auto plain = ask("/plain");
    ASSERT_TRUE(plain->response) << "nothing of it was written, and it waits";
    EXPECT_EQ(plain->response->status, 200U);
    EXPECT_TRUE(loop_.empty());
    disk.open();
    loop_.run_one();
    ASSERT_TRUE(view->response);
    EXPECT_EQ(view->response->status, 200U);
    EXPECT_EQ(syncs_, 1);
}

TEST_F(Durable, ViewsThatComeWhileTheDiskIsBusyShareOneSync) {
    Gate disk;
    gate_ = &disk;
    const auto first = ask("/view/R1");
    disk.await_arrival();
    std::vector<std::shared_ptr<Sent>> others;
    for (int i = 2; i <= 20; ++i) others.push_back(ask("/view/R" + std::to_string(i)));
    disk.open();
    loop_.run_one();
    EXPECT_TRUE(first->response);
    EXPECT_FALSE(others.front()->response) << "its entry came after that sync began";
    loop_.run_one();
    for (const auto& one : others) EXPECT_TRUE(one->response);
    EXPECT_EQ(syncs_, 2);
}

TEST_F(Durable, TheSameViewAgainWaitsForTheEntryThatIsOnItsWayAndForNoOther) {
    Gate disk;
    gate_ = &disk;
    const auto first = ask("/view/R1");
    disk.await_arrival();
    const auto again = ask("/view/R1");
    EXPECT_FALSE(again->response) << "there is no entry of its own, and the first may be lost";
    disk.open();
    loop_.run_one();
    loop_.run_one();
    EXPECT_TRUE(again->response);
    const int before = syncs_;
    EXPECT_TRUE(ask("/view/R1")->response) << "its entry is on the disk";
    EXPECT_EQ(syncs_, before);
}

TEST_F(Durable, NothingIsShownThatTheDiskDidNotTake) {
    disk_fails_ = true;
    const auto view = ask("/view/R1");
    loop_.run_one();
    ASSERT_TRUE(view->response);
    EXPECT_EQ(view->response->status, 503U);
    EXPECT_EQ(view->response->body.find("林桂芳"), std::string::npos);
    disk_fails_ = false;
    const auto later = ask("/view/R2");
    loop_.run_one();
    ASSERT_TRUE(later->response);
    EXPECT_EQ(later->response->status, 503U) << "the kernel may have dropped what came before";
    EXPECT_EQ(syncs_, 1);
}

TEST_F(Durable, WhatIsChangedOtherwiseStillWaitsForTheDiskItself) {
    const auto level = [this] { return opened_->db().database().number("PRAGMA synchronous"); };
    const auto view = ask("/view/R1");
    EXPECT_EQ(level(), 1) << "NORMAL: in the log, and no more";
    loop_.run_one();
    opened_.add("chen");
    EXPECT_EQ(level(), 2) << "FULL";
}

TEST(SyncOfALog, FailsWhereThereIsNone) {
    const anju::test::TempDir folder;
    EXPECT_FALSE(access::sync_log_of(folder.path() / "console.db"));
}

}  // namespace anju::api::test
