// Everything is killed, nothing is lost.
//
//   kill_campaign [--kills 1000] [--seed 1] [--rate 200]
//
// A street of sensors talks to the real daemon through the real broker, the daemon talks to the
// stand-in platform through another. SIGKILL hits one of the four at random moments. Afterwards:
//   every message that got its application ack is in the journal, once;
//   every alert decided is at the platform, once, under one number, without a hole;
//   every alarm that was acknowledged to its sensor has its alert.
// Prints what it counted; exit 0 when nothing is missing.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "tests/e2e/audit.hpp"
#include "tests/e2e/fleet.hpp"
#include "tests/e2e/rig.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

struct Options {
    unsigned kills = 1000;
    unsigned seed = 1;
    unsigned rate = 200;
};

/// Says something new somewhere, about `rate` times a second, until told to stop.
class Street {
public:
    Street(Fleet& fleet, std::size_t homes, unsigned rate, unsigned seed)
        : fleet_(fleet), homes_(homes), rate_(rate), random_(seed), totals_(homes), thread_([this] {
              run();
          }) {}
    ~Street() { stop(); }
    void stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
    }

private:
    void run() {
        auto next = std::chrono::steady_clock::now();
        for (unsigned i = 0; !stopping_; ++i) {
            next += std::chrono::microseconds{1'000'000 / rate_};
            say(i);
            std::this_thread::sleep_until(next);
        }
    }
    void say(unsigned i) {
        const std::size_t home = random_() % homes_;
        v1::SensorReading reading;
        switch (i % 16) {
            case 0:  // each home's first smoke is an alarm, later ones repeat it
                reading.set_smoke(true);
                fleet_.say(Rig::device(home, "smoke"), sim::Topic::alarm, reading);
                break;
            case 1:  // device alerts come and go: work for the bulk lane
                reading.set_tamper(random_() % 2 == 0);
                fleet_.say(Rig::device(home, "door"), sim::Topic::data, reading);
                break;
            case 2:
            case 3:
            case 4:
                reading.set_contact_open(random_() % 2 == 0);
                fleet_.say(Rig::device(home, "door"), sim::Topic::data, reading);
                break;
            case 5:
            case 6:
            case 7:
                reading.set_motion(true);
                fleet_.say(Rig::device(home, "motion"), sim::Topic::data, reading);
                break;
            default:
                reading.set_water_total_ml(totals_[home] +=
                                           static_cast<std::int64_t>(random_() % 900));
                fleet_.say(Rig::device(home, "water"), sim::Topic::data, reading);
        }
    }

    Fleet& fleet_;
    std::size_t homes_;
    unsigned rate_;
    std::mt19937 random_;
    std::vector<std::int64_t> totals_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

/// SIGKILL to one of the four, a pause, and it is back.
const char* kill_one(Rig& rig, std::mt19937& random) {
    const auto pause = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{random() % 150});
    };
    const auto dice = random() % 100;
    if (dice < 60) {
        rig.kill_daemon();
        pause();
        rig.start_daemon();
        return "anjud";
    }
    if (dice < 75) {
        rig.home_broker().kill();
        pause();
        rig.home_broker().start();
        return "home broker";
    }
    if (dice < 90) {
        rig.district_broker().kill();
        pause();
        rig.district_broker().start();
        return "district broker";
    }
    rig.kill_platform();
    pause();
    rig.start_platform();
    return "platform";
}

int run(const Options& options) {
    Rig::Options street;
    street.homes = std::max<std::size_t>(50, options.kills);
    Rig rig(street);
    rig.start();
    std::vector<std::string> devices;
    for (std::size_t home = 0; home < street.homes; ++home) {
        for (const char* what : {"water", "smoke", "door", "motion"}) {
            devices.push_back(Rig::device(home, what));
        }
    }
    Fleet fleet({rig.home_endpoint("fleet"), devices});
    Street talk(fleet, street.homes, options.rate, options.seed);

    std::mt19937 random(options.seed);
    std::map<std::string, unsigned> killed;
    std::this_thread::sleep_for(1s);
    for (unsigned i = 0; i < options.kills; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100 + random() % 900});
        ++killed[kill_one(rig, random)];
        if ((i + 1) % 50 == 0) {
            fmt::print("{} kills, {} messages acknowledged\n", i + 1, fleet.acknowledged_count());
            std::fflush(stdout);
        }
    }
    talk.stop();
    if (!rig.daemon_ready(30s))
        throw std::runtime_error("anjud does not come back:\n" + rig.log("anjud"));
    const bool settled = fleet.settle(180s);
    const bool delivered = outbox_empty(rig, 180s);
    fleet.stop();
    const auto stopped = rig.stop_daemon(30s);
    rig.stop_platform();

    const Audit audit = audit_street(rig, fleet.acknowledged());
    for (const auto& [what, times] : killed) fmt::print("killed {:<16}{:>8}\n", what, times);
    print(audit);
    if (!settled)
        fmt::print("NOT ALL MESSAGES WERE ACKNOWLEDGED: {} sensors wait\n", fleet.waiting());
    if (!delivered) fmt::print("THE OUTBOX DID NOT EMPTY\n{}\n", rig.ctl({"status"}));
    if (stopped != 0) fmt::print("ANJUD DID NOT END ORDERLY\n");
    const bool good = audit.good() && settled && delivered && stopped == 0;
    if (!good) {
        for (const char* name : {"anjud", "platform"}) {
            const std::string log = rig.log(name);
            fmt::print("--- end of the log of {}\n{}\n", name,
                       log.substr(log.size() - std::min<std::size_t>(log.size(), 4000)));
        }
    }
    fmt::print("{}\n", good ? "nothing lost" : "FAILED");
    return good ? 0 : 1;
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    anju::test::Options options;
    CLI::App app{
        "Kills the daemon, the brokers and the platform at random and counts what is lost"};
    app.add_option("--kills", options.kills)->capture_default_str();
    app.add_option("--seed", options.seed)->capture_default_str();
    app.add_option("--rate", options.rate, "messages a second")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        return anju::test::run(options);
    } catch (const std::exception& error) {
        fmt::print("kill_campaign: {}\n", error.what());
        return 1;
    }
}
