#include "firmware-sim/hub_run.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "firmware-sim/directory.hpp"
#include "firmware-sim/homes/home_run_parts.hpp"
#include "firmware-sim/hub_screen.hpp"
#include "firmware-sim/latency_histogram.hpp"
#include "firmware-sim/process_watch.hpp"
#include "firmware-sim/replay/replay_box.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t burst_limit = 1024;  ///< messages between two looks at the inbox
constexpr std::size_t most_homes = 100'000;
constexpr std::size_t window = 64;

HubLatency summary(const LatencyHistogram& histogram) {
    return {histogram.count(), histogram.percentile(500), histogram.percentile(950),
            histogram.percentile(990), histogram.largest()};
}

/// Draws a screen over the one before.
class Redraw {
public:
    void draw(const std::string& screen) {
        winsize size{};
        (void)::ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
        const int room = size.ws_row > 1 ? size.ws_row - 1 : 23;
        std::string out = lines_ > 0 ? fmt::format("\033[{}A", lines_) : std::string();
        lines_ = 0;
        for (std::size_t from = 0; from < screen.size() && lines_ < room; ++lines_) {
            const auto end = screen.find('\n', from);
            out += screen.substr(from, end - from) + "\033[K\n";
            from = end + 1;
        }
        fmt::print(stderr, "{}\033[J", out);
    }

private:
    int lines_ = 0;
};

class HubRun {
public:
    explicit HubRun(const HubOptions& options)
        : options_(options),
          box_(options.control),
          homes_(load_homes(options.homes * options.per_home, options.per_home)),
          link_(waiter_),
          tracker_({options.homes * options.per_home, options.per_home, draw_boot_id(), window}) {
        for (auto& home : homes_) home.community = options.community;
    }

    int run();

private:
    struct Pace {
        double rate{};
        Topic topic{};
        std::size_t first{};  ///< of its devices
        std::size_t step{};   ///< to the next; wraps
        std::size_t next{};
        std::uint64_t made{};
    };
    struct Last {
        SteadyTime at{};
        std::uint64_t sent{};
        std::uint64_t acked{};
        double own_cpu{};
        double watched_cpu{};
    };

    result<void> add_homes();
    void remove_homes();
    void send_due(Pace& pace, double elapsed);
    void repeat_due();
    void receive();
    void work(double elapsed);
    void tell(double elapsed, bool final);
    void measure(HubFigures& out, double elapsed);
    [[nodiscard]] std::size_t next_of(Pace& pace) const;

    HubOptions options_;
    Waiter waiter_;
    ReplayBox box_;
    std::vector<SimHome> homes_;
    LoadLink link_;
    LoadTracker tracker_;
    Pace bulk_;
    Pace alarm_;
    LatencyHistogram bulk_took_;
    LatencyHistogram alarm_took_;
    std::uint64_t refused_ = 0;
    std::uint64_t repeats_ = 0;
    std::uint64_t window_full_ = 0;
    std::uint64_t queue_full_ = 0;
    SteadyTime next_tell_{};
    Last first_;
    Last last_;
    HubFigures shown_;
    Redraw redraw_;
};

/// A hub in service is told that nobody lives in these homes.
result<void> HubRun::add_homes() {
    if (options_.control.empty()) return {};
    const auto state = box_.state();
    if (!state) return state.error();
    if (!state->drills_allowed && !state->driven_clock) {
        return Error{"homes that do not exist are drills, and not allowed on this hub",
                     {},
                     "set allowed = true in [drill] of its configuration and restart it"};
    }
    return box_.add(directory_toml(homes_, {}, state->drills_allowed ? "maintainers" : ""));
}

void HubRun::remove_homes() {
    if (options_.control.empty() || options_.keep) return;
    std::size_t left = 0;
    std::string why;  // of the first; the others' is most often the same
    for (const auto& home : homes_) {
        const auto gone = box_.remove(home.id.value);
        if (gone) continue;
        if (left++ == 0) why = gone.error().text();
    }
    if (left == 0) return;
    fmt::print(stderr, "anju-sim: {} of {} homes are left on the hub: {}\n", left, homes_.size(),
               why);
}

std::size_t HubRun::next_of(Pace& pace) const {
    const auto device = pace.next;
    pace.next += pace.step;
    if (pace.next >= tracker_.options().devices) pace.next = pace.first;
    return device;
}

void HubRun::send_due(Pace& pace, double elapsed) {
    const auto wanted = static_cast<std::uint64_t>(pace.rate * elapsed);
    for (std::size_t burst = 0; pace.made < wanted && burst < burst_limit; ++burst) {
        const auto now = Steady::now();
        const auto message =
            tracker_.make(next_of(pace), pace.topic, real_now_ns() / 1'000'000, now);
        if (!message) {
            ++window_full_;
            continue;
        }
        ++pace.made;
        if (link_.publish(*message)) continue;
        ++queue_full_;  // it comes again as a repetition; let the queue drain
        return;
    }
}

void HubRun::repeat_due() {
    for (std::size_t burst = 0; burst < burst_limit; ++burst) {
        const auto message = tracker_.repeat(Steady::now());
        if (!message) return;
        ++repeats_;
        if (link_.publish(*message)) continue;
        ++queue_full_;
        return;
    }
}

void HubRun::receive() {
    link_.receive(tracker_, [this](const LoadSettled& settled, double took) {
        if (settled.refused) {
            ++refused_;
        } else {
            (settled.topic == Topic::alarm ? alarm_took_ : bulk_took_).add(took);
        }
    });
}

void HubRun::measure(HubFigures& out, double elapsed) {
    const auto now = Steady::now();
    const double since = std::max(Seconds(now - last_.at).count(), 1e-3);
    out.seconds = std::min(elapsed, options_.seconds);
    out.sent = bulk_.made + alarm_.made;
    out.acked = bulk_took_.count() + alarm_took_.count();
    out.refused = refused_;
    out.repeats = repeats_;
    out.window_full = window_full_;
    out.queue_full = queue_full_;
    out.sent_per_s = static_cast<double>(out.sent - last_.sent) / since;
    out.acked_per_s = static_cast<double>(out.acked - last_.acked) / since;
    out.unacknowledged = tracker_.unacknowledged();
    const auto oldest = tracker_.oldest_unacknowledged();
    out.lag_s = oldest ? Seconds(now - *oldest).count() : 0;
    out.bulk = summary(bulk_took_);
    out.alarm = summary(alarm_took_);
    Last next{now, out.sent, out.acked, last_.own_cpu, last_.watched_cpu};
    const auto cost = [&](int pid, double& before, double after_s) -> std::optional<HubCost> {
        const auto sample = sample_process(pid);
        if (!sample) return std::nullopt;
        const HubCost is{(sample->cpu_seconds - before) / after_s, sample->mib};
        before = sample->cpu_seconds;
        return is;
    };
    out.own = cost(::getpid(), next.own_cpu, since).value_or(HubCost{});
    out.watched.reset();
    if (options_.watch_pid > 0) out.watched = cost(options_.watch_pid, next.watched_cpu, since);
    last_ = next;
}

void HubRun::tell(double elapsed, bool final) {
    if (!final && Steady::now() < next_tell_) return;
    next_tell_ = Steady::now() + 1s;
    // The last word is of the whole run.
    if (final) last_ = first_;
    measure(shown_, elapsed);
    if (options_.json) {
        fmt::print("{}\n", hub_json(shown_, final));
        std::fflush(stdout);
    } else if (final) {
        // Once more in full, where it can be kept.
        if (::isatty(STDERR_FILENO) != 0) redraw_.draw("");
        fmt::print("{}", hub_screen(shown_));
    } else if (::isatty(STDERR_FILENO) != 0) {
        redraw_.draw(hub_screen(shown_));
    } else {
        fmt::print(stderr, "{:.0f} s  sent {}  acknowledged {}  waiting {}  p99 {:.1f} ms\n",
                   shown_.seconds, shown_.sent, shown_.acked, shown_.unacknowledged,
                   shown_.bulk.p99_ms);
    }
}

void HubRun::work(double elapsed) {
    receive();
    repeat_due();
    tell(elapsed, false);
}

int HubRun::run() {
    const auto sensors = options_.homes * options_.per_home;
    // The first sensor of a home is its smoke alarm.
    alarm_ = {options_.alarm_rate, Topic::alarm, 0, options_.per_home, 0, 0};
    bulk_ = {static_cast<double>(sensors) / options_.every_seconds, Topic::data, 0, 1, 0, 0};
    shown_.broker = options_.link.broker;
    shown_.homes = options_.homes;
    shown_.sensors = sensors;
    shown_.of_seconds = options_.seconds;
    shown_.target_per_s = bulk_.rate + alarm_.rate;
    shown_.watched_pid = options_.watch_pid;
    auto ready = link_.connect(options_.link);
    if (ready) ready = add_homes();
    if (!ready) {
        fmt::print(stderr, "anju-sim: {}\n", ready.error().text());
        return waiter_.stopping() ? 0 : 1;
    }
    measure(shown_, 0);
    first_ = last_;
    const auto start = Steady::now();
    next_tell_ = start + 1s;
    const auto elapsed = [&] { return Seconds(Steady::now() - start).count(); };
    while (elapsed() < options_.seconds && !waiter_.stopping()) {
        send_due(alarm_, elapsed());
        send_due(bulk_, elapsed());
        work(elapsed());
        waiter_.wait(Steady::now() + 1ms);
    }
    const auto until = elapsed() + options_.drain_seconds;
    while (tracker_.unacknowledged() > 0 && elapsed() < until && !waiter_.stopping()) {
        work(elapsed());
        waiter_.wait(Steady::now() + 5ms);
    }
    tell(elapsed(), true);
    link_.stop();
    remove_homes();
    return tracker_.unacknowledged() == 0 ? 0 : 2;
}

}  // namespace

int run_hub(const HubOptions& options) {
    if (options.homes == 0 || options.homes > most_homes || options.per_home == 0 ||
        !(options.every_seconds > 0) || !(options.seconds > 0) || options.link.connections == 0) {
        fmt::print(stderr,
                   "anju-sim: --homes must be 1 to 100000; --devices-per-home, --every, --seconds "
                   "and --connections greater than 0\n");
        return 1;
    }
    if (options.watch_pid > 0 && !sample_process(options.watch_pid)) {
        fmt::print(stderr, "anju-sim: --watch-pid {}: there is no such process\n",
                   options.watch_pid);
        return 1;
    }
    return HubRun(options).run();
}

}  // namespace anju::sim
