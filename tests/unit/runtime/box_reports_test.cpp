// When the district hears how the box does, and that nothing flaps.
#include <gtest/gtest.h>

#include "runtime/box_reports.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;

class Reports : public testing::Test {
protected:
    Reports() {
        well_.ballast = true;
        well_.home_connected = true;
        well_.clock = ClockState::synchronised;
        well_.sensors_ok = 3;
        EXPECT_EQ(look(well_, 0s), BoxCause::started);
    }
    std::optional<BoxCause> look(const BoxHealth& health, std::chrono::seconds at) {
        const auto report = reports_.look(health, SteadyTime{} + at);
        if (!report) return std::nullopt;
        warnings_ = report->warnings;
        return report->cause;
    }
    BoxHealth well_;
    BoxReports reports_;
    BoxWarnings warnings_;
};

TEST_F(Reports, AreMadeAtTheStartAndOnceADay) {
    EXPECT_EQ(look(well_, 60s), std::nullopt);
    EXPECT_EQ(look(well_, 24h - 1s), std::nullopt);
    EXPECT_EQ(look(well_, 24h), BoxCause::daily);
    EXPECT_EQ(look(well_, 48h - 1s), std::nullopt);
    EXPECT_EQ(look(well_, 48h), BoxCause::daily);
    EXPECT_TRUE(warnings_.empty());
}

TEST_F(Reports, TellOfAWarningThatHoldsAndOfItsEnd) {
    BoxHealth deaf = well_;
    deaf.home_connected = false;
    EXPECT_EQ(look(deaf, 10min), std::nullopt) << "it may be a restart of the broker";
    EXPECT_EQ(look(deaf, 12min), std::nullopt);
    EXPECT_EQ(look(deaf, 13min), BoxCause::warning);
    EXPECT_EQ(warnings_, BoxWarnings{BoxWarning::home_broker});
    EXPECT_EQ(look(deaf, 60min), std::nullopt) << "it was told";
    EXPECT_EQ(look(well_, 61min), std::nullopt);
    EXPECT_EQ(look(well_, 64min), BoxCause::warning);
    EXPECT_TRUE(warnings_.empty());
}

TEST_F(Reports, SayNothingOfWhatComesAndGoes) {
    BoxHealth deaf = well_;
    deaf.home_connected = false;
    for (auto at = 10min; at < 10h; at += 2min) {
        EXPECT_EQ(look(deaf, at), std::nullopt);
        EXPECT_EQ(look(well_, at + 1min), std::nullopt);
    }
}

TEST_F(Reports, CountTheMinutesOfEachWarningForItself) {
    BoxHealth one = well_;
    one.home_connected = false;
    BoxHealth both = one;
    both.space_low = true;
    EXPECT_EQ(look(one, 10min), std::nullopt);
    EXPECT_EQ(look(both, 12min), std::nullopt);
    EXPECT_EQ(look(both, 13min), BoxCause::warning);
    EXPECT_EQ(warnings_, BoxWarnings{BoxWarning::home_broker});
    EXPECT_EQ(look(both, 15min), std::nullopt) << "one report in ten minutes";
    EXPECT_EQ(look(both, 23min), BoxCause::warning);
    EXPECT_EQ(warnings_, (BoxWarnings{BoxWarning::disk_low, BoxWarning::home_broker}));
}

TEST_F(Reports, KeepAWarmBoardWarnedOfUntilItIsCool) {
    BoxHealth warm = well_;
    warm.temperature_mc = 80'000;
    EXPECT_EQ(look(warm, 1min), std::nullopt);
    warm.temperature_mc = 75'000;
    EXPECT_EQ(look(warm, 4min), BoxCause::warning) << "not cool yet";
    warm.temperature_mc = 74'999;
    EXPECT_EQ(look(warm, 20min), std::nullopt);
    EXPECT_EQ(look(warm, 23min), BoxCause::warning);
    EXPECT_TRUE(warnings_.empty());
}

TEST_F(Reports, TellAtOnceHowAnUpdateEndedAndTellItOnce) {
    BoxHealth health = well_;
    health.update.emplace();
    EXPECT_EQ(look(health, 60s), std::nullopt) << "there was no update yet";
    health.update->waiting = "2";
    EXPECT_EQ(look(health, 120s), std::nullopt) << "one that waits is for the daily report";
    health.update->outcome = BoxUpdate::Outcome::updated;
    health.update->to = "2";
    health.update->at = from_unix_ms(5);
    EXPECT_EQ(look(health, 180s), BoxCause::update);
    EXPECT_EQ(look(health, 240s), std::nullopt);
    BoxHealth unreadable = health;
    unreadable.update.reset();
    EXPECT_EQ(look(unreadable, 300s), std::nullopt);
    EXPECT_EQ(look(health, 360s), std::nullopt) << "what was told stays told";
    health.update->outcome = BoxUpdate::Outcome::rolled_back;
    health.update->to = "3";
    EXPECT_EQ(look(health, 420s), BoxCause::update);
}

TEST(BoxWarnings, AreOfWhatIsKnownAlone) {
    BoxHealth health;
    health.ballast = true;
    health.home_connected = true;
    health.clock = ClockState::synchronised;
    EXPECT_TRUE(warnings_of(health, {}).empty()) << "a box without homes, on a board that is mute";
    health.storage.push_back({"mmcblk0", "SD", std::nullopt, std::nullopt, 1U});
    EXPECT_TRUE(warnings_of(health, {}).empty());
    health.storage.push_back({"mmcblk1", "MMC", 8, 1, std::nullopt});
    EXPECT_TRUE(warnings_of(health, {}).empty());
    health.storage.back().end_of_life = 2;
    EXPECT_EQ(warnings_of(health, {}), BoxWarnings{BoxWarning::storage_worn});
    health.storage.back().end_of_life = 1;
    health.storage.back().used_tenths = 9;
    EXPECT_EQ(warnings_of(health, {}), BoxWarnings{BoxWarning::storage_worn});
}

TEST(BoxWarnings, NameEachThingThatIsWrong) {
    BoxHealth health;
    health.undervoltage = true;
    health.space_low = true;
    health.root_read_only = true;
    health.clock = ClockState::unsynchronised;
    health.sensors_offline = 1;
    EXPECT_EQ(warnings_of(health, {}),
              (BoxWarnings{BoxWarning::undervoltage, BoxWarning::disk_low, BoxWarning::ballast_gone,
                           BoxWarning::read_only, BoxWarning::clock, BoxWarning::home_broker,
                           BoxWarning::no_sensor}));
    health.sensors_ok = 1;
    EXPECT_FALSE(warnings_of(health, {}).contains(BoxWarning::no_sensor));
}

}  // namespace
}  // namespace anju
