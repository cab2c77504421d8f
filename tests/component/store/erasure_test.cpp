// A resident withdraws consent, and the bytes are really gone: from the database, its log, and a
// copy of both at any moment that a crash might choose.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "app/replay/replay.hpp"
#include "app/replay/report.hpp"
#include "core/codec/archive.hpp"
#include "core/codec/codec.hpp"
#include "core/model/community.hpp"
#include "store/database.hpp"
#include "store/files.hpp"
#include "store/meta.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/unit/runtime/gateway_fixture.hpp"

namespace anju::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uint64_t water_mark = 0x5157'4552'5459'4d31;  // boot numbers that no other has
constexpr std::uint64_t door_mark = 0x5157'4552'5459'4d32;
constexpr std::uint64_t other_mark = 0x5157'4552'5459'4d33;
constexpr const char* garbage = "no protobuf at all: MARKER-OF-H1";

/// The number as a varint, as little-endian and as big-endian bytes.
std::vector<std::string> spellings(std::uint64_t mark) {
    std::string varint;
    for (std::uint64_t rest = mark; rest != 0; rest >>= 7U) {
        varint += static_cast<char>((rest & 0x7fU) | (rest > 0x7fU ? 0x80U : 0U));
    }
    std::string little;
    for (unsigned i = 0; i < 8; ++i) little += static_cast<char>(mark >> (8 * i));
    return {varint, little, {little.rbegin(), little.rend()}};
}

/// How often any of these stands in any file of the folder, whatever the file is.
std::size_t occurrences(const fs::path& folder, const std::vector<std::string>& patterns) {
    std::size_t out = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (const std::string& pattern : patterns) {
            for (std::size_t at = bytes.find(pattern); at != bytes.npos;
                 at = bytes.find(pattern, at + 1)) {
                ++out;
            }
        }
    }
    return out;
}

/// A gateway over a real store.
struct Box {
    Box(const fs::path& folder, HandClock& clock)
        : journal(open_journal(options_in(folder), clock.now.wall)),
          gateway({}, clock, *journal, catalog, sensors, nullptr) {
        const auto started = gateway.start();
        EXPECT_TRUE(started) << started.error().text();
        EXPECT_TRUE(gateway.listening(true));
    }

    void take(const Inbound& message) {
        EXPECT_TRUE(gateway.process(std::span<const Inbound>{&message, 1}));
    }
    std::size_t keep_house() {
        std::size_t steps = 1;
        while (journal->maintain(gateway.now()).value() && steps < 1'000) ++steps;
        return steps;
    }

    std::unique_ptr<store::SqliteJournal> journal;
    drivers::Catalog catalog;
    MemoryJournal unused;
    RecordingSensors sensors{unused};
    Gateway gateway;
};

class Erasing : public ::testing::Test {
protected:
    Inbound says(const std::string& device, std::uint64_t boot, std::int64_t total_ml) {
        v1::SensorUplink message;
        message.set_device_id(device);
        message.set_boot_id(boot);
        message.set_seq(++sequence_);
        auto& reading = *message.add_readings();
        reading.set_event_time_ms(to_unix_ms(clock_.now.wall));
        if (total_ml > 0) {
            reading.set_water_total_ml(total_ml);
        } else {
            reading.set_contact_open(total_ml == 0);
        }
        return {Source::home, "anju/v1/up/" + device + "/data", message.SerializeAsString(), false,
                false};
    }

    /// Two homes, whose sensors speak in turn; snapshots and housekeeping as in the daemon.
    void live(Box& box, int rounds) {
        ASSERT_TRUE(box.gateway.set_households({home("h1"), home("h2")}, true));
        for (int i = 0; i < rounds; ++i) {
            clock_.pass(1min);
            box.take(says("h1-water", water_mark, 1'000 + i));
            box.take(says("h1-door", door_mark, i % 2 == 0 ? 0 : -1));
            box.take(says("h2-water", other_mark, 1'000 + i));
            if (i % 50 == 0) {
                ASSERT_TRUE(box.gateway.tick());
                box.keep_house();
            }
        }
        box.take({Source::home, "anju/v1/up/h1-water/data", garbage, false, false});
    }

    AnsweredCommand withdraw(Box& box, ConsentState state = ConsentState::withdrawn) {
        const Consent consent{
            ResidentId{"h1-r"}, SensorKind::water_meter, state, "林奶奶", "form 3", {}, "cli:lin"};
        return box.gateway.consent({"c" + std::to_string(++sequence_), HouseholdId{"h1"}, consent})
            .value();
    }

    void expect_gone(const fs::path& folder) {
        EXPECT_EQ(occurrences(folder, spellings(water_mark)), 0U);
        EXPECT_EQ(occurrences(folder, {garbage}), 0U);
        EXPECT_GT(occurrences(folder, spellings(other_mark)), 0U) << "of the other home";
    }

    TempDir folder_;
    HandClock clock_;
    std::uint64_t sequence_ = 0;
};

TEST_F(Erasing, LeavesNothingOfAWithdrawnSensorInTheFiles) {
    constexpr int rounds = 1'500;
    Box box(folder_.path(), clock_);
    live(box, rounds);
    ASSERT_GT(occurrences(folder_.path(), spellings(water_mark)), 100U);
    ASSERT_GT(occurrences(folder_.path(), {garbage}), 0U);

    const fs::path backup = store::Files(folder_.path()).backups() / "anju-1.backup";
    fs::create_directories(backup.parent_path());
    fs::copy_file(store::Files(folder_.path()).database(), backup);

    EXPECT_EQ(withdraw(box).status, CommandStatus::applied);
    box.keep_house();
    expect_gone(folder_.path());
    EXPECT_FALSE(fs::exists(backup)) << "a copy of what is withdrawn";

    const auto erasures = box.journal->reader().erasures(HouseholdId{"h1"}).value();
    ASSERT_EQ(erasures.size(), 1U);
    EXPECT_EQ(erasures[0].erased_at, box.gateway.now());
    EXPECT_EQ(erasures[0].readings, static_cast<std::uint64_t>(rounds));
    EXPECT_GT(erasures[0].snapshots, 0U);
    EXPECT_EQ(erasures[0].messages, 1U);
    const auto log = box.journal->reader().consents(HouseholdId{"h1"}).value();
    const auto all = box.journal->consents().value();
    ASSERT_EQ(all.size(), log.size());
    EXPECT_EQ(all.back().household, HouseholdId{"h1"});
    EXPECT_EQ(all.back().consent, log.back());
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log[0].basis, "form 3");
}

TEST_F(Erasing, ReachesTheMetersThatWereExchangedBefore) {
    constexpr std::uint64_t old_mark = 0x5157'4552'5459'4d34;
    Box box(folder_.path(), clock_);
    const auto with_meter = [](const std::string& name) {
        Household out = home("h1");
        out.devices.front().id = DeviceId{name};
        out.devices.front().address = name;
        return out;
    };
    ASSERT_TRUE(box.gateway.set_households({with_meter("meter-of-1"), home("h2")}, true));
    for (int i = 0; i < 50; ++i) {
        clock_.pass(1min);
        box.take(says("meter-of-1", old_mark, 1'000 + i));
    }
    box.take({Source::home, "anju/v1/up/meter-of-1/data", garbage, false, false});
    live(box, 50);  // with another one in its place
    ASSERT_GT(occurrences(folder_.path(), spellings(old_mark)), 0U);
    EXPECT_EQ(withdraw(box).status, CommandStatus::applied);
    box.keep_house();
    EXPECT_EQ(occurrences(folder_.path(), spellings(old_mark)), 0U);
    expect_gone(folder_.path());
    EXPECT_EQ(box.journal->reader().erasures(HouseholdId{"h1"}).value().at(0).messages, 2U);
}

TEST_F(Erasing, ReachesWhatTheDeskWasToldOfTheDay) {
    // 11 and 13 past midnight in odd milliseconds, which nothing else has.
    const Window window{Duration{39'916'801}, Duration{47'900'161}};
    const CommunityId community{"c1"};
    const auto bytes = [&] {
        std::string out;
        codec::Writer writer(out);
        writer(window.from, window.to);
        return out;
    }();
    {
        Box box(folder_.path(), clock_);
        Community one;
        one.id = community;
        ASSERT_TRUE(box.gateway.set_communities({one}, true));
        live(box, 10);
        ASSERT_TRUE(box.gateway.stop());
    }
    {  // as the gateway tells it once weeks have been learned
        auto journal = open_journal(options_in(folder_.path()), clock_.now.wall);
        Engine engine;
        const auto recovery = journal->recover().value();
        for (const Checkpoint& one : recovery.checkpoints) ASSERT_TRUE(engine.restore(one.bytes));
        Transaction told;
        told.now = recovery.engine_time;
        const RhythmTold input{community, ResidentId{"h1-r"}, {window}};
        engine.apply(told.now, input, told.decisions);
        const std::uint64_t seq = recovery.last_input + 1;
        told.inputs.push_back({seq, told.now, unit_of(community), encode(Input{input})});
        told.checkpoints.push_back(
            {unit_of(community), seq, told.now, engine.snapshot(unit_of(community)), true});
        ASSERT_TRUE(journal->commit(told));
    }
    ASSERT_GT(occurrences(folder_.path(), {bytes}), 1U) << "journal and snapshot";
    Box box(folder_.path(), clock_);
    EXPECT_EQ(withdraw(box).status, CommandStatus::applied);
    box.keep_house();
    EXPECT_EQ(occurrences(folder_.path(), {bytes}), 0U);
    EXPECT_TRUE(box.gateway.engine().rhythm(community, ResidentId{"h1-r"})->at_home.empty());
    expect_gone(folder_.path());
}

TEST_F(Erasing, TakesNothingMoreAndAcknowledgesIt) {
    Box box(folder_.path(), clock_);
    live(box, 10);
    withdraw(box);
    box.keep_house();
    const std::size_t answered = box.sensors.all.size();
    box.take(says("h1-water", water_mark, 9'000));
    EXPECT_EQ(box.sensors.all.size(), answered + 1) << "so that the sensor stops repeating";
    box.take({Source::home, "anju/v1/up/h1-water/data", garbage, false, false});
    EXPECT_EQ(box.gateway.counters().get(Counter::without_consent), 2U);
    ASSERT_TRUE(box.gateway.stop());
    expect_gone(folder_.path());
    EXPECT_EQ(withdraw(box, ConsentState::given).status, CommandStatus::applied);
    box.take(says("h1-water", water_mark, 9'100));
    EXPECT_GT(occurrences(folder_.path(), spellings(water_mark)), 0U) << "with consent it is kept";
}

TEST_F(Erasing, IsFinishedWhileNoClockWasEverTrusted) {
    Box box(folder_.path(), clock_);
    live(box, 10);
    withdraw(box);
    int steps = 0;
    while (box.journal->maintain(Instant{}).value()) ASSERT_LT(++steps, 100) << "never ends";
    expect_gone(folder_.path());
    const auto erasures = box.journal->reader().erasures(HouseholdId{"h1"}).value();
    ASSERT_EQ(erasures.size(), 1U);
    EXPECT_GE(erasures[0].erased_at, erasures[0].wanted_at);
}

TEST_F(Erasing, IsTakenUpAgainAfterACrashAtAnyStep) {
    Box box(folder_.path(), clock_);
    live(box, 1'500);
    withdraw(box);
    for (int step = 0;; ++step) {
        ASSERT_LT(step, 100);
        // What a crash here leaves: the files as they are.
        TempDir crashed;
        for (const auto& entry : fs::directory_iterator(folder_.path())) {
            if (entry.is_regular_file()) {
                fs::copy(entry.path(), crashed.path() / entry.path().filename());
            }
        }
        {
            Box again(crashed.path(), clock_);
            EXPECT_FALSE(again.gateway.engine().collects(DeviceId{"h1-water"}));
            again.keep_house();
            expect_gone(crashed.path());
            const auto erasures = again.journal->reader().erasures(HouseholdId{"h1"}).value();
            ASSERT_EQ(erasures.size(), 1U);
            EXPECT_NE(erasures[0].erased_at, Instant{});
            EXPECT_EQ(erasures[0].readings, 1'500U);
        }
        if (!box.journal->maintain(box.gateway.now()).value()) break;
    }
}

TEST_F(Erasing, LeavesAStoreFromWhichRecoveryAndReplayWork) {
    {
        Box box(folder_.path(), clock_);
        live(box, 300);
        withdraw(box);
        box.keep_house();
        for (int i = 0; i < 200; ++i) {
            clock_.pass(1min);
            box.take(says("h1-door", door_mark, i % 2 == 0 ? 0 : -1));
            box.take(says("h2-water", other_mark, 2'000 + i));
        }
        clock_.pass(2h);
        ASSERT_TRUE(box.gateway.tick());
    }
    {
        Box again(folder_.path(), clock_);
        EXPECT_FALSE(again.gateway.engine().collects(DeviceId{"h1-water"}));
        EXPECT_TRUE(again.gateway.engine().collects(DeviceId{"h2-water"}));
        EXPECT_EQ(again.journal->damaged_rows(), 0U);
    }
    const auto reader = store::StoreReader::open(folder_.path()).value();
    const auto report = replay::replay(*reader, {});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_EQ(report->differences, 0U) << replay::as_text(*report);
    EXPECT_EQ(report->households, 2U);
}

TEST_F(Erasing, RewritesAFileThatOnceDeletedWithoutOverwriting) {
    {
        Box box(folder_.path(), clock_);
        live(box, 100);
    }
    {
        store::Database db(
            {store::Files(folder_.path()).database(), store::Database::Mode::read_write, ""});
        db.execute("DELETE FROM meta WHERE key = 'overwrites'");
        // A deletion as earlier versions did it: the text stays in the page.
        db.execute("PRAGMA secure_delete=OFF");
        db.execute("DELETE FROM rejected");
    }
    ASSERT_GT(occurrences(folder_.path(), {garbage}), 0U) << "or this test shows nothing";
    Box box(folder_.path(), clock_);
    withdraw(box);
    box.keep_house();
    expect_gone(folder_.path());
    const auto erasures = box.journal->reader().erasures(HouseholdId{"h1"}).value();
    EXPECT_NE(erasures[0].erased_at, Instant{});
}

}  // namespace
}  // namespace anju::test
