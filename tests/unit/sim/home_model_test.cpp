// A simulated home is the same for the same seed, and lives like a home.
#include "firmware-sim/homes/home_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

struct Fact {
    std::string device;
    Reading reading;
    friend bool operator==(const Fact&, const Fact&) = default;
};

struct Told {
    std::vector<Fact> facts;
    std::vector<StoryLine> story;
    Instant start;
};

/// Home `home` of a scenario from its start for `span`, advanced in steps of `step`.
Told tell(const std::string& scenario_name, std::size_t home, Duration span, Duration step,
          std::uint64_t seed = 1) {
    const auto scenario = load_scenario(scenario_name).value();
    HomeModel model(scenario.homes[home], scenario.start, scenario.start + span, seed);
    auto output = model.hello();
    for (auto at = scenario.start; at <= scenario.start + span; at += step) {
        model.advance(at, output);
    }
    Told told{{}, output.story, scenario.start};
    for (const auto& emission : output.emissions) {
        EXPECT_LE(emission.readings.size(), 64U);
        for (const auto& reading : emission.readings) {
            told.facts.push_back(
                {scenario.homes[home].devices[emission.device].device.id.value, reading});
        }
    }
    return told;
}

std::vector<Reading> of(const Told& told, const std::string& device, ReadingKind kind) {
    std::vector<Reading> out;
    for (const auto& fact : told.facts) {
        if (fact.device == device && fact.reading.kind == kind) out.push_back(fact.reading);
    }
    return out;
}

std::int64_t litres_between(const std::vector<Reading>& register_, Instant from, Instant until) {
    std::int64_t first = -1;
    std::int64_t last = -1;
    for (const auto& reading : register_) {
        if (reading.event_time < from || reading.event_time > until) continue;
        if (first < 0) first = reading.value;
        last = reading.value;
    }
    return (last - first) / 1000;
}

TEST(HomeModel, TellsTheSameDayForTheSameSeedWhateverTheSteps) {
    const auto coarse = tell("demo-day", 0, 24h, 6h);
    const auto fine = tell("demo-day", 0, 24h, 1min);
    EXPECT_FALSE(coarse.facts.empty());
    EXPECT_EQ(coarse.facts, fine.facts);
}

TEST(HomeModel, TellsAnotherDayForAnotherSeed) {
    EXPECT_NE(tell("demo-day", 0, 24h, 6h, 1).facts, tell("demo-day", 0, 24h, 6h, 2).facts);
}

TEST(HomeModel, NeverTurnsAMeterBack) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto meter =
            of(tell("quiet-day", 0, 24h * 7, 24h, seed), "h1-meter", ReadingKind::water_total_ml);
        ASSERT_GT(meter.size(), 24U * 7 - 2);
        EXPECT_TRUE(
            std::is_sorted(meter.begin(), meter.end(),
                           [](const Reading& a, const Reading& b) { return a.value < b.value; }));
    }
}

TEST(HomeModel, DrawsEnoughWaterOnAnOrdinaryDayThatNoTwelveHoursLookSilent) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto told = tell("quiet-day", 0, 24h * 7, 24h, seed);
        const auto meter = of(told, "h1-meter", ReadingKind::water_total_ml);
        for (auto from = told.start; from + 12h <= told.start + 24h * 7; from += 1h) {
            EXPECT_GE(litres_between(meter, from, from + 12h), 10)
                << "seed " << seed << " from " << format_local(from);
        }
    }
}

TEST(HomeModel, KeepsTheMeterReportingWhileThePersonIsSilent) {
    const auto told = tell("demo-day", 1, 16h, 1h);
    const auto meter = of(told, "h2-meter", ReadingKind::water_total_ml);
    const auto fell = told.start + 2h + 10min;
    std::vector<Reading> after;
    for (const auto& reading : meter) {
        if (reading.event_time > fell) after.push_back(reading);
    }
    ASSERT_GE(after.size(), 13U);
    EXPECT_EQ(after.front().value, after.back().value) << "water ran without anybody";
    for (const auto& reading : of(told, "h2-motion", ReadingKind::motion)) {
        EXPECT_TRUE(reading.value == 0 || reading.event_time <= fell);
    }
}

TEST(HomeModel, StopsADeadMeterButNotThePerson) {
    const auto told = tell("demo-day", 2, 16h, 1h);
    const auto stopped = told.start + 3h + 5min;
    for (const auto& reading : of(told, "h3-meter", ReadingKind::water_total_ml)) {
        EXPECT_LT(reading.event_time, stopped);
    }
    const auto door = of(told, "h3-door", ReadingKind::contact_open);
    EXPECT_TRUE(std::any_of(door.begin(), door.end(), [&](const Reading& reading) {
        return reading.value == 1 && reading.event_time > stopped;
    })) << "the person was to go out in the afternoon";
}

TEST(HomeModel, SoundsAndClearsTheSmokeAlarmWhenTheScenarioSaysSo) {
    const auto smoke = of(tell("demo-day", 0, 16h, 1h), "h1-smoke", ReadingKind::smoke);
    ASSERT_EQ(smoke.size(), 2U);
    EXPECT_EQ(smoke[0].value, 1);
    EXPECT_EQ(smoke[0].event_time, *parse_instant("2026-03-02T11:42"));
    EXPECT_EQ(smoke[1].value, 0);
    EXPECT_EQ(smoke[1].event_time, *parse_instant("2026-03-02T11:48"));
}

TEST(HomeModel, LetsABatteryFallUntilTheDeviceIsSilent) {
    const auto told = tell("demo-day", 0, 48h, 1h);
    const auto battery = of(told, "h1-door", ReadingKind::battery_pct);
    const auto dead = *parse_instant("2026-03-02T14:00");
    EXPECT_TRUE(std::is_sorted(battery.rbegin(), battery.rend(),
                               [](const auto& a, const auto& b) { return a.value < b.value; }));
    EXPECT_EQ(of(told, "h1-door", ReadingKind::battery_low).size(), 1U);
    for (const auto& fact : told.facts) {
        if (fact.device != "h1-door" || fact.reading.kind == ReadingKind::online) continue;
        EXPECT_LT(fact.reading.event_time, dead);
    }
    const auto online = of(told, "h1-door", ReadingKind::online);
    ASSERT_EQ(online.size(), 1U) << "the bridge was to call it unreachable";
    EXPECT_EQ(online[0].value, 0);
}

TEST(HomeModel, ClosesEveryDoorThatAnOutingOpens) {
    const auto door = of(tell("quiet-day", 0, 24h * 7, 24h), "h1-door", ReadingKind::contact_open);
    int opened = 0;
    bool open = false;
    for (const auto& reading : door) {
        if (reading.value == 1) {
            EXPECT_FALSE(open);
            ++opened;
        }
        open = reading.value == 1;
    }
    EXPECT_FALSE(open);
    EXPECT_EQ(opened, 14) << "out and home again on seven days";
}

TEST(HomeModel, LetsNeighboursOfDifferentKindsLiveDifferently) {
    const auto scenario = load_scenario("neighbours").value();
    std::vector<std::size_t> passages;
    for (std::size_t home = 0; home < scenario.homes.size(); ++home) {
        const auto& id = scenario.homes[home].id.value;
        const auto told = tell("neighbours", home, 24h * 14, 24h);
        passages.push_back(of(told, id + "-door", ReadingKind::contact_open).size() / 2);
        EXPECT_FALSE(of(told, id + "-living", ReadingKind::motion).empty());
        const auto meter = of(told, id + "-meter", ReadingKind::water_total_ml);
        const auto litres = litres_between(meter, told.start, told.start + 24h * 14) / 14;
        EXPECT_GT(litres, 15) << id;
        EXPECT_LT(litres, 400) << id;
    }
    const auto outgoing = passages[3];
    const auto frail = passages[4];
    EXPECT_GT(outgoing, frail + 14) << "at least one more a day";
}

TEST(HomeModel, TellsABedOnlyWhatChanges) {
    const auto told = tell("neighbours", 4, 24h * 14, 24h);
    const auto bed = of(told, "h5-bed", ReadingKind::bed_occupied);
    ASSERT_GT(bed.size(), 28U);
    for (std::size_t i = 1; i < bed.size(); ++i) EXPECT_NE(bed[i].value, bed[i - 1].value) << i;
}

TEST(HomeModel, StopsALifeWhenTheScenarioSilencesIt) {
    const auto told = tell("neighbours", 2, 24h * 20, 24h);
    const auto silent = told.start + 24h * 17 + 15h;
    bool before = false;
    for (const auto& reading : of(told, "h3-living", ReadingKind::motion)) {
        before = before || reading.event_time > silent - 24h;
        EXPECT_TRUE(reading.value == 0 || reading.event_time <= silent);
    }
    EXPECT_TRUE(before) << "was to be about until then";
}

TEST(HomeModel, ShowsOfABatteryWhatItsVoltageSaysUntilItIsSuddenlySilent) {
    const auto parsed = parse_scenario(R"(name = "x"
title_zh = "测试"
title_en = "test"
start = "2026-03-02T06:00"
lasts = "20h"
[[home]]
id = "a"
community = "c"
resident = "r"
person_zh = "甲"
person_en = "A"
device = [
  { name = "coin", kind = "door", label = "d", sample_every = "10m", battery = 100, cell = "lithium-manganese" },
  { name = "cold", kind = "door", label = "d", sample_every = "10m", battery = 100, cell = "lithium-manganese", celsius = -20 },
  { name = "fair", kind = "door", label = "d", sample_every = "10m", battery = 100 },
]
incident = [
  { what = "dead_battery", at = "07:00", lasts = "10h", device = "coin" },
  { what = "dead_battery", at = "07:00", lasts = "10h", device = "fair" },
]
)",
                                       "x.toml");
    ASSERT_TRUE(parsed) << parsed.error().text();
    HomeModel model(parsed->homes[0], parsed->start, parsed->start + parsed->lasts, 1);
    Output out;
    model.advance(parsed->start + parsed->lasts, out);
    std::map<std::size_t, std::vector<std::int64_t>> shown;
    std::map<std::size_t, int> low;
    for (const auto& emission : out.emissions) {
        for (const auto& reading : emission.readings) {
            if (reading.kind == ReadingKind::battery_pct) {
                shown[emission.device].push_back(reading.value);
            }
            if (reading.kind == ReadingKind::battery_low) low[emission.device] += 1;
        }
    }
    ASSERT_GT(shown[0].size(), 50U);
    EXPECT_EQ(shown[0].front(), 100);
    EXPECT_GT(shown[0][shown[0].size() / 2], 80) << "half empty, and flat";
    EXPECT_GT(shown[0].back(), 30) << "it never said that it was low";
    EXPECT_EQ(low[0], 0);
    EXPECT_EQ(shown[1].front(), 86) << "at -20 degrees";
    EXPECT_LE(shown[2].back(), 10);
    EXPECT_EQ(low[2], 1);
}

}  // namespace
}  // namespace anju::sim
