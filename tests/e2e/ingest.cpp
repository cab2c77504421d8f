// How many messages a second the daemon takes for good: committed, then acknowledged.
//
//   bench_ingest [--seconds 10]
//
// Beside it, in the same run, what bounds it: the broker alone, and a bare subscriber.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <atomic>
#include <boost/json.hpp>
#include <chrono>
#include <thread>

#include "firmware-sim/directory.hpp"
#include "tests/e2e/raw_mqtt.hpp"
#include "tests/e2e/rig.hpp"
#include "tests/e2e/statistics.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t payload = 60;  ///< bytes, about one native water reading

/// The same library as the daemon's, doing nothing with what it gets.
double bare_subscriber_rate(Rig& rig, std::size_t count) {
    std::atomic<std::size_t> received{0};
    std::atomic<bool> ready{false};
    mqtt::Session::Options options;
    options.endpoint = rig.home_endpoint("bare");
    options.subscriptions = {{"bare/#", 0}};
    mqtt::Session subscriber(
        std::move(options), [&](mqtt::Incoming&&) { ++received; }, [&](bool up) { ready = up; });
    subscriber.start();
    while (!ready) std::this_thread::sleep_for(1ms);
    mqtt::Session::Options sending;
    sending.endpoint = rig.home_endpoint("bare-sender");
    sending.queue_limit = count;
    mqtt::Session sender(std::move(sending), [](mqtt::Incoming&&) {}, [](bool) {});
    sender.start();
    while (!sender.connected()) std::this_thread::sleep_for(1ms);
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        sender.publish("bare/x", std::string(payload, 'x'), 0);
    }
    while (received < count && std::chrono::steady_clock::now() - begin < 30s) {
        std::this_thread::sleep_for(1ms);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(received) / took.count();
}

struct Figures {
    double rate{};
    double acked_per_s{};
    double alarm_p99_ms{};
    bool kept_up{};
};

Figures load(Rig& rig, std::size_t devices, unsigned rate, unsigned seconds) {
    const auto text =
        rig.sim({"load", "--devices", std::to_string(devices), "--rate", std::to_string(rate),
                 "--alarm-rate", "10", "--seconds", std::to_string(seconds), "--json"});
    const auto begin = text.find('{');
    if (begin == std::string::npos) throw std::runtime_error("anju-sim load said: " + text);
    const auto end = text.find('\n', begin);
    const boost::json::value out = boost::json::parse(text.substr(begin, end - begin));
    Figures figures;
    figures.rate = rate;
    figures.acked_per_s = out.at("acked_per_s").to_number<double>();
    figures.alarm_p99_ms = out.at("alarm").at("p99_ms").to_number<double>();
    const double half = out.at("unacked_at_half").to_number<double>();
    const double at_end = out.at("unacked_at_end").to_number<double>();
    figures.kept_up = figures.acked_per_s >= 0.98 * rate && at_end <= half + 0.05 * rate &&
                      out.at("unacked_after_drain").to_number<double>() < 1;
    return figures;
}

void measure(std::size_t devices, unsigned fsync_delay_ms, unsigned seconds) {
    Figures best;
    for (const unsigned rate :
         {14000U, 12000U, 10000U, 8000U, 6000U, 5000U, 4000U, 3000U, 2000U, 1000U, 500U}) {
        Rig::Options options;
        options.directory = sim::directory_toml(sim::load_homes(devices, 5));
        options.district = true;
        if (fsync_delay_ms > 0) options.environment = slow_fsync(fsync_delay_ms);
        Rig rig(options);
        rig.start();
        std::this_thread::sleep_for(1s);
        best = load(rig, devices, rate, seconds);
        if (best.kept_up) break;
    }
    fmt::print("{:>9}{:>16}{:>16.0f}{:>16.0f}{:>16.1f}{}\n", devices, fsync_delay_ms, best.rate,
               best.acked_per_s, best.alarm_p99_ms, best.kept_up ? "" : "   did not keep up");
    std::fflush(stdout);
}

void run(unsigned seconds) {
    {
        Rig rig({.homes = 1, .district = false});
        fmt::print("the broker alone, QoS 0                {:>10.0f} messages/s\n",
                   raw_broker_rate(rig.home_broker().port(), "simulator",
                                   rig.home_endpoint("x").password, 100'000, payload));
        fmt::print("broker and a bare subscriber, QoS 0    {:>10.0f} messages/s\n",
                   bare_subscriber_rate(rig, 100'000));
    }
    fmt::print("{:>9}{:>16}{:>16}{:>16}{:>16}\n", "devices", "fsync + ms", "offered/s",
               "committed/s", "alarm p99 ms");
    for (const unsigned delay : {0U, 10U}) {
        for (const std::size_t devices : {200U, 10'000U}) measure(devices, delay, seconds);
    }
}

}  // namespace
}  // namespace anju::test

int main(int argc, char** argv) {
    unsigned seconds = 10;
    CLI::App app{"Sustained ingest: committed, then acknowledged"};
    app.add_option("--seconds", seconds, "of sending, each")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    anju::test::run(seconds);
}
