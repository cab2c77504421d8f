// From a smoke alarm's publish to the platform's commit: every process real, every commit synced.
//
//   bench_latency [--alarms 1000] [--load 1000] [--fsync-delay-ms 0]
//
// Prints p50, p99 and the worst, without and with `load` other messages a second.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "anju/v1/event.pb.h"
#include "firmware-sim/platform/store.hpp"
#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"
#include "tests/e2e/statistics.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

std::int64_t real_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

v1::SensorReading smoke() {
    v1::SensorReading reading;
    reading.set_smoke(true);
    return reading;
}

v1::SensorReading water(std::int64_t total_ml) {
    v1::SensorReading reading;
    reading.set_water_total_ml(total_ml);
    return reading;
}

/// Sends one alarm from each home in turn and returns publish-to-commit times in ms.
std::vector<double> measure(std::size_t alarms, unsigned load, unsigned fsync_delay_ms) {
    Rig::Options options;
    options.homes = alarms;
    if (fsync_delay_ms > 0) options.environment = slow_fsync(fsync_delay_ms);
    Rig rig(options);
    rig.start();
    std::vector<std::string> devices;
    for (std::size_t home = 0; home < alarms; ++home) {
        devices.push_back(Rig::device(home, "smoke"));
        devices.push_back(Rig::device(home, "water"));
    }
    Fleet fleet({rig.home_endpoint("fleet"), devices});
    std::this_thread::sleep_for(2s);

    std::atomic<bool> stop{false};
    std::thread background([&] {
        std::mt19937 random(1);
        std::int64_t total = 0;
        auto next = std::chrono::steady_clock::now();
        while (!stop && load > 0) {
            next += std::chrono::nanoseconds{1'000'000'000 / load};
            fleet.say(Rig::device(random() % alarms, "water"), sim::Topic::data, water(total += 3));
            std::this_thread::sleep_until(next);
        }
    });
    std::map<std::string, std::int64_t> sent;
    std::mt19937 random(2);
    for (std::size_t home = 0; home < alarms; ++home) {
        sent[Rig::household(home)] = real_ns();
        fleet.say(Rig::device(home, "smoke"), sim::Topic::alarm, smoke());
        std::this_thread::sleep_for(std::chrono::milliseconds{5 + random() % 15});
    }
    stop = true;
    background.join();
    if (!fleet.settle(60s)) throw std::runtime_error("messages stayed unacknowledged");
    std::this_thread::sleep_for(2s);
    (void)rig.stop_daemon(20s);
    rig.stop_platform();

    auto store = sim::PlatformStore::open(rig.platform_file(), sim::PlatformStore::Mode::read);
    std::vector<double> out;
    const auto read = store.value().events([&](const sim::StoredEvent& stored) {
        v1::DistrictEvent event;
        if (event.ParseFromString(stored.bytes) && event.alert().kind() == v1::ALERT_KIND_SMOKE) {
            const auto published = sent.find(event.alert().household_id());
            if (published != sent.end() && stored.committed_ns > 0) {
                out.push_back(static_cast<double>(stored.committed_ns - published->second) / 1e6);
            }
        }
        return true;
    });
    if (!read || out.size() != alarms) {
        throw std::runtime_error(fmt::format("{} of {} alarms arrived", out.size(), alarms));
    }
    return out;
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    std::size_t alarms = 1000;
    unsigned load = 1000;
    unsigned delay = 0;
    CLI::App app{"Latency of a smoke alarm from the sensor's publish to the platform's commit"};
    app.add_option("--alarms", alarms);
    app.add_option("--load", load, "other messages a second in the second row");
    app.add_option("--fsync-delay-ms", delay, "added to every fsync of the daemon");
    CLI11_PARSE(app, argc, argv);
    fmt::print("{:<28}{:>9}{:>9}{:>9}{:>9}\n", "alarm: publish to commit", "alarms", "p50 ms",
               "p99 ms", "max ms");
    for (const unsigned others : {0U, load}) {
        auto times = anju::test::measure(alarms, others, delay);
        fmt::print("{:<28}{:>9}{:>9.1f}{:>9.1f}{:>9.1f}\n",
                   others == 0 ? std::string("idle") : fmt::format("{} other messages/s", others),
                   times.size(), anju::test::percentile(times, 0.50),
                   anju::test::percentile(times, 0.99), anju::test::percentile(times, 1.0));
        std::fflush(stdout);
    }
}
