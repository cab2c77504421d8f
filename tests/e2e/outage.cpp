// The platform is gone for a week, then it is back.
//
//   bench_outage [--rows 200000]
//
// The district broker is stopped, the daemon decides `rows` events (device alerts that come and
// go in a hundred homes) and, last of all, one smoke alarm. When the district returns: the alarm
// must be first, everything must arrive once; how long it takes, and what it does to memory.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

#include "anju/v1/event.pb.h"
#include "firmware-sim/platform/store.hpp"
#include "tests/e2e/audit.hpp"
#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t homes = 100;

v1::SensorReading tamper(bool open) {
    v1::SensorReading reading;
    reading.set_tamper(open);
    return reading;
}

double megabytes(std::size_t bytes) {
    return static_cast<double>(bytes) / 1e6;
}

int run(std::size_t rows) {
    Rig rig({.homes = homes});
    rig.start();
    std::vector<std::string> devices;
    for (std::size_t home = 0; home < homes; ++home) {
        devices.push_back(Rig::device(home, "door"));
        devices.push_back(Rig::device(home, "smoke"));
    }
    Fleet fleet({rig.home_endpoint("fleet"), devices});
    std::this_thread::sleep_for(1s);
    rig.kill_platform();
    rig.district_broker().stop();
    const std::size_t before = rig.daemon_memory();

    for (std::size_t row = 0; row < rows; ++row) {
        fleet.say(Rig::device(row % homes, "door"), sim::Topic::data,
                  tamper((row / homes) % 2 == 0));
        if (row % (homes * 20) == homes * 20 - 1 && !fleet.settle(120s)) {
            throw std::runtime_error("messages stayed unacknowledged");
        }
    }
    v1::SensorReading smoke;
    smoke.set_smoke(true);
    fleet.say(Rig::device(0, "smoke"), sim::Topic::alarm, smoke);
    if (!fleet.settle(120s)) throw std::runtime_error("messages stayed unacknowledged");
    const std::size_t waiting = rig.daemon_memory();

    rig.district_broker().start();
    const auto back = std::chrono::steady_clock::now();
    rig.start_platform();
    std::size_t most = waiting;
    std::size_t polls = 0;
    bool empty = false;
    while (!empty && polls++ < 600) {
        empty = outbox_empty(rig, 1s);
        most = std::max(most, rig.daemon_memory());
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - back;
    (void)rig.stop_daemon(30s);
    rig.stop_platform();

    const Audit audit = audit_street(rig, fleet.acknowledged());
    auto store = sim::PlatformStore::open(rig.platform_file(), sim::PlatformStore::Mode::read);
    std::int64_t alarm_ns = 0;
    std::int64_t first_ns = 0;
    std::size_t arrived = 0;
    const auto read = store.value().events([&](const sim::StoredEvent& row) {
        ++arrived;
        if (first_ns == 0) first_ns = row.received_ns;
        if (row.stream.lane == v1::LANE_ALARM && alarm_ns == 0) alarm_ns = row.received_ns;
        return true;
    });
    if (!read) throw std::runtime_error(read.error().text());
    fmt::print("events waiting when the district came back {:>12}\n", arrived);
    fmt::print("  the alarm after the first event           {:>12.1f} ms\n",
               static_cast<double>(alarm_ns - first_ns) / 1e6);
    fmt::print("  all delivered and acknowledged after      {:>12.1f} s\n", took.count());
    fmt::print("  events a second                           {:>12.0f}\n",
               static_cast<double>(arrived) / took.count());
    fmt::print("memory before, waiting, at most             {:>5.1f} {:>5.1f} {:>5.1f} MB\n",
               megabytes(before), megabytes(waiting), megabytes(most));
    print(audit);
    return audit.good() && empty ? 0 : 1;
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    std::size_t rows = 200'000;
    CLI::App app{"A week without the platform"};
    app.add_option("--rows", rows)->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        return anju::test::run(rows);
    } catch (const std::exception& error) {
        fmt::print("bench_outage: {}\n", error.what());
        return 1;
    }
}
