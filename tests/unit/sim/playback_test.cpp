// Recorded homes as devices that speak.
#include "firmware-sim/replay/playback.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "core/model/names.hpp"
#include "recorded/local_time.hpp"
#include "tests/support/broker.hpp"

namespace anju::sim {
namespace {

using namespace std::chrono_literals;

class RecordedHome : public testing::Test {
protected:
    recorded::Recording read(const std::string& name, const std::string& rows) {
        const auto path = (dir.path() / name).string();
        std::ofstream(path) << "timestamp_iso_local,sensor_id,kind,value\n" << rows;
        return recorded::read_recording(path, bad).value();
    }
    static std::vector<std::string> all(Playback& playback) {
        std::vector<std::string> out;
        while (const auto at = playback.next()) {
            const auto played = playback.take();
            EXPECT_EQ(played.at, *at);
            const auto& device = playback.homes()[played.home].devices[played.device].device;
            out.push_back(recorded::format_time(played.at).substr(11) + " " + device.id.value +
                          " " + std::string(name(played.readings.back().kind)));
        }
        return out;
    }

    test::TempDir dir;
    recorded::BadLines bad;
};

TEST_F(RecordedHome, SpeaksInTheOrderOfTimeAmongOthersSignsOfLifeFirst) {
    auto playback = Playback::make({read("a.csv",
                                         "2026-03-02T08:00:00,hall,motion,1\n"
                                         "2026-03-02T10:30:00,hall,motion,1\n"),
                                    read("b.csv", "2026-03-02T09:00:00,hall,motion,1\n")},
                                   {})
                        .value();
    const std::vector<std::string> wanted{
        "08:00:00 replay-a-hall alive", "08:00:00 replay-a-hall motion",
        "09:00:00 replay-b-hall alive", "09:00:00 replay-b-hall motion",
        "10:00:00 replay-a-hall alive", "10:30:00 replay-a-hall motion"};
    EXPECT_EQ(all(playback), wanted);
}

TEST_F(RecordedHome, IsSilentWhileItsGatewayWasOffline) {
    auto playback = Playback::make({read("a.csv",
                                         "2026-03-02T08:00:00,hall,motion,1\n"
                                         "2026-03-02T08:10:00,box,status,offline\n"
                                         "2026-03-02T11:00:00,hall,motion,1\n"
                                         "2026-03-02T13:00:00,box,status,online\n"
                                         "2026-03-02T13:30:00,hall,motion,1\n")},
                                   {})
                        .value();
    const std::vector<std::string> wanted{"08:00:00 replay-a-hall alive",
                                          "08:00:00 replay-a-hall motion",
                                          "13:30:00 replay-a-hall motion"};
    EXPECT_EQ(all(playback), wanted);
    EXPECT_EQ(playback.unheard(), 1U);
}

TEST_F(RecordedHome, IsRegisteredWithIdsThatEveryTopicTakesEachOnce) {
    const auto playback = Playback::make({read("a b.csv",
                                               "2026-03-02T08:00:00,hall/1,motion,1\n"
                                               "2026-03-02T08:00:00,hall+1,motion,1\n"),
                                          read("a+b.csv", "2026-03-02T08:00:00,hall,motion,1\n")},
                                         {})
                              .value();
    const auto& homes = playback.homes();
    EXPECT_EQ(homes[0].id.value, "replay-a-b");
    EXPECT_EQ(homes[1].id.value, "replay-a-b-2");
    EXPECT_EQ(homes[0].devices[0].device.id.value, "replay-a-b-hall-1");
    EXPECT_EQ(homes[0].devices[1].device.id.value, "replay-a-b-hall-1-2");
    EXPECT_NE(playback.directory("staff").find("drill = \"staff\""), std::string::npos);
}

TEST_F(RecordedHome, IsRefusedWhereNothingIsToBePlayed) {
    const auto home = read("a.csv", "2026-03-02T08:00:00,hall,motion,1\n");
    PlaybackOptions later;
    later.from = recorded::parse_time("2026-03-03");
    EXPECT_EQ(Playback::make({home}, later).error().what, "nothing was recorded in that time");
    PlaybackOptions entrance;
    entrance.entrances = {"front"};
    EXPECT_EQ(Playback::make({home}, entrance).error().what, "there is no sensor \"front\"");
}

TEST_F(RecordedHome, KeepsTheFirstBadLinesAndCountsAll) {
    std::string rows;
    for (int i = 0; i < 30; ++i) rows += "2026-03-02T08:00:00,hall,motion\n";
    rows += "2026-03-02T08:00:00,hall,motion,1\n2026-03-02T07:00:00,hall,motion,1\n";
    EXPECT_EQ(read("a.csv", rows).rows.size(), 1U);
    EXPECT_EQ(bad.count, 31U);
    ASSERT_EQ(bad.first.size(), recorded::BadLines::most_kept);
    EXPECT_TRUE(bad.first[0].where.ends_with("a.csv:2")) << bad.first[0].where;
}

}  // namespace
}  // namespace anju::sim
