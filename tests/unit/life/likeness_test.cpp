// Simulated homes resemble recorded ones within a fifth: in litres a day, in the gaps between uses,
// in uses a day and at night, and where there is a door, in how often it is passed.
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "firmware-sim/life/observe.hpp"
#include "firmware-sim/life/recorded.hpp"
#include "firmware-sim/life/residents.hpp"
#include "recorded/recording.hpp"

namespace anju::sim::life {
namespace {

constexpr double a_fifth = 0.2;
constexpr int seeds = 6;

void expect_near(double simulated, double recorded, const char* what, double share = a_fifth) {
    EXPECT_NEAR(simulated, recorded, share * recorded) << what;
}

TEST(Likeness, OfEveryTwinToItsRecordedHomeIsWithinAFifth) {
    ASSERT_EQ(twins().size(), recorded_homes().size());
    for (const Recorded& home : recorded_homes()) {
        SCOPED_TRACE(home.name);
        const Resident* twin = find_resident(home.name);
        ASSERT_NE(twin, nullptr);
        double litres = 0;
        double gap = 0;
        double uses = 0;
        double nights = 0;
        double passages = 0;
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const auto lived = home.meter ? observe_by_meter(twin->habits, seed, 400, home.lost_pm)
                                          : observe_by_signs(twin->habits, seed, 400);
            litres += lived.statistics.litres_a_day / seeds;
            gap += lived.statistics.p90_gap_h / seeds;
            uses += lived.statistics.uses_a_day / seeds;
            nights += lived.statistics.night_uses / seeds;
            passages += lived.passages / seeds;
        }
        if (home.meter) expect_near(litres, home.litres_a_day, "litres a day");
        expect_near(gap, home.p90_gap_h, "p90 gap");
        expect_near(uses, home.uses_a_day, "uses a day");
        expect_near(nights, home.night_uses, "uses a night");
        if (home.passages_a_day > 0) expect_near(passages, home.passages_a_day, "door passages");
    }
}

TEST(Likeness, OfThePopulationOfKindsIsWithinAFifthInItsQuartiles) {
    struct Four {
        std::vector<double> litres, gap, uses, nights;
    };
    Four have;
    Four want;
    for (const Resident& kind : kinds()) {
        for (std::uint64_t person = 1; person <= 30; ++person) {
            const auto seed = derive_seed(person, kind.name);
            const auto lived = observe_by_meter(person_of(kind.habits, seed), seed, 200).statistics;
            have.litres.push_back(lived.litres_a_day);
            have.gap.push_back(lived.p90_gap_h);
            have.uses.push_back(lived.uses_a_day);
            have.nights.push_back(lived.night_uses);
        }
    }
    for (const Recorded& home : recorded_homes()) {
        if (!home.meter) continue;
        want.litres.push_back(home.litres_a_day);
        want.gap.push_back(home.p90_gap_h);
        want.uses.push_back(home.uses_a_day);
        want.nights.push_back(home.night_uses);
    }
    for (const double share : {0.25, 0.5, 0.75}) {
        SCOPED_TRACE(share);
        expect_near(quantile(have.litres, share), quantile(want.litres, share), "litres a day");
        expect_near(quantile(have.gap, share), quantile(want.gap, share), "p90 gap");
        expect_near(quantile(have.uses, share), quantile(want.uses, share), "uses a day");
        expect_near(quantile(have.nights, share), quantile(want.nights, share), "uses a night");
    }
}

TEST(Likeness, TheNumbersKeptAreThoseOfTheRecordings) {
    const std::filesystem::path folder = RECORDED_HOMES;
    if (!std::filesystem::is_directory(folder)) {
        GTEST_SKIP() << "there are no recordings in " << folder;
    }
    for (const Recorded& home : recorded_homes()) {
        if (!home.meter) continue;
        SCOPED_TRACE(home.name);
        const auto read =
            recorded::read_recording((folder / (std::string(home.name) + ".csv.gz")).string());
        ASSERT_TRUE(read) << read.error().text();
        std::vector<MeterRow> rows;
        for (const auto& row : read->rows) {
            if (row.source == recorded::Source::water) rows.push_back({row.at, row.milli});
        }
        const auto measured = measure_meter(rows);
        expect_near(home.litres_a_day, measured.litres_a_day, "litres a day", 0.01);
        expect_near(home.p90_gap_h, measured.p90_gap_h, "p90 gap", 0.01);
        expect_near(home.uses_a_day, measured.uses_a_day, "uses a day", 0.01);
        expect_near(home.night_uses, measured.night_uses, "uses a night", 0.01);
    }
}

}  // namespace
}  // namespace anju::sim::life
