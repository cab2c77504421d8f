// The updater over a box in memory, with the power going at every moment.
#include "memory_box.hpp"

namespace anju::update {
namespace {

TEST(Updater, TakesANewVersionAndKeepsTheOneBefore) {
    MemoryBox box;
    EXPECT_EQ(run_until_nothing_is_left(box), 1);
    EXPECT_EQ(box.installed, "2");
    EXPECT_EQ(box.saved.ending, Ending::updated);
    EXPECT_EQ(box.kept, (std::set<std::string>{"1", "2"}));
    EXPECT_GE(box.clock, Rules{}.steady_for) << "it was not given the time to fall over";
    const auto again = run(box, box.saved, {}, {});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->last.why, Rest::current);
    EXPECT_EQ(box.installs["2"], 1);
}

TEST(Updater, GoesBackFromAVersionThatDoesNotDoItsWorkAndNeverTriesItAgain) {
    MemoryBox box;
    box.sick = {"2"};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.ending, Ending::rolled_back);
    EXPECT_EQ(box.saved.ended_why, "link:home");
    for (int night = 0; night < 5; ++night) run_until_nothing_is_left(box);
    EXPECT_EQ(box.installs["2"], 1);
    box.offers.insert(box.offers.begin(), Offer{.version = "3", .way_back = true});
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "3") << "the next version is tried";
    EXPECT_EQ(box.saved.previous, "1");
    box.offers.insert(box.offers.begin(), Offer{.version = "4", .way_back = true});
    box.sick.insert("4");
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "3");
    EXPECT_EQ(box.kept, (std::set<std::string>{"1", "3"})) << "the way back outlives a failure";
}

TEST(Updater, GoesBackFromAVersionThatCannotBeInstalled) {
    MemoryBox box;
    box.uninstallable = {"2"};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.ending, Ending::rolled_back);
    EXPECT_EQ(box.saved.ended_why, "scripts_failed");
    for (int night = 0; night < 5; ++night) {
        box.clock += hours{24};
        run_until_nothing_is_left(box);
    }
    EXPECT_EQ(box.installs["2"], 1) << "its own scripts are what failed";
}

TEST(Updater, TriesAVersionAgainThatADiskKeptFromBeingInstalled) {
    MemoryBox box;
    box.uninstallable = {"2"};
    box.scripts_fail = false;
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.ending, Ending::rolled_back);
    EXPECT_EQ(box.saved.ended_why, "not_installed");
    EXPECT_EQ(box.installs["2"], installs_at_most);
    EXPECT_EQ(box.saved.refused.size(), 0U);
    EXPECT_EQ(box.saved.retry.why, "2: dpkg") << "a code would not say what was wrong";
    box.uninstallable.clear();
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1") << "not in the same night";
    box.clock += hours{24};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
    EXPECT_EQ(box.saved.retry, Retry{});
}

TEST(Updater, TriesAgainWhenSomebodyElseHoldsAptsLock) {
    MemoryBox box;
    box.untouchable = true;
    auto came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->record.step, Step::idle);
    EXPECT_EQ(came->record.trouble, "dpkg is locked");
    EXPECT_EQ(came->record.retry.failures, 1);
    EXPECT_EQ(box.ends.size(), 0U) << "nothing came to an end";
    EXPECT_EQ(box.installs["2"], 1) << "not at once again";
    box.untouchable = false;
    came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->last.why, Rest::later);
    EXPECT_EQ(box.saved.waiting_why, "later") << "it is told";
    box.clock += hours{1};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
}

TEST(Updater, LooksOnceMoreBetweenFetchingAndInstalling) {
    MemoryBox box;
    box.meanwhile = [](MemoryBox& it) { it.urgent = 1; };
    auto came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->last.why, Rest::alerts) << "an alarm came while it was fetched";
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.installs.size(), 0U);
    EXPECT_EQ(box.saved.step, Step::idle);
    box.meanwhile = [](MemoryBox& it) { it.clock += hours{3}; };
    box.urgent = 0;
    came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->last.why, Rest::not_now) << "fetching took until the morning";
    EXPECT_EQ(box.installs.size(), 0U);
    box.meanwhile = {};
    box.clock = hours{24};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
}

TEST(Updater, LooksOnceMoreWhenAPowerCutLastedUntilTheDay) {
    MemoryBox box;
    box.saved.step = Step::installing;
    box.saved.from = "1";
    box.saved.to = "2";
    box.saved.begun = 1;
    box.kept = {"1", "2"};
    box.urgent = 1;
    auto came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->last.why, Rest::alerts);
    EXPECT_EQ(box.installs.size(), 0U);
    // Half of it is worse than an alarm that waits for a restart.
    box.saved.step = Step::installing;
    box.saved.from = "1";
    box.saved.to = "2";
    box.saved.begun = 1;
    box.installed = "";
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
}

TEST(Updater, KeepsAGoodVersionThroughAnOutageOfTheDistrict) {
    MemoryBox box;
    box.on_half = [](MemoryBox& it) { it.district = false; };
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
    EXPECT_EQ(box.saved.ending, Ending::updated);
    EXPECT_EQ(box.saved.ended_noticed, "link:district_alarm");
}

TEST(Updater, GoesBackFromAVersionThatTakesTheBoxDown) {
    MemoryBox box;
    box.deadly = {"2"};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.ending, Ending::rolled_back);
    EXPECT_EQ(box.saved.ended_why, "cut_short");
    EXPECT_EQ(box.saved.refused.size(), 0U) << "it may as well be the supply";
    EXPECT_EQ(box.saved.retry.wait, first_wait_put_back);
}

TEST(Updater, SaysSoWhenBothVersionsDoNotDoTheirWork) {
    MemoryBox box;
    box.sick = {"2"};
    const auto begun = run(box,
                           [] {
                               Record record;
                               record.step = Step::rolling_back;
                               record.from = "1";
                               record.to = "2";
                               record.before.active = record.before.answers = true;
                               record.before.epoch = 9;  // of a store that is there no more
                               record.why = "link:home";
                               return record;
                           }(),
                           {}, {});
    ASSERT_FALSE(begun && begun->record.ending == Ending::updated);
    EXPECT_EQ(box.saved.ending, Ending::failed);
    EXPECT_EQ(box.ends, std::vector{Ending::failed});
}

TEST(Updater, TriesToGoBackUntilItSucceeds) {
    MemoryBox box;
    box.sick = {"2"};
    box.uninstallable = {"1"};
    for (int i = 0; i < 4; ++i) {
        const auto came = run(box, box.saved, {}, {});
        ASSERT_TRUE(came);
        EXPECT_EQ(came->record.step, Step::rolling_back);
        EXPECT_EQ(came->record.trouble, "1: dpkg");
    }
    EXPECT_EQ(box.installs["1"], 4) << "once a run, not in a circle";
    box.uninstallable.clear();
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
}

TEST(Updater, ChangesNothingWhenItCannotFetchOrWriteDown) {
    MemoryBox box;
    box.fetches = false;
    auto came = run(box, box.saved, {}, {});
    ASSERT_TRUE(came);
    EXPECT_EQ(came->record.trouble, "2: 404");
    EXPECT_EQ(box.installs.size(), 0U);
    box.fetches = true;
    box.clock += first_wait;
    box.stores = false;
    EXPECT_FALSE(run(box, box.saved, {}, {}));
    EXPECT_EQ(box.installs.size(), 0U) << "a step was begun that is not written down";
    EXPECT_EQ(box.installed, "1");
}

TEST(Updater, LeavesTheBoxAloneWhileAlertsWait) {
    MemoryBox box;
    box.urgent = 1;
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.waits_for, "2");
    EXPECT_EQ(box.kept.size(), 0U);
}

/// The power goes once, at each moment there is.
void cut_everywhere(const MemoryBox& fresh, const std::string& ends_with, Ending ending) {
    int moments = 0;
    for (bool whole = false; !whole; ++moments) {
        MemoryBox box;
        box.sick = fresh.sick;
        box.uninstallable = fresh.uninstallable;
        box.cut_after = moments;
        const int runs = run_until_nothing_is_left(box);
        whole = box.cut_after >= 0;
        ASSERT_LT(runs, 20) << "cut at " << moments;
        // A cut in the evening of the first try: the next night tries again.
        run_until_nothing_is_left(box);
        ASSERT_EQ(box.installed, ends_with) << "cut at " << moments;
        ASSERT_EQ(box.saved.step, Step::idle) << "cut at " << moments;
        ASSERT_EQ(box.saved.ending, ending) << "cut at " << moments;
    }
    EXPECT_GT(moments, 20);
}

TEST(Updater, ComesToTheSameEndWheneverThePowerGoes) {
    cut_everywhere({}, "2", Ending::updated);
    MemoryBox sick;
    sick.sick = {"2"};
    cut_everywhere(sick, "1", Ending::rolled_back);
    MemoryBox broken;
    broken.uninstallable = {"2"};
    cut_everywhere(broken, "1", Ending::rolled_back);
}

}  // namespace
}  // namespace anju::update
