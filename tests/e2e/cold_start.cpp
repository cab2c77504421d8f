// From the start of the daemon to the first message that it acknowledges, with a year in its store:
// bench_cold_start [--homes 20] [--days 365] [--starts 9] [--cold] [--store FOLDER] [--anjud FILE]
// The store is that of homes that lived; the daemon is killed before each start, as by a power cut.
// Of several daemons each has its turn in every round: what else the machine does meets them alike.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/component/store/living_store.hpp"
#include "tests/component/store/samples.hpp"
#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

struct Wanted {
    int homes = 20;
    int days = 365;
    int starts = 9;
    bool cold = false;
    std::filesystem::path store;       ///< kept here for the next measurement; empty: it is not
    std::vector<std::string> daemons;  ///< programs; none: that of this build
};

/// What is on the disk is read from there again.
bool drop_page_cache() {
    ::sync();
    std::ofstream out("/proc/sys/vm/drop_caches");
    out << "3\n" << std::flush;
    return out.good();
}

void live(const Wanted& wanted, const std::filesystem::path& folder) {
    store::Options options = options_in(folder);
    options.durability = store::Durability::off;  // it is made here; the daemon writes in full
    options.keep_readings = std::chrono::hours{24 * 400};
    LivingStore life(options, wanted.homes, 1);
    for (int day = 0; day < wanted.days; ++day) {
        life.live(24h);
        life.keep_house();
    }
    const auto figures = life.journal().figures().value();
    fmt::print("{} days of {} homes: {} inputs, {} alerts, {:.0f} MB\n", wanted.days, wanted.homes,
               figures.last_input, figures.alerts,
               static_cast<double>(figures.database_bytes + figures.wal_bytes) / 1e6);
}

/// Seconds until a smoke alarm, sent every 20 ms by a sensor that waits for it, is acknowledged.
double start(Rig& rig, Fleet& fleet, bool smoke) {
    const auto before = fleet.acknowledged_count();
    const auto from = SteadyClock::now();
    double took = 0;
    std::thread watch([&] {
        while (fleet.acknowledged_count() == before && SteadyClock::now() - from < 120s) {
            std::this_thread::sleep_for(1ms);
        }
        took = std::chrono::duration<double>(SteadyClock::now() - from).count();
    });
    v1::SensorReading reading;
    reading.set_smoke(smoke);
    fleet.say("home0-smoke", sim::Topic::alarm, reading);
    rig.start_daemon();
    watch.join();
    if (fleet.acknowledged_count() == before) throw std::runtime_error(rig.log("anjud"));
    return took;
}

/// Makes the store, or takes the one that was made before.
void furnish(const Wanted& wanted, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    if (wanted.store.empty()) return live(wanted, folder);
    if (!std::filesystem::exists(wanted.store / "anju.db")) live(wanted, wanted.store);
    std::filesystem::copy(wanted.store, folder, std::filesystem::copy_options::recursive);
}

void report(const Wanted& wanted, const std::string& program, std::vector<double> seconds) {
    std::ranges::sort(seconds);
    fmt::print("{}{}{} starts, {}: {:.2f} s at best, median {:.2f} s, {:.2f} s at worst\n", program,
               program.empty() ? "" : ": ", seconds.size(),
               wanted.cold ? "nothing in the page cache" : "page cache warm", seconds.front(),
               seconds[seconds.size() / 2], seconds.back());
}

int run(const Wanted& wanted) {
    Rig rig({.homes = 1,
             .district = false,
             .extra_config = "[store]\nkeep_readings = \"400d\"\nmeasurements_every = \"10s\"\n"});
    furnish(wanted, rig.data_dir());
    rig.start();
    Fleet fleet({.endpoint = rig.home_endpoint("fleet"),
                 .devices = {"home0-smoke"},
                 .first_repeat = 20ms,
                 .longest_repeat = 20ms});
    const std::vector<std::string> daemons =
        wanted.daemons.empty() ? std::vector<std::string>{""} : wanted.daemons;
    std::vector<std::vector<double>> seconds(daemons.size());
    bool smoke = true;
    for (int round = 0; round < wanted.starts; ++round) {
        for (std::size_t which = 0; which < daemons.size(); ++which, smoke = !smoke) {
            rig.kill_daemon();
            rig.use_daemon(daemons[which]);
            if (wanted.cold && !drop_page_cache()) {
                fmt::print("cannot drop the page cache: run it as root, or without --cold\n");
                return 2;
            }
            seconds[which].push_back(start(rig, fleet, smoke));
        }
    }
    for (std::size_t i = 0; i < daemons.size(); ++i) report(wanted, daemons[i], seconds[i]);
    return 0;
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    anju::test::Wanted wanted;
    CLI::App app("Starts the daemon on a store of a year until it acknowledges a message.");
    app.add_option("--homes", wanted.homes, "of 144 messages a day each")->capture_default_str();
    app.add_option("--days", wanted.days, "")->capture_default_str()->check(CLI::Range(1, 380));
    app.add_option("--starts", wanted.starts, "")->capture_default_str()->check(CLI::Range(1, 100));
    app.add_flag("--cold", wanted.cold, "drop the page cache before each; needs root");
    app.add_option("--store", wanted.store, "make the store here, and take it from here again");
    app.add_option("--anjud", wanted.daemons, "a daemon's program; several take turns");
    CLI11_PARSE(app, argc, argv);
    return anju::test::run(wanted);
}
