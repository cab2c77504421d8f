// Resident memory of the daemon: one home, a street, ten thousand homes, and what a home costs.
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

/// Bytes after every device of `homes` homes has spoken a few times.
std::size_t measure(std::size_t homes) {
    Rig rig({.homes = homes});
    rig.start();
    std::vector<std::string> devices;
    for (std::size_t home = 0; home < homes; ++home) {
        devices.push_back(Rig::device(home, "water"));
        devices.push_back(Rig::device(home, "door"));
    }
    Fleet fleet({rig.home_endpoint("fleet"), devices});
    for (std::int64_t round = 1; round <= 3; ++round) {
        for (std::size_t home = 0; home < homes; ++home) {
            v1::SensorReading water;
            water.set_water_total_ml(round * 12'000);
            fleet.say(Rig::device(home, "water"), sim::Topic::data, water);
            v1::SensorReading door;
            door.set_contact_open(round % 2 == 0);
            fleet.say(Rig::device(home, "door"), sim::Topic::data, door);
        }
        if (!fleet.settle(120s)) throw std::runtime_error("messages stayed unacknowledged");
    }
    std::this_thread::sleep_for(2s);
    return rig.daemon_memory();
}

}  // namespace
}  // namespace anju::test

int main() {
    fmt::print("{:>8}{:>14}{:>18}\n", "homes", "RSS MB", "bytes a home");
    std::size_t one = 0;
    for (const std::size_t homes : {1U, 100U, 10'000U}) {
        const std::size_t bytes = anju::test::measure(homes);
        if (one == 0) one = bytes;
        fmt::print("{:>8}{:>14.1f}{:>18}\n", homes, static_cast<double>(bytes) / 1e6,
                   homes == 1 ? std::string("-") : std::to_string((bytes - one) / (homes - 1)));
        std::fflush(stdout);
    }
}
