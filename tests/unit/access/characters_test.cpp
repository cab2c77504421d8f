#include "access/characters.hpp"

#include <gtest/gtest.h>

namespace anju::access {
namespace {

TEST(Characters, AreCountedAsPeopleCountThem) {
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(count_characters("abc"), 3U);
    EXPECT_EQ(count_characters("社区安居"), 4U);
    EXPECT_EQ(count_characters("\xF0\x9F\x8F\xA0"), 1U);
}

TEST(Characters, AreNothingWhereTheBytesAreNoText) {
    for (const char* bad : {"\xff", "a\xe7\xa4", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80",
                            "\xf4\x90\x80\x80", "a\nb", "\x7f", "\xc2\x85"}) {
        EXPECT_EQ(count_characters(bad), std::nullopt) << testing::PrintToString(bad);
    }
    EXPECT_EQ(count_characters(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(Characters, AreNeverCutInTwo) {
    EXPECT_EQ(fitted("社区", 6), "社区");
    EXPECT_EQ(fitted("社区", 5), "社");
    EXPECT_EQ(fitted("社区", 2), "");
    EXPECT_EQ(fitted("a\xff\nb", 10), "a??b");
}

TEST(Characters, OfAsciiOnlyLoseTheirCase) {
    EXPECT_EQ(lower("LiHua王Ä"), "lihua王Ä");
}

}  // namespace
}  // namespace anju::access
