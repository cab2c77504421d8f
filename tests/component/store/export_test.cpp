// A box's own trace as recordings: what its sensors said, in the order in which it happened.
#include "app/replay/export.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/replay/trace_row.hpp"
#include "core/codec/codec.hpp"
#include "recorded/recording.hpp"
#include "recorded/unique_names.hpp"
#include "store/store_reader.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Export : public testing::Test {
protected:
    void registered(bool entrance) {
        Household home;
        home.id = HouseholdId{"h1"};
        Device& door = home.devices.emplace_back();
        door.id = DeviceId{"d"};
        door.kind = SensorKind::door;
        door.entrance = entrance;
        put(HouseholdSet{home}, noon);
    }
    void says(const std::string& device, ReadingKind kind, std::int64_t value, Instant at) {
        Observation said;
        said.device = DeviceId{device};
        Reading& reading = said.readings.emplace_back();
        reading.kind = kind;
        reading.value = value;
        reading.event_time = at;
        put(said, at);
    }
    void put(const Input& input, Instant at) {
        Transaction one;
        one.now = std::max(at, last_);
        last_ = one.now;
        one.inputs.push_back({++seq_, one.now, HouseholdId{"h1"}, encode(input)});
        journal_->commit(one).value();
    }
    result<replay::Exported> to(const fs::path& folder) {
        const auto reader = store::StoreReader::open(dir_.path() / "lib").value();
        replay::ExportOptions options;
        options.folder = folder;
        options.utc_offset = 0h;
        return replay::export_traces(*reader, options);
    }
    static unsigned mode_of(const fs::path& path) {
        struct stat status{};
        return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
    }

    TempDir dir_;
    std::unique_ptr<store::SqliteJournal> journal_ = open_journal(options_in(dir_.path() / "lib"));
    std::uint64_t seq_ = 0;
    Instant last_{};
};

TEST_F(Export, ADeviceThatBecomesAnotherKindIsTwoSensorsAndCanBeReadAgain) {
    registered(false);
    says("d", ReadingKind::contact_open, 1, noon + 1min);
    registered(true);
    says("d", ReadingKind::contact_open, 0, noon + 2min);
    registered(false);
    says("d", ReadingKind::contact_open, 1, noon + 3min);
    ASSERT_TRUE(to(dir_.path() / "out"));
    const auto read = recorded::read_recording((dir_.path() / "out/h1.csv").string());
    ASSERT_TRUE(read) << read.error().text();
    ASSERT_EQ(read->sensors.size(), 2U);
    EXPECT_EQ(read->sensors[0].id, "d");
    EXPECT_EQ(read->sensors[0].source, recorded::Source::contact);
    EXPECT_EQ(read->sensors[1].id, "d-door");
    EXPECT_EQ(read->rows.size(), 3U);
    EXPECT_EQ(read->rows[2].sensor, 0U) << "an entrance no more";
}

TEST_F(Export, DevicesWhoseNamesBecomeAlikeStayTwo) {
    says("a/b", ReadingKind::motion, 1, noon);
    says("a-b", ReadingKind::motion, 1, noon + 1min);
    says(std::string(70, 'x'), ReadingKind::motion, 1, noon + 2min);
    ASSERT_TRUE(to(dir_.path() / "out"));
    const auto read = recorded::read_recording((dir_.path() / "out/h1.csv").string());
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->sensors.size(), 3U);
}

TEST_F(Export, LeavesSomebodysFolderAsItIsAndClosesItsFiles) {
    says("m", ReadingKind::motion, 1, noon);
    const fs::path theirs = dir_.path() / "theirs";
    fs::create_directories(theirs);
    ::chmod(theirs.c_str(), 0755);
    ASSERT_TRUE(to(theirs));
    EXPECT_EQ(mode_of(theirs), 0755U);
    EXPECT_EQ(mode_of(theirs / "h1.csv"), 0600U);
    ASSERT_TRUE(to(dir_.path() / "made/here"));
    EXPECT_EQ(mode_of(dir_.path() / "made/here"), 0700U);
}

/// Litres of one meter, with the minute of each.
std::vector<std::pair<int, int>> drawn(const std::vector<std::pair<int, int>>& registers) {
    std::vector<replay::TraceRow> rows;
    for (const auto& [minute, litres] : registers) {
        rows.push_back({noon + minute * 1min, 0, "water", litres * 1000, true});
    }
    std::ranges::stable_sort(rows, {}, &replay::TraceRow::at);
    (void)replay::draw_water(rows);
    std::vector<std::pair<int, int>> out;
    for (const auto& row : rows) {
        out.emplace_back((row.at - noon) / 1min, static_cast<int>(row.milli / 1000));
    }
    return out;
}

using Litres = std::vector<std::pair<int, int>>;

TEST(DrawnWater, IsCountedOnceWhereARegisterCameLateOrTwice) {
    EXPECT_EQ(drawn({{0, 100}, {60, 300}, {30, 200}, {90, 400}}),
              (Litres{{30, 100}, {60, 100}, {90, 100}}));
    EXPECT_EQ(drawn({{0, 100}, {30, 150}, {30, 150}}), (Litres{{30, 50}}));
}

TEST(DrawnWater, OfAnotherMeterBeginsAnew) {
    EXPECT_EQ(drawn({{0, 900'000}, {60, 10}, {120, 30}, {180, 35}}), (Litres{{180, 5}}));
}

TEST(DrawnWater, IsNoneWhereALaterRegisterRefutesIt) {
    EXPECT_EQ(drawn({{0, 100}, {60, 8'000'000}, {120, 110}}), (Litres{{120, 10}}));
}

TEST(DrawnWater, OfABurstIsThereOnceTheNextRegisterBearsItOut) {
    EXPECT_EQ(drawn({{0, 100}, {60, 4'100}, {120, 4'200}}), (Litres{{60, 4'000}, {120, 100}}));
}

TEST(DrawnWater, IsToldByTheRegisterAloneWhereAmountsStandBesideIt) {
    std::vector<replay::TraceRow> rows{{noon, 0, "water", 100'000, true},
                                       {noon + 1h, 0, "water", 5'000, false},
                                       {noon + 1h, 0, "water", 105'000, true},
                                       {noon + 1h, 1, "water", 7'000, false}};
    EXPECT_EQ(replay::draw_water(rows), 2U);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].milli, 5'000);
    EXPECT_EQ(rows[1].milli, 7'000) << "a meter that tells amounts only";
}

TEST(UniqueNames, AreCutNumberedAndEachGivenOnce) {
    recorded::UniqueNames names(8);
    EXPECT_EQ(names.give("kitchen-1"), "kitchen-");
    EXPECT_EQ(names.give("kitchen-2"), "kitche-2");
    EXPECT_EQ(names.give("kitche-3"), "kitche-3");
    EXPECT_EQ(names.give("kitchen-4"), "kitche-4") << "the third is taken";
    EXPECT_EQ(names.give("hall"), "hall");
    EXPECT_EQ(names.give("hall"), "hall-2");
}

}  // namespace
}  // namespace anju::test
