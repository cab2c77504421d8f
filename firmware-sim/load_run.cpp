#include "firmware-sim/load_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <random>

#include "firmware-sim/json_text.hpp"
#include "firmware-sim/load_link.hpp"
#include "firmware-sim/load_tracker.hpp"
#include "firmware-sim/platform/summary.hpp"
#include "firmware-sim/process_cost.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t burst_limit = 1024;  ///< messages between two looks at the inbox
constexpr auto tick = 1ms;

struct Latencies {
    std::vector<double> ms;

    [[nodiscard]] boost::json::object summary() {
        if (ms.empty()) return {{"count", 0}};
        std::sort(ms.begin(), ms.end());
        return {{"count", ms.size()},
                {"p50_ms", percentile(ms, 500)},
                {"p99_ms", percentile(ms, 990)},
                {"max_ms", ms.back()}};
    }
};

/// One stream of messages at a steady rate; walks round its devices.
struct Pace {
    double rate{};
    Topic topic{};
    std::vector<std::size_t> devices;
    std::uint64_t made = 0;
    std::size_t next = 0;

    [[nodiscard]] std::uint64_t wanted(Seconds elapsed) const {
        return devices.empty() ? 0 : static_cast<std::uint64_t>(elapsed.count() * rate);
    }
};

class LoadRun {
public:
    explicit LoadRun(const LoadOptions& options)
        : options_(options),
          link_(waiter_),
          tracker_({options.devices, options.per_home, draw_boot_id(), options.window}) {}

    int run();

private:
    static std::uint64_t draw_boot_id() {
        std::random_device source;
        return (std::uint64_t{source()} << 32U) | source() | 1U;
    }
    void send_due(Pace& pace, Seconds elapsed);
    bool publish(const LoadMessage& message);
    void repeat_due();
    void receive();
    void send_phase();
    void drain_phase();
    [[nodiscard]] int print();

    LoadOptions options_;
    Waiter waiter_;
    LoadLink link_;
    LoadTracker tracker_;
    ReportWriter report_;
    Pace bulk_;
    Pace alarm_;
    Latencies bulk_latency_;
    Latencies alarm_latency_;
    std::uint64_t refused_ = 0;
    std::uint64_t repeats_ = 0;
    std::uint64_t acked_while_sending_ = 0;
    std::uint64_t window_full_ = 0;
    std::uint64_t queue_full_ = 0;
    std::size_t unacked_half_ = 0;
    std::size_t unacked_end_ = 0;
    double sent_seconds_ = 0;
    double cpu_while_sending_ = 0;
    double drained_seconds_ = 0;
};

bool LoadRun::publish(const LoadMessage& message) {
    const auto id = LoadTracker::device_id(message.device);
    const auto real_ns = real_now_ns();
    const auto steady_ns = steady_now_ns();
    const bool sent = link_.publish(message);
    if (!sent) ++queue_full_;
    if (sent && message.topic == Topic::alarm && report_.enabled()) {
        report_.publish({id, tracker_.options().boot_id, message.seq, 1, "alarm", R"(["smoke"])",
                         from_unix_ms(real_ns / 1'000'000), real_ns, steady_ns});
    }
    return sent;
}

void LoadRun::send_due(Pace& pace, Seconds elapsed) {
    const auto wanted = pace.wanted(elapsed);
    for (std::size_t burst = 0; pace.made < wanted && burst < burst_limit; ++burst) {
        const auto device = pace.devices[pace.next];
        pace.next = (pace.next + 1) % pace.devices.size();
        const auto event_ms = options_.event_time ? real_now_ns() / 1'000'000 : 0;
        const auto message = tracker_.make(device, pace.topic, event_ms, Steady::now());
        if (!message) {
            ++window_full_;
            continue;
        }
        ++pace.made;
        if (!publish(*message)) return;  // it comes again as a repetition; let the queue drain
    }
}

void LoadRun::repeat_due() {
    for (std::size_t burst = 0; burst < burst_limit; ++burst) {
        const auto message = tracker_.repeat(Steady::now());
        if (!message) return;
        ++repeats_;
        if (!publish(*message)) return;
    }
}

void LoadRun::receive() {
    link_.receive(tracker_, [this](const LoadSettled& settled, double took) {
        if (settled.topic == Topic::alarm && report_.enabled()) {
            report_.ack(LoadTracker::device_id(settled.device), tracker_.options().boot_id,
                        settled.seq, settled.refused);
        }
        if (settled.refused) {
            ++refused_;
            return;
        }
        (settled.topic == Topic::alarm ? alarm_latency_ : bulk_latency_).ms.push_back(took);
    });
}

void LoadRun::send_phase() {
    const auto start = Steady::now();
    const auto cost = ProcessCost::now();
    Seconds elapsed{0};
    while (elapsed.count() < options_.seconds && !waiter_.stopping()) {
        receive();
        send_due(alarm_, elapsed);
        send_due(bulk_, elapsed);
        repeat_due();
        if (unacked_half_ == 0 && elapsed.count() >= options_.seconds / 2) {
            unacked_half_ = tracker_.unacknowledged();
        }
        waiter_.wait(Steady::now() + tick);
        elapsed = Steady::now() - start;
    }
    receive();
    sent_seconds_ = elapsed.count();
    cpu_while_sending_ = ProcessCost::now().cpu_seconds - cost.cpu_seconds;
    acked_while_sending_ = bulk_latency_.ms.size() + alarm_latency_.ms.size();
    unacked_end_ = tracker_.unacknowledged();
}

void LoadRun::drain_phase() {
    const auto start = Steady::now();
    Seconds elapsed{0};
    while (tracker_.unacknowledged() > 0 && elapsed.count() < options_.drain_seconds &&
           !waiter_.stopping()) {
        receive();
        repeat_due();
        waiter_.wait(Steady::now() + 5 * tick);
        elapsed = Steady::now() - start;
    }
    drained_seconds_ = elapsed.count();
}

int LoadRun::run() {
    if (!options_.report.empty()) {
        if (auto opened = report_.open(options_.report); !opened) {
            fmt::print(stderr, "anju-sim: {}\n", opened.error().text());
            return 1;
        }
    }
    bulk_ = {options_.rate, Topic::data, {}};
    alarm_ = {options_.alarm_rate, Topic::alarm, {}};
    for (std::size_t i = 0; i < options_.devices; ++i) {
        const bool smoke = i % options_.per_home == 0;
        if (smoke) alarm_.devices.push_back(i);
        if (!smoke || options_.per_home == 1) bulk_.devices.push_back(i);
    }
    const auto connected =
        link_.connect({options_.broker, options_.user, options_.credentials, options_.connections});
    if (!connected) {
        fmt::print(stderr, "anju-sim: {}\n", connected.error().text());
        return 1;
    }
    send_phase();
    drain_phase();
    link_.stop();
    return print();
}

int LoadRun::print() {
    const auto left = tracker_.unacknowledged();
    const auto acked = bulk_latency_.ms.size() + alarm_latency_.ms.size();
    const boost::json::object out{
        {"devices", options_.devices},
        {"target_per_s", options_.rate + options_.alarm_rate},
        {"seconds", sent_seconds_},
        {"sent", bulk_.made + alarm_.made},
        {"sent_per_s", static_cast<double>(bulk_.made + alarm_.made) / sent_seconds_},
        {"acked", acked},
        {"acked_per_s", static_cast<double>(acked_while_sending_) / sent_seconds_},
        {"repeats", repeats_},
        {"refused", refused_},
        {"window_full", window_full_},
        {"queue_full", queue_full_},
        {"unacked_at_half", unacked_half_},
        {"unacked_at_end", unacked_end_},
        {"unacked_after_drain", left},
        {"drain_seconds", drained_seconds_},
        {"cpu_cores", cpu_while_sending_ / sent_seconds_},
        {"peak_mib", ProcessCost::now().peak_mib},
        {"bulk", bulk_latency_.summary()},
        {"alarm", alarm_latency_.summary()}};
    if (options_.json) {
        fmt::print("{}\n", json_text(out));
    } else {
        for (const auto& [key, value] : out) {
            fmt::print("{:<20} {}\n", std::string(key), json_text(value));
        }
    }
    return left == 0 ? 0 : 2;
}

}  // namespace

int run_load(const LoadOptions& options) {
    if (options.devices == 0 || options.per_home == 0 || options.connections == 0 ||
        options.seconds <= 0) {
        fmt::print(stderr,
                   "anju-sim: --devices, --devices-per-home, --connections and --seconds must be "
                   "greater than 0\n");
        return 1;
    }
    return LoadRun(options).run();
}

}  // namespace anju::sim
