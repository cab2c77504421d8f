#include "api/answers.hpp"

#include <gtest/gtest.h>

#include "api/alert_page.hpp"

namespace anju::api {
namespace {

http::Request asking(const std::string& query) {
    http::Request out;
    out.method = "GET";
    out.query = query;
    return out;
}

TEST(KeyedPages, BeginBehindTheElementThatTheCursorNames) {
    const std::vector<std::string> key{"500106-001", "", "林 h1"};
    http::Response refused;
    const auto page = keyed_page(asking("limit=7&cursor=" + std::string(cursor(key))), refused, 3);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->limit, 7U);
    EXPECT_EQ(page->after, key);
    EXPECT_TRUE(keyed_page(asking(""), refused, 3)->after.empty());
}

TEST(KeyedPages, RefuseACursorOfAnotherListOrOfNone) {
    for (const std::string& bad : {std::string("1"), std::string("zz"), std::string("-1"),
                                   std::string("61"), std::string("611f62")}) {
        http::Response refused;
        EXPECT_FALSE(keyed_page(asking("cursor=" + bad), refused, 3)) << bad;
        EXPECT_EQ(refused.status, 400U);
        EXPECT_NE(refused.body.find("bad_cursor"), std::string::npos);
    }
}

TEST(AlertPages, RefuseACursorWhoseTimeIsNone) {
    const auto wanted = [](const std::vector<std::string>& key) {
        http::Response refused;
        const auto page = alerts_wanted(asking("cursor=" + std::string(cursor(key))), refused);
        EXPECT_EQ(refused.status == 400U, !page) << key[0];
        return page.has_value();
    };
    EXPECT_TRUE(wanted({"w", "h1-1"}));
    EXPECT_TRUE(wanted({"1772413200000", "h1-1"}));
    EXPECT_FALSE(wanted({"", "h1-1"}));
    EXPECT_FALSE(wanted({"yesterday", "h1-1"}));
    EXPECT_FALSE(wanted({"12x", "h1-1"}));
    EXPECT_FALSE(wanted({"99999999999999999999", "h1-1"}));
}

TEST(Pages, HaveALimitOfOneToFiveHundred) {
    for (const std::string& bad :
         {std::string("0"), std::string("501"), std::string("x"), std::string("-1")}) {
        http::Response refused;
        EXPECT_FALSE(page(asking("limit=" + bad), refused)) << bad;
        EXPECT_EQ(refused.status, 400U);
    }
}

TEST(AlertPages, GoOnBehindTheAlertThatWasSeenLastWhereverItStandsNow) {
    Alert smoke;
    smoke.id = AlertId{"h1-1"};
    Alert gas;
    gas.id = AlertId{"h2-1"};
    EXPECT_EQ(behind({&smoke, &gas}, smoke.id), 1U);
    EXPECT_EQ(behind({&gas, &smoke}, smoke.id), 2U);
    EXPECT_EQ(behind({&gas}, smoke.id), 0U) << "twice is better than never";
}

}  // namespace
}  // namespace anju::api
