#include "notify/names.hpp"

#include <gtest/gtest.h>

namespace anju::notify {
namespace {

TEST(MaskedName, KeepsTheSurnameAndCountsTheRest) {
    EXPECT_EQ(masked_name("王秀兰"), "王**");
    EXPECT_EQ(masked_name("李明"), "李*");
    EXPECT_EQ(masked_name("王"), "王*");
    EXPECT_EQ(masked_name(""), "");
}

TEST(MaskedName, KnowsCompoundSurnames) {
    EXPECT_EQ(masked_name("欧阳娜娜"), "欧阳**");
    EXPECT_EQ(masked_name("司马光"), "司马*");
    EXPECT_EQ(masked_name("欧阳"), "欧*") << "may be 欧 and 阳";
}

TEST(MaskedName, HidesTheLengthOfNamesInOtherScripts) {
    EXPECT_EQ(masked_name("John Smith"), "J** S**");
    EXPECT_EQ(masked_name("Li"), "L**");
    EXPECT_EQ(masked_name("阿迪力·买买提"), "阿**");
    EXPECT_EQ(masked_name("Élodie"), "É**");
}

TEST(MaskedName, GivesNothingAwayOfWhatIsNotUtf8) {
    EXPECT_EQ(masked_name("\xff\xfe王"), "**");
}

}  // namespace
}  // namespace anju::notify
