#include "recorded/wiring.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

const std::string flat =
    "2020-03-01T09:00:00,Bed,pressure,1\n"
    "2020-03-01T09:00:00,Front,door,1\n"
    "2020-03-01T09:00:01,Front,door,0\n"
    "2020-03-01T09:00:00,box,status,online\n"
    "2020-03-01T09:00:02,Fridge,contact,1\n"
    "2020-03-01T09:00:02,Hall,motion,1\n"
    "2020-03-01T09:00:03,Toilet,flush,1\n";

Wiring wired(const std::string& rows, const std::set<std::string>& entrances = {}) {
    return wire(Files().recording(rows), entrances, Rules{});
}

std::string sorted(std::string rows) {
    std::vector<std::string> lines;
    std::istringstream in(rows);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::ranges::sort(lines);
    rows.clear();
    for (const auto& line : lines) rows += line + "\n";
    return rows;
}

const Device& device(const Wiring& wiring, const std::string& id) {
    for (const Device& one : wiring.household.devices) {
        if (one.id.value == id) return one;
    }
    throw std::out_of_range(id);
}

TEST(Wiring, MakesADeviceOfEverySensorButTheGateway) {
    const Wiring wiring = wired(sorted(flat));
    EXPECT_EQ(wiring.household.devices.size(), 5U);
    EXPECT_EQ(device(wiring, "Bed").kind, SensorKind::bed);
    EXPECT_EQ(device(wiring, "Front").kind, SensorKind::door);
    EXPECT_TRUE(device(wiring, "Front").entrance);
    EXPECT_EQ(device(wiring, "Fridge").kind, SensorKind::door);
    EXPECT_FALSE(device(wiring, "Fridge").entrance);
    EXPECT_EQ(device(wiring, "Hall").kind, SensorKind::motion);
    EXPECT_EQ(device(wiring, "Toilet").kind, SensorKind::motion);
    EXPECT_EQ(device(wiring, "Hall").driver, "native");
    EXPECT_EQ(device(wiring, "Hall").deliver_every, 2h);
    EXPECT_EQ(wiring.alive.size(), 5U);
}

TEST(Wiring, TakesTheListedSensorsForTheEntranceAndNoOthers) {
    const Wiring wiring = wired(sorted(flat), {"Hall", "Fridge"});
    EXPECT_FALSE(device(wiring, "Front").entrance);
    EXPECT_TRUE(device(wiring, "Fridge").entrance);
    EXPECT_EQ(device(wiring, "Hall").kind, SensorKind::door);
    EXPECT_TRUE(device(wiring, "Hall").entrance);
    EXPECT_TRUE(wiring.has_entrance());
    EXPECT_FALSE(wired(hourly_meter(1)).has_entrance());
}

TEST(Wiring, TellsARegisterFromSingleUsesByItsRhythm) {
    const Wiring meter = wired(hourly_meter(2));
    EXPECT_TRUE(meter.has(Speech::total));
    EXPECT_EQ(device(meter, "meter").sample_every, 1h);
    EXPECT_TRUE(meter.watching.empty());

    const Wiring uses = wired(
        "2020-03-01T07:00:00,Shower,water,30\n"
        "2020-03-01T07:00:30,Basin,water,0.5\n"
        "2020-03-01T07:09:00,Basin,water,1.5\n"
        "2020-03-01T12:00:00,Shower,water,20\n"
        "2020-03-01T13:00:00,Basin,water,0.5\n"
        "2020-03-01T20:30:00,Shower,water,10\n");
    EXPECT_TRUE(uses.has(Speech::amounts));
    EXPECT_FALSE(uses.has(Speech::total));
    EXPECT_EQ(uses.watching.size(), 2U);
    EXPECT_EQ(device(uses, "Shower").kind, SensorKind::water_meter);
    EXPECT_EQ(device(uses, "Shower").deliver_every, 1h);
}

TEST(Wiring, TakesAContactThatSaysOneWordOnlyForAnActivation) {
    const Wiring wiring = wired(sorted(flat));
    EXPECT_TRUE(wiring.has(Speech::activation)) << "Fridge";
    EXPECT_TRUE(wiring.has(Speech::contact)) << "Front";
}

}  // namespace
}  // namespace anju::score
