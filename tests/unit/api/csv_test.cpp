#include "api/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "control/render_care.hpp"

namespace anju::api {

TEST(Csv, QuotesWhatWouldBreakALine) {
    EXPECT_EQ(csv_field("plain"), "plain");
    EXPECT_EQ(csv_field("渝中区"), "渝中区");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(Csv, MakesNoFormulaOfAName) {
    EXPECT_EQ(csv_field("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
    EXPECT_EQ(csv_field("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csv_field("+1+1"), "'+1+1");
    EXPECT_EQ(csv_field("\tx"), "'\tx");
    EXPECT_EQ(csv_field("-12.5"), "-12.5") << "a number is one";
}

TEST(Csv, HasALineForEachRowAndTheMarkOfUtf8) {
    care::Tally tally;
    tally.resident_weeks = 3;
    tally.visits.add(2, 3);
    tally.missed = 4;
    tally.false_alerts.add(1, 8);
    tally.uptime_s.add(999, 1000);
    const boost::json::array rows{{{"level", "community"},
                                   {"code", "500106-001"},
                                   {"name", "沙坪坝, 一"},
                                   {"street", nullptr},
                                   {"provisional", true},
                                   {"tally", control::CareRender::tally(tally)}}};
    const std::string text = report_csv(rows);
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF级别 level,编码 code,"));
    EXPECT_NE(text.find("\r\ncommunity,500106-001,\"沙坪坝, 一\",,,true,3,0,2,3,0,0,"), text.npos)
        << text;
    EXPECT_NE(text.find(",4,0,125,999\r\n"), text.npos)
        << "missed, overdue, false, uptime: " << text;
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

}  // namespace anju::api
