#include "access/scope.hpp"

#include <gtest/gtest.h>

namespace anju::access {
namespace {

Community community(const char* id, const char* street, const char* district) {
    Community out;
    out.id = CommunityId{id};
    out.street = street;
    out.district = district;
    return out;
}

const Community c1 = community("C1", "沙街道", "江北");
const Community c2 = community("C2", "沙街道", "江北");
const Community c3 = community("C3", "山街道", "江北");
const Community c4 = community("C4", "沙街道", "江南");
const std::vector<Community> all = {c1, c2, c3, c4};

std::string seen(const Scope& scope) {
    std::string out;
    for (const Community& one : all) {
        if (sees(scope, one)) out += one.id.value.back();
    }
    return out;
}

TEST(Scopes, AreTheTreeBelowTheirCodes) {
    EXPECT_EQ(seen({}), "");
    EXPECT_EQ(seen({{"*"}}), "1234");
    EXPECT_EQ(seen({{"C1"}}), "1");
    EXPECT_EQ(seen({{"C1", "C3"}}), "13");
    EXPECT_EQ(seen({{"山街道"}}), "3");
    EXPECT_EQ(seen({{"江北"}}), "123");
    EXPECT_EQ(seen({{"江北", "C4"}}), "1234");
    EXPECT_EQ(seen({{"c1"}}), "") << "codes are spelled as they are";
    EXPECT_EQ(seen({{"C"}}), "") << "no beginnings of codes";
    EXPECT_EQ(seen({{"**"}}), "");
}

TEST(Scopes, TellStreetsOfTheSameNameApartByTheirDistrict) {
    EXPECT_EQ(seen({{"沙街道"}}), "124");
    EXPECT_EQ(seen({{"江北/沙街道"}}), "12");
    EXPECT_EQ(seen({{"江南/沙街道"}}), "4");
    EXPECT_EQ(seen({{"江南/山街道"}}), "");
    EXPECT_EQ(seen({{"/沙街道"}}), "");
}

TEST(Scopes, DoNotTakeAMissingNameForACode) {
    const Community bare = community("C9", "", "");
    EXPECT_FALSE(sees({{""}}, bare));
    EXPECT_FALSE(sees({{"/"}}, bare));
    EXPECT_TRUE(sees({{"C9"}}, bare));
    EXPECT_TRUE(sees({{"*"}}, bare));
}

TEST(Scopes, ShowWhatBelongsNowhereToThoseOnlyWhoSeeEverything) {
    EXPECT_TRUE(sees_unassigned({{"C1", "*"}}));
    EXPECT_FALSE(sees_unassigned({{"江北", "江南"}}));
    EXPECT_FALSE(sees_unassigned({}));
}

TEST(Scopes, GiveAwayOnlyWhatTheyHave) {
    EXPECT_TRUE(is_within({{"C1"}}, {{"江北"}}, all));
    EXPECT_TRUE(is_within({{"C1", "C3"}}, {{"江北"}}, all));
    EXPECT_TRUE(is_within({{"山街道"}}, {{"江北"}}, all));
    EXPECT_TRUE(is_within({{"江北/沙街道"}}, {{"江北"}}, all));
    EXPECT_TRUE(is_within({{"*", "x"}}, {{"*"}}, all));
    EXPECT_TRUE(is_within({}, {}, all));
    EXPECT_FALSE(is_within({{"沙街道"}}, {{"江北"}}, all)) << "one of them is in another district";
    EXPECT_FALSE(is_within({{"C4"}}, {{"江北"}}, all));
    EXPECT_FALSE(is_within({{"C1", "C4"}}, {{"江北"}}, all));
    EXPECT_FALSE(is_within({{"*"}}, {{"江北", "江南"}}, all));
    EXPECT_FALSE(is_within({{"C1"}}, {}, all));
}

TEST(Scopes, AreNotWidenedByCodesThatNameSomethingLater) {
    EXPECT_FALSE(is_within({{"C77"}}, {{"江北"}}, all));
    EXPECT_TRUE(is_within({{"C77"}}, {{"C77"}}, all));
    EXPECT_EQ(unknown_codes({{"*", "C1", "C77", "江南/沙街道", "江南/山街道"}}, all),
              (std::vector<std::string>{"C77", "江南/山街道"}));
}

TEST(Scopes, AreBounded) {
    EXPECT_TRUE(is_well_formed({}));
    EXPECT_TRUE(is_well_formed({{std::string(128, 'x')}}));
    EXPECT_FALSE(is_well_formed({{std::string(129, 'x')}}));
    EXPECT_FALSE(is_well_formed({{""}}));
    EXPECT_FALSE(is_well_formed({{"C1\nC2"}}));
    EXPECT_TRUE(is_well_formed({std::vector<std::string>(64, "C1")}));
    EXPECT_FALSE(is_well_formed({std::vector<std::string>(65, "C1")}));
}

}  // namespace
}  // namespace anju::access
