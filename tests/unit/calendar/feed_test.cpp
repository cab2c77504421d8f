#include "calendar/feed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/text/masking.hpp"
#include "reading.hpp"
#include "samples.hpp"

namespace anju::calendar {
namespace {

using namespace std::chrono_literals;
using test::call;
using test::cancelled_visit;
using test::local;
using test::options;
using test::unfold;

const Instant now = local(2026, 3, 2, 12);

std::vector<std::string> lines(const Options& how, const std::vector<Entry>& entries,
                               Instant at = now) {
    return unfold(feed(how, entries, at));
}

bool holds(const std::vector<std::string>& all, std::string_view line) {
    return std::ranges::find(all, line) != all.end();
}

bool mentions(const std::vector<std::string>& all, std::string_view text) {
    return std::ranges::any_of(
        all, [&](const std::string& line) { return line.find(text) != line.npos; });
}

TEST(Feed, IsLineByLineWhatTheGoldenFileSays) {
    std::ifstream file(GOLDEN_FEED);
    ASSERT_TRUE(file) << GOLDEN_FEED;
    std::vector<std::string> wanted;
    for (std::string line; std::getline(file, line);) wanted.push_back(line);
    EXPECT_EQ(lines(options(), {cancelled_visit(), call()}), wanted);
}

TEST(Feed, KeepsTheUidAndRaisesTheSequenceWhenAPlanChanges) {
    Entry moved = call();
    moved.task.start += 24h;
    moved.task.end += 24h;
    ++moved.task.revision;
    moved.changed_at += 1h;
    const auto before = lines(options(), {call()});
    const auto after = lines(options(), {moved});
    for (const auto* all : {&before, &after}) {
        EXPECT_TRUE(holds(*all, "UID:YZ-01:17@box-0001"));
        EXPECT_EQ(std::ranges::count(*all, "BEGIN:VEVENT"), 1);
    }
    EXPECT_TRUE(holds(before, "SEQUENCE:2"));
    EXPECT_TRUE(holds(after, "SEQUENCE:3"));
    EXPECT_TRUE(holds(after, "DTSTART;TZID=Asia/Shanghai:20260304T093000"));
    EXPECT_TRUE(holds(after, "LAST-MODIFIED:20260301T130500Z"));
}

TEST(Feed, SaysForTwoWeeksThatATaskIsCancelledAndThenForgetsIt) {
    const Entry off = cancelled_visit();
    EXPECT_TRUE(holds(lines(options(), {off}, off.changed_at + 336h), "STATUS:CANCELLED"));
    EXPECT_FALSE(mentions(lines(options(), {off}, off.changed_at + 336h + 1ms), "VEVENT"));
}

TEST(Feed, KeepsWhatWasDoneHoweverLongAgo) {
    Entry done = call();
    done.task.state = TaskState::completed;
    const auto all = lines(options(), {done}, now + 8760h);
    EXPECT_TRUE(holds(all, "STATUS:CONFIRMED"));
    EXPECT_TRUE(holds(all, "SUMMARY:【已完成】电话探访 王秀英"));
}

TEST(Feed, RemindsOnlyOfWhatIsStillToBeDone) {
    Entry done = call();
    done.task.state = TaskState::completed;
    EXPECT_TRUE(holds(lines(options(), {call()}), "TRIGGER:-PT10M"));
    EXPECT_FALSE(mentions(lines(options(), {done}), "VALARM"));
    EXPECT_FALSE(mentions(lines(options(), {cancelled_visit()}), "VALARM"));
    Options silent = options();
    silent.remind_before.reset();
    EXPECT_FALSE(mentions(lines(silent, {call()}), "VALARM"));
}

TEST(Feed, TellsMaskedNeitherNameNorAddressNorNumber) {
    Options masked = options();
    masked.names = Names::masked;
    const auto all = lines(masked, {call(), cancelled_visit()});
    EXPECT_TRUE(holds(all, "SUMMARY:电话探访 王**"));
    EXPECT_FALSE(mentions(all, "秀英"));
    EXPECT_FALSE(mentions(all, "大井巷"));
    EXPECT_FALSE(mentions(all, "13800001111"));
}

TEST(Feed, DoesNotDependOnTheOrderOfItsEntriesNorOnWhenItIsAskedFor) {
    EXPECT_EQ(feed(options(), std::vector{call(), cancelled_visit()}, now),
              feed(options(), std::vector{cancelled_visit(), call()}, now + 24h));
}

TEST(Feed, IsACalendarEvenWithoutAnyTask) {
    const auto all = lines(options(), {});
    EXPECT_EQ(all.front(), "BEGIN:VCALENDAR");
    EXPECT_EQ(all.back(), "END:VCALENDAR");
    EXPECT_TRUE(holds(all, "X-WR-CALNAME:安居探访 林芳"));
}

TEST(Feed, LeavesOutAnEndThatIsNotAfterTheStart) {
    Entry moment = call();
    moment.task.end = moment.task.start;
    EXPECT_FALSE(mentions(lines(options(), {moment}), "DTEND"));
}

TEST(Feed, NamesAnotherZoneByItsOffset) {
    Options west = options();
    west.utc_offset = -(3h + 30min);
    const auto all = lines(west, {call()});
    EXPECT_TRUE(holds(all, "TZOFFSETTO:-0330"));
    EXPECT_TRUE(holds(all, "DTSTART;TZID=UTC-0330:20260302T220000"));
}

TEST(MaskedName, LeavesTheFirstCharacter) {
    EXPECT_EQ(text::masked_name("王秀英"), "王**");
    EXPECT_EQ(text::masked_name("王英"), "王*");
    EXPECT_EQ(text::masked_name("欧阳秀英"), "欧**");
    EXPECT_EQ(text::masked_name("Li Hua"), "L**");
    EXPECT_EQ(text::masked_name("王"), "*");
    EXPECT_EQ(text::masked_name(""), "");
}

}  // namespace
}  // namespace anju::calendar
