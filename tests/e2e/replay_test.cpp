// Recorded homes, played as live sensors to the real daemon over the real broker: its journal holds
// exactly what was recorded, and it decides what anju-score and anju-replay decide.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <set>

#include "app/replay/export.hpp"
#include "app/replay/replay.hpp"
#include "app/score/score.hpp"
#include "core/codec/codec.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/replay/playback.hpp"
#include "recorded/local_time.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using boost::json::value;

const std::filesystem::path sources = ANJU_SOURCE_DIR;
/// How far the daemon's local time is from that of the world.
constexpr Duration offset = 8h;

/// "2026-03-04T10:00:00 home-meter water_total_ml=12000", each reading as it was measured.
using Lines = std::vector<std::string>;

std::string line(Instant local, const std::string& what) {
    return recorded::format_time(local) + " " + what;
}

std::string line(const DeviceId& device, const Reading& reading) {
    // What lives says so with any value.
    const auto value = reading.kind == ReadingKind::alive ? 1 : reading.value;
    return line(reading.event_time,
                device.value + " " + std::string(name(reading.kind)) + "=" + std::to_string(value));
}

class Replay : public testing::Test {
protected:
    explicit Replay(const std::string& config = "drivers = [\"wmbus\"]\n[clock]\ndriven = true\n")
        : rig({.homes = 1, .district = false, .extra_config = config}) {}

    /// Plays and stops the daemon, so that its store can be read; what anju-sim printed.
    std::string play(const std::string& file, std::vector<std::string> more = {}) {
        rig.start_daemon();
        EXPECT_TRUE(rig.daemon_ready(30s)) << rig.log("anjud");
        more.insert(more.begin(),
                    {"replay", file, "--control", (rig.dir() / "control.sock").string(),
                     "--like-score", "--warmup-days", "1", "--json"});
        std::string said = rig.sim(more);
        reader.reset();
        (void)rig.stop_daemon(20s);
        auto opened = store::StoreReader::open(rig.data_dir());
        EXPECT_TRUE(opened) << said << rig.log("anjud");
        if (opened) reader = std::move(*opened);
        return said;
    }
    /// What was recorded, as the devices say it.
    static Lines recorded_readings(const std::string& file, sim::PlaybackOptions options = {}) {
        std::vector<recorded::Recording> recordings;
        recordings.push_back(recorded::read_recording(file).value());
        auto playback = sim::Playback::make(std::move(recordings), options).value();
        Lines out;
        while (playback.next()) {
            const auto played = playback.take();
            const auto& device = playback.homes()[played.home].devices[played.device].device;
            for (const auto& reading : played.readings) out.push_back(line(device.id, reading));
        }
        return out;
    }
    /// What is in the journal, in its order.
    Lines journal() {
        Lines out;
        const auto read = reader->inputs_after(0, [&](const JournalEntry& entry) {
            const auto input = decode_input(entry.bytes);
            const auto* observation = input ? std::get_if<Observation>(&*input) : nullptr;
            if (observation == nullptr) return true;
            for (Reading reading : observation->readings) {
                // Dated by the daemon where the recording is older than any clock it believes.
                if (reading.event_time == Instant{}) reading.event_time = entry.at;
                reading.event_time += offset;
                out.push_back(line(observation->device, reading));
            }
            return true;
        });
        EXPECT_TRUE(read);
        return out;
    }
    /// Who was told of what when, by the daemon.
    Lines told(const std::string& home, Instant end) {
        score::AlertLog log;
        const auto read =
            reader->decisions(HouseholdId{home}, 0, [&](const store::StoredDecision& stored) {
                const auto decision = decode_decision(stored.bytes);
                if (decision) log.hear({*decision});
                return decision.has_value();
            });
        EXPECT_TRUE(read);
        Lines out;
        for (const auto& raised : log.raised()) {
            if (raised.at + offset <= end) out.push_back(alert(raised, raised.at + offset));
        }
        return out;
    }
    /// The same by anju-score.
    static Lines scored(const recorded::Recording& recording) {
        score::Options options;
        options.rules.alert_budget_milli = 300;
        options.rules.phone_budget_milli = 0;
        options.rules.warm_up = 24h;
        options.protocol_warm_up = Duration{0};
        options.cuts.emplace();
        const auto score = score::score(recording, options).value();
        Lines out;
        for (const auto& raised : score.raised) out.push_back(alert(raised, raised.at));
        return out;
    }
    static std::string alert(const score::Raised& raised, Instant at) {
        return line(at, std::string(name(raised.kind)) + " " + std::string(name(raised.priority)) +
                            " " + raised.rule);
    }
    void expect_replay_is_equal() {
        replay::Options options;
        options.engine.utc_offset = offset;
        const auto again = replay::replay(*reader, options);
        ASSERT_TRUE(again) << again.error().text();
        EXPECT_GT(again->decisions, 0U);
        EXPECT_EQ(again->differences, 0U);
    }

    Rig rig;
    std::unique_ptr<store::StoreReader> reader;
};

const std::string small = (sources / "tests/data/recorded/small_home.csv").string();

TEST_F(Replay, OfAHomeIsInTheJournalAndDecidedAsScoredAndReplayed) {
    const auto said = play(small);
    const auto report = boost::json::parse(said);
    EXPECT_EQ(report.at("unacknowledged").to_number<int>(), 0) << said;
    EXPECT_EQ(report.at("refused").to_number<int>(), 0) << said;
    EXPECT_EQ(journal(), recorded_readings(small));

    const auto recording = recorded::read_recording(small).value();
    const auto wanted = scored(recording);
    EXPECT_GE(wanted.size(), 2U);
    EXPECT_EQ(told("replay-small_home", recording.end()), wanted);
    expect_replay_is_equal();
}

TEST_F(Replay, OfWhatABoxExportedOfItselfIsDecidedTheSame) {
    (void)play(small);
    const auto folder = rig.dir() / "trace";
    replay::ExportOptions options{.folder = folder};
    const auto exported = replay::export_traces(*reader, options);
    ASSERT_TRUE(exported) << exported.error().text();
    EXPECT_EQ(exported->homes, 1U);
    EXPECT_FALSE(replay::export_traces(*reader, options)) << "nothing is overwritten";

    // A register's first value says of no use; what one door or bed said before is not known.
    const auto again = recorded::read_recording((folder / "replay-small_home.csv").string());
    ASSERT_TRUE(again) << again.error().text();
    const auto before = recorded::read_recording(small).value();
    const auto lines = [](const recorded::Recording& recording, const std::string& prefix) {
        std::multiset<std::string> out;
        for (const auto& row : recording.rows) {
            out.insert(line(row.at, prefix + recording.sensors[row.sensor].id + " " +
                                        std::to_string(static_cast<int>(row.source)) + " " +
                                        std::to_string(row.milli)));
        }
        return out;
    };
    const auto kept = lines(*again, "");
    std::vector<std::string> missing;
    std::ranges::set_difference(lines(before, "replay-small_home-"), kept,
                                std::back_inserter(missing));
    EXPECT_EQ(missing, Lines{"2026-03-02T00:00:00 replay-small_home-meter 7 0"});
    EXPECT_EQ(again->rows.size(), before.rows.size() - 1 + 3) << "a door once, a bed twice";
    EXPECT_EQ(scored(*again), scored(before));
}

TEST_F(Replay, InRadioTelegramsOfOtherMakersIsDecidedTheSame) {
    const auto said = play(small, {"--protocol", "wmbus"});
    ASSERT_NE(said.find("\"unacknowledged\":0"), std::string::npos) << said << rig.log("anjud");
    std::set<std::string> meters;
    for (const auto& each : journal()) {
        if (each.find("-meter water_total_ml") != std::string::npos) meters.insert(each);
    }
    sim::PlaybackOptions options;
    options.protocol = sim::Protocol::wmbus;
    std::set<std::string> wanted;
    for (const auto& each : recorded_readings(small, options)) {
        if (each.find("-meter water_total_ml") != std::string::npos) wanted.insert(each);
    }
    EXPECT_EQ(meters.size(), 96U);
    EXPECT_EQ(meters, wanted);
    EXPECT_EQ(told("replay-small_home", recorded::read_recording(small).value().end()),
              scored(recorded::read_recording(small).value()));
    expect_replay_is_equal();
}

TEST_F(Replay, AtASpeedLosesNothingAndKeepsTheTimesOfWhatWasMeasured) {
    const auto said = play(small, {"--speed", "100000"});
    EXPECT_NE(said.find("\"unacknowledged\":0"), std::string::npos) << said << rig.log("anjud");
    auto kept = journal();
    auto wanted = recorded_readings(small);
    std::ranges::sort(kept);
    std::ranges::sort(wanted);
    EXPECT_EQ(kept, wanted);
    expect_replay_is_equal();
}

TEST_F(Replay, PlaysTheDaysThatWereAskedForAtALaterTimeOnTheSameWeekday) {
    (void)play(small);
    const auto said = play(small, {"--from", "2026-03-03", "--to", "2026-03-04"});
    constexpr auto week = Duration{24h * 7}.count();
    EXPECT_NE(said.find("\"shift_ms\":" + std::to_string(week - offset.count())), std::string::npos)
        << said;
    sim::PlaybackOptions options;
    options.from = recorded::parse_time("2026-03-03");
    options.to = recorded::parse_time("2026-03-04");
    auto wanted = recorded_readings(small);
    for (const auto& day : recorded_readings(small, options)) {
        wanted.push_back("2026-03-10" + day.substr(10));
    }
    EXPECT_EQ(journal(), wanted);
}

class ReplayOnARealClock : public Replay {
protected:
    ReplayOnARealClock() : Replay("") {}
};

TEST_F(ReplayOnARealClock, IsADrillAndRefusedWhereNoneIsAllowed) {
    const auto said = play(small, {"--speed", "real"});
    EXPECT_NE(said.find("drills are not allowed on this box"), std::string::npos) << said;
    EXPECT_EQ(journal(), Lines{});
}

TEST_F(ReplayOnARealClock, CannotBeFasterThanTheWorld) {
    const auto said = play(small, {"--speed", "60"});
    EXPECT_NE(said.find("the clock of this gateway is the real one"), std::string::npos) << said;
}

TEST_F(Replay, LeavesOutBadLinesSaysWhichAndCountsThem) {
    const auto file = (rig.dir() / "torn.csv").string();
    std::ofstream(file) << "timestamp_iso_local,sensor_id,kind,value\n"
                           "2026-03-02T08:00:00,hall,motion,1\n"
                           "2026-03-02T08:01,hall,mot\n"
                           "2026-03-02T08:05:00,hall,motion,many\n"
                           "2026-03-02T09:00:00,hall,motion,1\n";
    const auto said = play(file);
    EXPECT_NE(said.find("torn.csv:3: a row has four fields"), std::string::npos) << said;
    EXPECT_NE(said.find("torn.csv:4: \"many\" is no value of motion (write a number"),
              std::string::npos)
        << said;
    EXPECT_NE(said.find("\"bad_lines\":2"), std::string::npos) << said;
    EXPECT_EQ(journal().size(), 3U) << "a sign of life and two movements";
}

TEST_F(Replay, OfARecordedHomeIsDecidedAsScored) {
    const auto file = sources / "../shared/data/homes/kasteren_A.csv.gz";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "there is no " << file;
    auto recording = recorded::read_recording(file.string()).value();
    sim::PlaybackOptions options;
    options.to = recorded::parse_time("2008-03-06");
    std::erase_if(recording.rows, [&](const auto& row) { return row.at >= *options.to; });
    const auto said = play(file.string(), {"--to", "2008-03-06"});
    EXPECT_NE(said.find("\"unacknowledged\":0"), std::string::npos) << said;
    EXPECT_EQ(journal(), recorded_readings(file.string(), options));
    EXPECT_EQ(told("replay-kasteren_A", recording.end()), scored(recording));
    expect_replay_is_equal();
}

}  // namespace
}  // namespace anju::test
