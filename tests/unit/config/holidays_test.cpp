// The file of holidays: what it says and what it must not say.
#include "config/holidays.hpp"

#include "tests/unit/config/files.hpp"

namespace anju::config {
namespace {

using Strings = std::vector<std::string>;

Strings mistakes(std::string_view holidays) {
    const std::string toml =
        "[[year]]\nyear = 2026\nsource = 'notice'\nholiday = [" + std::string(holidays) + "]\n";
    const auto said = parse_holidays(toml, "f");
    Strings out;
    if (said) return out;
    for (const Error& error : said.error()) out.push_back(error.text());
    return out;
}

TEST(Holidays, OfTheShippedFileAreThoseOfTheNotices) {
    const auto said = load_holidays(ANJU_SOURCE_DIR "/deploy/config/holidays-cn.toml");
    ASSERT_TRUE(said) << said.error().front().text();
    const WorkCalendar& calendar = said->calendar;
    ASSERT_EQ(said->years.size(), 2U);
    // 28 days off in 2025 (1 + 8 + 3 + 5 + 3 + 8), 33 in 2026 (3 + 9 + 3 + 5 + 3 + 3 + 7).
    EXPECT_EQ(said->years[0].days_off, 28U);
    EXPECT_EQ(said->years[0].worked, 5U);
    EXPECT_EQ(said->years[1].days_off, 33U);
    EXPECT_EQ(said->years[1].worked, 6U);
    EXPECT_FALSE(said->years[1].source.empty());
    EXPECT_FALSE(calendar.is_working(make_date(2026, 2, 16))) << "Spring Festival, a Monday";
    EXPECT_TRUE(calendar.is_working(make_date(2026, 2, 14))) << "a Saturday that is worked";
    EXPECT_TRUE(calendar.is_working(make_date(2026, 2, 24)));
    EXPECT_FALSE(calendar.is_working(make_date(2026, 9, 25)));
    EXPECT_TRUE(calendar.is_working(make_date(2026, 9, 20)));
    EXPECT_FALSE(calendar.is_working(make_date(2025, 10, 8)));
    EXPECT_TRUE(calendar.covers(make_date(2025, 12, 31)));
    EXPECT_FALSE(calendar.covers(make_date(2027, 1, 1)));
}

TEST(Holidays, RefuseWhatTheNoticeCannotHaveSaid) {
    EXPECT_EQ(mistakes("{days = '2026-10-01..2026-10-07', worked = ['2026-10-10']}"), Strings{});
    EXPECT_EQ(mistakes("{days = '2025-12-31..2026-01-01'}"), Strings{}) << "begins the day before";
    for (const char* const wrong :
         {"{days = '2026-10-07..2026-10-01'}",                          // reversed
          "{days = '2026-10-01..2026-11-01'}",                          // too long
          "{days = '2026-10-01', worked = ['2026-10-12']}",             // a Monday
          "{days = '2026-10-01', worked = ['October']}",                // no day
          "{days = '2026-10-01'}, {days = '2026-09-30..2026-10-01'}",   // twice
          "{days = '2026-10-03', worked = ['2026-10-03']}",             // off and worked
          "{days = '2026-10-01'}, {days = '2027-01-01'}",               // another year
          "{name = 'x', dayz = '2026-01-02', days = '2026-01-01'}"}) {  // unknown key
        EXPECT_EQ(mistakes(wrong).size(), 1U) << wrong;
    }
    EXPECT_EQ(mistakes("").size(), 1U) << "a year without holidays";
    const auto twice = parse_holidays(
        "[[year]]\nyear = 2026\nsource = 'a'\nholiday = [{days = '2026-01-01'}]\n"
        "[[year]]\nyear = 2026\nsource = 'b'\nholiday = [{days = '2026-01-02'}]\n",
        "f");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().size(), 1U) << twice.error().front().text();
}

TEST(Holidays, AreMissedSixtyDaysAhead) {
    WorkCalendar calendar;
    calendar.years = {2026};
    EXPECT_TRUE(missing_years(calendar, make_date(2026, 11, 1), 60).empty());
    EXPECT_EQ(missing_years(calendar, make_date(2026, 11, 3), 60), std::vector{2027});
    EXPECT_EQ(missing_years(calendar, make_date(2025, 12, 31), 60), std::vector{2025});
}

TEST(Holidays, ThatCannotBeReadAreAnErrorWithARemedy) {
    const auto said = load_holidays("/nowhere/holidays.toml");
    ASSERT_FALSE(said);
    EXPECT_FALSE(said.error().front().remedy.empty());
}

}  // namespace
}  // namespace anju::config
