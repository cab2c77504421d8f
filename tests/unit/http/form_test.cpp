#include "http/form.hpp"

#include <gtest/gtest.h>

namespace anju::http {
namespace {

TEST(PercentDecoded, ReadsWhatAPathMayHold) {
    EXPECT_EQ(percent_decoded("W1"), "W1");
    EXPECT_EQ(percent_decoded("%e5%ae%89"), "安");
    EXPECT_EQ(percent_decoded("a%2Fb+c"), "a/b+c");
    EXPECT_EQ(percent_decoded("%252e"), "%2e") << "decoded once, and once only";
}

TEST(PercentDecoded, RefusesWhatIsNoText) {
    for (const char* text :
         {"%", "%2", "%zz", "a%", "%00", "a%0ab", "%7f", "%c0%ae", "%ff", "%ed%a0%80"}) {
        EXPECT_EQ(percent_decoded(text), std::nullopt) << text;
    }
}

TEST(ParseQuery, ReadsNamesAndValues) {
    const auto query = parse_query("q=%E7%8E%8B+a&limit=5&flag&&empty=&x=1=2");
    ASSERT_TRUE(query);
    const Query expected{{"q", "王 a"}, {"limit", "5"}, {"flag", ""}, {"empty", ""}, {"x", "1=2"}};
    EXPECT_EQ(*query, expected);
    EXPECT_EQ(parse_query(""), Query{});
}

TEST(ParseQuery, RefusesWhatCouldBeReadInTwoWays) {
    for (const char* text : {"a=1&a=2", "a=1&%61=2", "a=%", "%00=1", "a=%0d%0a", "a=%ff"}) {
        EXPECT_EQ(parse_query(text), std::nullopt) << text;
    }
}

TEST(ParseQuery, RefusesMoreFieldsThanAnybodyNeeds) {
    std::string text;
    for (int i = 0; i < 32; ++i) text += "f" + std::to_string(i) + "=1&";
    ASSERT_TRUE(parse_query(text));
    EXPECT_EQ(parse_query(text + "one=more"), std::nullopt);
}

}  // namespace
}  // namespace anju::http
