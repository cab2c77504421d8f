// The feed as somebody else's program reads it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "samples.hpp"
#include "tests/support/broker.hpp"
#include "tests/support/child.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr auto python = "/usr/bin/python3";  // the one that Debian's python3-icalendar is for

TEST(IndependentReader, UnderstandsEveryEvent) {
    const TempDir folder;
    const std::filesystem::path file = folder.path() / "feed.ics";
    const std::filesystem::path said = folder.path() / "said";
    if (!std::filesystem::exists(python)) GTEST_SKIP() << "python3 is not installed";
    if (Child({python, "-c", "import icalendar"}, folder.path() / "probe").wait(30s) != 0) {
        GTEST_SKIP() << "python3-icalendar is not installed";
    }
    std::ofstream(file, std::ios::binary)
        << calendar::feed(options(), std::vector{call(), cancelled_visit()}, local(2026, 3, 2, 12));
    const auto status = Child({python, CALENDAR_READER, file.string()}, said).wait(30s);
    std::ostringstream out;
    out << std::ifstream(said).rdbuf();
    ASSERT_EQ(status, 0) << out.str();
    EXPECT_EQ(out.str(),
              "zones Asia/Shanghai\n"
              "YZ-01:17@box-0001|2|2026-03-03T09:30:00+08:00|360|CONFIRMED|电话探访 王秀英|"
              "渝中区大井巷 7 号, 3-2|1\n"
              "YZ-01:18@box-0001|3|2026-03-04T15:00:00+08:00|1200|CANCELLED|"
              "【已取消】上门探访 王秀英|渝中区大井巷 7 号, 3-2|0\n");
}

}  // namespace
}  // namespace anju::test
