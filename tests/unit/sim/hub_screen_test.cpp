// The figures of a fleet of homes: what a person sees, what a program reads, what a process costs.
#include "firmware-sim/hub_screen.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <sstream>

#include "firmware-sim/latency_histogram.hpp"
#include "firmware-sim/load_tracker.hpp"
#include "firmware-sim/process_watch.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

HubFigures enormous() {
    const HubLatency latency{99'999'999'999, 123'456.7, 234'567.8, 345'678.9, 9'999'999.9};
    return {.broker = "mqtts://a-broker-with-a-very-long-name.example.org:8883/and/more/of/it",
            .homes = 100'000,
            .sensors = 6'400'000,
            .seconds = 8'640'000,
            .of_seconds = 8'640'000,
            .sent = 99'999'999'999,
            .acked = 99'999'999'998,
            .refused = 12'345'678,
            .repeats = 987'654'321,
            .window_full = 987'654'321,
            .queue_full = 987'654'321,
            .target_per_s = 123'456'789,
            .sent_per_s = 123'456'789,
            .acked_per_s = 123'456'789,
            .unacknowledged = 409'600'000,
            .lag_s = 86'400,
            .bulk = latency,
            .alarm = latency,
            .own = {64.25, 99'999.9},
            .watched = HubCost{64.25, 99'999.9},
            .watched_pid = 4'194'304};
}

TEST(HubScreen, FitsATerminalOf80By24HoweverLargeTheFiguresAre) {
    std::istringstream lines(hub_screen(enormous()));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 79U) << line;
    EXPECT_LE(count, 23);
    EXPECT_GE(count, 15);
}

TEST(HubScreen, ShowsWhatHasToBeSeen) {
    auto figures = enormous();
    figures.bulk = {1'234, 1.5, 2.5, 3.5, 44.4};
    figures.lag_s = 7.5;
    figures.unacknowledged = 321;
    const auto screen = hub_screen(figures);
    EXPECT_NE(screen.find("waiting 321, the oldest for 7.5 s"), std::string::npos) << screen;
    EXPECT_NE(screen.find("measurements        1234       1.5       2.5       3.5        44.4"),
              std::string::npos)
        << screen;
    EXPECT_NE(screen.find("pid 4194304"), std::string::npos) << screen;
}

TEST(HubScreen, IsOneObjectALineForPrograms) {
    const auto text = hub_json(enormous(), true);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const auto out = boost::json::parse(text);
    EXPECT_TRUE(out.at("final").as_bool());
    EXPECT_EQ(out.at("sent").to_number<std::uint64_t>(), 99'999'999'999U);
    EXPECT_EQ(out.at("watched").at("pid").to_number<int>(), 4'194'304);
    auto alone = enormous();
    alone.watched.reset();
    EXPECT_FALSE(boost::json::parse(hub_json(alone, false)).as_object().contains("watched"));
}

TEST(LatencyHistogram, IsNeverBelowTheValueOfTheRankAndAtMostATwentiethAbove) {
    LatencyHistogram histogram;
    EXPECT_EQ(histogram.percentile(990), 0);
    for (int i = 1; i <= 1000; ++i) histogram.add(i * 0.5);
    for (const auto& [rank, exact] : {std::pair{500U, 250.0}, {950U, 475.0}, {990U, 495.0}}) {
        EXPECT_GE(histogram.percentile(rank), exact);
        EXPECT_LE(histogram.percentile(rank), exact * 1.05);
    }
    EXPECT_EQ(histogram.percentile(1000), 500);
    EXPECT_EQ(histogram.largest(), 500);
}

TEST(LatencyHistogram, TakesWhatIsOutsideForTheNearest) {
    LatencyHistogram histogram;
    histogram.add(0);
    histogram.add(1e12);
    EXPECT_EQ(histogram.count(), 2U);
    EXPECT_LE(histogram.percentile(500), 0.01);
    EXPECT_EQ(histogram.largest(), 1e12);
}

TEST(ProcessSample, SeesThisProcessAndNoneThatIsNotThere) {
    const auto before = sample_process(::getpid());
    ASSERT_TRUE(before);
    EXPECT_GT(before->mib, 1);
    std::uint64_t sum = 1;
    auto after = before;
    while (after && after->cpu_seconds <= before->cpu_seconds) {
        for (std::uint64_t i = 1; i < 1'000'000; ++i) sum = sum * 31 + i;
        after = sample_process(::getpid());
    }
    EXPECT_TRUE(after) << sum;
    EXPECT_FALSE(sample_process(0));
}

TEST(LoadTracker, KnowsSinceWhenTheOldestMessageWaits) {
    LoadTracker tracker({.devices = 3, .per_home = 3, .boot_id = 7, .window = 4});
    const SteadyTime begin{1h};
    EXPECT_FALSE(tracker.oldest_unacknowledged());
    ASSERT_TRUE(tracker.make(1, Topic::data, 0, begin));
    ASSERT_TRUE(tracker.make(2, Topic::data, 0, begin + 1s));
    ASSERT_TRUE(tracker.make(1, Topic::data, 0, begin + 2s));
    EXPECT_EQ(tracker.oldest_unacknowledged(), begin);
    (void)tracker.settle(1, 1, false);
    EXPECT_EQ(tracker.oldest_unacknowledged(), begin + 1s);
    (void)tracker.settle(2, 1, true);
    EXPECT_EQ(tracker.oldest_unacknowledged(), begin + 2s);
}

}  // namespace
}  // namespace anju::sim
