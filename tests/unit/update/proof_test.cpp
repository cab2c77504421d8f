// Whether a version is well, and whose fault it is where it is not.
#include "memory_box.hpp"
#include "update/debian_box.hpp"

namespace anju::update {
namespace {

TEST(Proof, WantsTheGatewayToStayWell) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "");
    EXPECT_GE(box.clock, Rules{}.steady_for);
    EXPECT_LT(box.clock, Rules{}.steady_for + seconds{10});
    box.sick = {"2"};
    box.clock = {};
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "link:home");
    EXPECT_GE(box.clock, Rules{}.healthy_within);
    box.sick.clear();
    box.restarts = true;
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "not_steady");
}

TEST(Proof, DoesNotCountTheTimeInWhichTheStoreIsBroughtToTheVersion) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.opening = [](Duration at) { return at < minutes{100}; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "");
    EXPECT_GE(box.clock, minutes{102});
    // What is wrong after it has its quarter of an hour all the same.
    box.clock = {};
    box.sick = {"2"};
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "link:home");
    EXPECT_GE(box.clock, minutes{114});
    EXPECT_LT(box.clock, minutes{116});
}

TEST(Proof, DoesNotWaitForAStoreForEver) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.opening = [](Duration) { return true; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "still_opening");
    EXPECT_GE(box.clock, hours{2});
    EXPECT_LT(box.clock, hours{2} + minutes{1});
}

TEST(Proof, DoesNotWaitForOneThatEndsWhileItOpensAgainAndAgain) {
    for (const seconds there : {seconds{10}, seconds{30}, seconds{45}}) {
        MemoryBox box;
        box.installed = "2";
        const Health before = box.health();
        box.opening = [there](Duration at) { return at % seconds{50} < there; };
        box.opening_pid = [](Duration at) { return 100 + at / seconds{50}; };
        box.sick = {"2"};
        EXPECT_NE(prove(box, before, "2", {}).lacks, "") << there.count();
        EXPECT_LT(box.clock, minutes{17}) << there.count();
    }
}

TEST(Proof, DoesNotWaitForOneThatEndsRightAfterItOpenedAgainAndAgain) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.opening = [](Duration at) { return at % seconds{50} < seconds{40}; };
    box.on_pause = [](MemoryBox& it) { it.pid = 100 + it.clock / seconds{50}; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "still_opening");
    EXPECT_LT(box.clock, minutes{17});
}

TEST(Proof, DoesNotTakeAQuestionThatFailedForAnotherProcess) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.opening = [](Duration at) { return at < minutes{100}; };
    box.opening_pid = [&box](Duration at) { return at % minutes{10} == seconds{0} ? 0 : box.pid; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "");
    EXPECT_GE(box.clock, minutes{102});
}

TEST(Proof, EndsWithinItsThreeTimesWhereTheBrokerIsStartedAnew) {
    // A quarter of an hour that is nearly over, a broker that is mended, and a store that is
    // opened for nearly as long as it may be, before and after.
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.opening = [](Duration at) {
        return at < minutes{60} || (at >= minutes{75} && at < hours{9});
    };
    box.on_pause = [](MemoryBox& it) {
        if (it.clock == minutes{73}) it.broker = false;
        if (it.clock == minutes{75}) it.pid = 2;
    };
    box.sick = {"2"};
    box.opening_pid = [&box](Duration) { return box.pid; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "still_opening");
    EXPECT_EQ(box.broker_restarts, 1);
    const Rules rules;
    EXPECT_LT(box.clock,
              rules.opening_within + 2 * (rules.healthy_within + rules.steady_for) + minutes{2});
}

TEST(Proof, ExcusesALongOpeningAlthoughTheGatewayIsBegunAnewAfterIt) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    const auto first = minutes{60};
    box.opening = [=](Duration at) {
        return at < first || (at > first + seconds{20} && at < first + seconds{40});
    };
    box.opening_pid = [&box, first](Duration at) { return at < first ? box.pid : box.pid = 77; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "");
}

TEST(Proof, StartsABrokerAnewThatIsGoneAndKeepsAGoodVersion) {
    MemoryBox box;
    box.on_half = [](MemoryBox& it) { it.broker = false; };
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "2");
    EXPECT_EQ(box.saved.ending, Ending::updated);
    EXPECT_EQ(box.saved.ended_noticed, "broker_restarted");
    EXPECT_EQ(box.broker_restarts, 1);
    EXPECT_LT(box.clock, minutes{5}) << "a home is not left deaf for a quarter of an hour";
}

TEST(Proof, MendsTheBrokerBeforeItsTimeIsOverHoweverShortThatIs) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.broker = false;
    EXPECT_EQ(prove(box, before, "2", {.healthy_within = minutes{1}}).lacks, "");
    EXPECT_EQ(box.broker_restarts, 1);
}

TEST(Proof, SaysNothingOfAVersionWhereTheBrokerStaysDown) {
    MemoryBox box;
    box.on_half = [](MemoryBox& it) { it.broker = it.broker_mends = it.installed == "1"; };
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.installed, "1");
    EXPECT_EQ(box.saved.ended_why, "broker_down");
    EXPECT_EQ(box.saved.refused.size(), 0U) << "it is tried again";
    EXPECT_EQ(box.saved.retry.version, "2");
    EXPECT_EQ(box.broker_restarts, 2) << "once for each of both";
}

TEST(Proof, SaysNothingOfAVersionWhereTheBrokerComesAndGoes) {
    MemoryBox box;
    box.installed = "2";
    const Health before = box.health();
    box.on_pause = [](MemoryBox& it) {
        it.broker = it.clock % seconds{90} >= seconds{10};
        if (it.clock % seconds{90} == seconds{10}) ++it.broker_pid;
    };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "broker_down");
    EXPECT_EQ(box.broker_restarts, 0) << "the service manager does that";
    // Early on it was gone; the rest of the time it was there, and the version was not well.
    box.clock = {};
    box.sick = {"2"};
    box.on_pause = [](MemoryBox& it) { it.broker = it.clock >= seconds{30}; };
    EXPECT_EQ(prove(box, before, "2", {}).lacks, "link:home");
}

TEST(Proof, BlamesTheVersionWhereTheBrokerIsThere) {
    MemoryBox box;
    box.sick = {"2"};
    run_until_nothing_is_left(box);
    EXPECT_EQ(box.saved.ended_why, "link:home");
    EXPECT_EQ(box.saved.ended_noticed, "");
    EXPECT_EQ(box.broker_restarts, 0);
}

TEST(HomeBroker, IsAskedWhereItIsOnTheBoxAndSpeaksInTheClear) {
    EXPECT_EQ(port_on_this_box("mqtt://127.0.0.1:18831"), 18831);
    EXPECT_EQ(port_on_this_box("mqtt://localhost"), 1883);
    for (const char* const other : {"mqtt://192.168.1.2:1883", "mqtts://localhost:8883", "",
                                    "mqtt://localhost:0", "mqtt://localhost:1883x", "localhost"}) {
        EXPECT_EQ(port_on_this_box(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace anju::update
