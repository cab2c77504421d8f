#include <gtest/gtest.h>

#include "update/plan.hpp"

namespace anju::update {
namespace {

Health well() {
    return {.active = true,
            .answers = true,
            .version = "2.0",
            .pid = 7,
            .epoch = 5,
            .links = {"home", "district_alarm"}};
}

TEST(Health, LacksNothingWhenAllIsAsBefore) {
    const Health before = well();
    EXPECT_EQ(lacks(before, well(), "2.0"), "");
    EXPECT_EQ(lacks(before, well(), "2.0-1"), "");
    EXPECT_EQ(lacks(before, well(), "2.0+deb12u1"), "");
    Health more = well();
    more.links.push_back("district_bulk");
    EXPECT_EQ(lacks(before, more, "2.0"), "");
}

TEST(Health, SaysWhatLacks) {
    const Health before = well();
    const auto with = [](auto change) {
        Health now = well();
        change(now);
        return now;
    };
    EXPECT_EQ(lacks(before, with([](Health& h) { h.active = false; }), "2.0"), "not_active");
    EXPECT_EQ(lacks(before, with([](Health& h) { h.answers = false; }), "2.0"), "no_answer");
    EXPECT_EQ(lacks(before, with([](Health& h) { h.version = "1.0"; }), "2.0"), "other_version");
    EXPECT_EQ(lacks(before, well(), "2.0.1"), "other_version");
    EXPECT_EQ(lacks(before, well(), "2.01"), "other_version");
    EXPECT_EQ(lacks(before, with([](Health& h) { h.epoch = 6; }), "2.0"), "store_began_anew");
    EXPECT_EQ(lacks(before, with([](Health& h) { h.links = {"district_alarm"}; }), "2.0"),
              "link:home");
}

TEST(Health, OfAStoreThatIsBeingOpenedIsNotKnownYet) {
    EXPECT_EQ(lacks(well(), {.active = true, .opening = true}, "2.0"), "still_opening");
    EXPECT_EQ(lacks({}, {.opening = true}, "2.0"), "still_opening")
        << "it did not run before, and is about to";
    EXPECT_FALSE(lacks_the_broker("link:district_alarm") || lacks_the_broker("no_answer"));
    EXPECT_TRUE(lacks_the_broker("link:sensors"));
}

TEST(Health, DoesNotDependOnTheDistrictNorOnWhatElseFillsTheDisk) {
    const Health before = well();
    Health now = well();
    EXPECT_EQ(noticed(before, now), "");
    now.links = {"home"};
    now.store_low = true;
    EXPECT_EQ(lacks(before, now, "2.0"), "") << "an outage there would take back a whole fleet";
    EXPECT_EQ(noticed(before, now), "link:district_alarm,store_low") << "but it is told";
    now.links.clear();
    EXPECT_EQ(lacks(before, now, "2.0"), "link:home");
    EXPECT_EQ(noticed(now, before), "");
    now.answers = false;
    EXPECT_EQ(noticed(before, now), "") << "of one that says nothing nothing is known";
}

TEST(Health, KnowsAProgramByItsPackageWhateverTheEpoch) {
    const Health before = well();
    EXPECT_EQ(lacks(before, well(), "1:2.0"), "");
    EXPECT_EQ(lacks(before, well(), "1:2.0-1"), "");
    EXPECT_EQ(lacks(before, well(), "12:2.0+deb12u1"), "");
    EXPECT_EQ(lacks(before, well(), "2:1.0"), "other_version");
    EXPECT_EQ(lacks(before, well(), "1:2.01"), "other_version");
    Health odd = well();
    odd.version = "1";
    EXPECT_EQ(lacks(before, odd, "1:2.0"), "other_version") << "an epoch is no version";
}

TEST(Health, OfABoxThatWasNotWellNeedNotBeBetterAfter) {
    EXPECT_EQ(lacks({}, {}, "2.0"), "") << "installed and not set up: nothing runs";
    Health before = well();
    before.links = {};
    before.store_low = true;
    Health now = before;
    EXPECT_EQ(lacks(before, now, "2.0"), "");
    before = {.active = true};
    EXPECT_EQ(lacks(before, {.active = true}, "2.0"), "no_answer")
        << "it was starting when it was asked";
    now = well();
    EXPECT_EQ(lacks(before, now, "2.0"), "");
}

}  // namespace
}  // namespace anju::update
