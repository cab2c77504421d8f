#include "firmware-sim/homes/home_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "firmware-sim/homes/home_run_parts.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

/// A gateway that finds its broker back tries again within 10 s.
constexpr auto prepare_limit = 20s;
constexpr SteadyTime::duration look_every = 1ms;
/// A clock that stands goes on by a thousandth, in the gateway a little later than here. Less than
/// the shortest step (Pace), or a gateway that was not told yet would be taken for one that was.
constexpr Duration standing_lag = 200ms;

/// Whether a gateway that shows `has` was told `wanted`; a clock that was set back was ahead.
bool is_there(Instant has, Instant wanted) {
    return has >= wanted - standing_lag && has <= wanted + standing_lag;
}

}  // namespace

void HomeRun::say(const std::string& line) const {
    if (!options_.story) return;
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

void HomeRun::add_homes() {
    for (std::size_t h = 0; h < homes_.size(); ++h) {
        models_.emplace_back(homes_[h], start_, end_,
                             derive_seed(options_.seed, homes_[h].id.value));
        if (const auto next = models_.back().next()) upcoming_.emplace(*next, h);
        auto& row = device_index_.emplace_back();
        for (std::size_t d = 0; d < homes_[h].devices.size(); ++d) {
            const auto& device = homes_[h].devices[d];
            row.push_back(devices_.size());
            const auto& id = device.device.id.value;
            if (device.protocol != Protocol::native) {
                foreign_.add(device, options_.seed);
                continue;
            }
            by_id_.emplace(id, devices_.size());
            SensorOutbox::Options outbox{.device_id = id, .boot_id = draw_boot_id()};
            devices_.push_back({h, d, SensorOutbox{std::move(outbox)}, std::nullopt,
                                Random{derive_seed(options_.seed, id)}});
        }
    }
}

void HomeRun::set_shift() {
    if (options_.own_clock) return;
    const auto real = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    shift_ = real.time_since_epoch() - start_.time_since_epoch();
}

void HomeRun::greet() {
    set_shift();
    const auto now = Steady::now();
    set_rate(std::min(rate_, 1.0), now);
    foreign_.announce();
    for (std::size_t h = 0; h < models_.size(); ++h) perform(h, models_[h].hello());
    phase_until_ = now + options_.await_gateway;
}

result<void> HomeRun::prepare() {
    if (!options_.prepare) return {};
    const auto limit = Steady::now() + prepare_limit;
    auto ready = options_.prepare();
    while (!ready && Steady::now() < limit && !waiter_.stopping()) {
        waiter_.wait(Steady::now() + 200ms);
        send_clock(Steady::now());
        ready = options_.prepare();
    }
    return ready;
}

int HomeRun::run() {
    add_homes();
    if (!options_.report.empty()) {
        if (auto opened = report_.open(options_.report); !opened) {
            fmt::print(stderr, "anju-sim: {}\n", opened.error().text());
            return 1;
        }
    }
    if (const auto ready = network_.check(); !ready) {
        fmt::print(stderr, "anju-sim: {}\n", ready.error().text());
        return 1;
    }
    if (auto connected = link_.connect(options_.link, homes_, options_.connect_limit); !connected) {
        fmt::print(stderr, "anju-sim: {}\n", connected.error().text());
        return waiter_.stopping() ? 0 : 1;
    }
    say(fmt::format("# {} · {}  (seed {}, 1 s = {:g} s)", scenario_.title_zh, scenario_.title_en,
                    options_.seed, rate_));
    greet();
    if (const auto ready = prepare(); !ready) {
        fmt::print(stderr, "anju-sim: {}\n", ready.error().text());
        return 1;
    }
    while (!done_ && !waiter_.stopping()) {
        step(Steady::now());
        if (!done_) waiter_.wait(wake_at());
    }
    if (!options_.gateway_time) set_rate(1.0, Steady::now());
    link_.flush(2s);
    const auto left = unacknowledged();
    fmt::print(stderr,
               "anju-sim: {} messages sent, {} repetitions, {} acknowledged, {} refused, {} "
               "unacknowledged\n",
               sent_, repeated_, acknowledged_, refused_, left);
    if (failed_) return 1;
    return options_.until_acked && (left != 0 || !foreign_.idle()) ? 2 : 0;
}

void HomeRun::step(SteadyTime now) {
    receive();
    if (phase_ == Phase::greeting && (unacknowledged() == 0 || now >= phase_until_)) {
        if (unacknowledged() != 0 && options_.await_gateway > 0s) {
            fmt::print(stderr,
                       "anju-sim: the gateway has not answered {} sensors; going on. Is "
                       "anjud running, and does it know these devices?\n",
                       unacknowledged());
        }
        set_shift();
        phase_ = Phase::running;
        stuck_at_ = now + stuck_after;
        set_rate(rate_, now);
    }
    if (phase_ == Phase::running && options_.gateway_time) go_on(now);
    if (phase_ == Phase::running && !failed_) live(now);
    send_native(now);
    send_foreign(now);
    if (now >= next_clock_) send_clock(now);
    if (phase_ == Phase::draining) {
        const bool settled = unacknowledged() == 0 && foreign_.idle();
        done_ = !options_.until_acked || settled || now >= phase_until_;
    }
}

bool HomeRun::settled() const {
    if (network_.deaf("home")) return true;  // then nobody can answer
    return foreign_.idle() && std::ranges::all_of(devices_, [&](const RunningDevice& device) {
               return device.outbox.idle() || network_.deaf(device.outbox.options().device_id);
           });
}

/// First the time, then what happens at it, then everything acknowledged: only then the next.
void HomeRun::go_on(SteadyTime now) {
    if (told_time_ && settled()) {
        const Instant at = clock_.read(now);
        const Instant next = std::min(pace_.after(at), end_);
        skipped_ += next - at;
        clock_ = SimClock{next, standing, now};
        told_time_ = false;
        next_look_ = now + look_every;
        stuck_at_ = now + stuck_after;
        send_clock(now);
        return;
    }
    if (now < next_look_) return;
    next_look_ = now + (told_time_ ? 100ms : look_every);
    if (!told_time_) {
        const auto has = options_.gateway_time();
        told_time_ = network_.deaf("home") || (has && is_there(*has, clock_.read(now) + set_by_));
    }
    if (now < stuck_at_) return;
    fmt::print(stderr,
               "anju-sim: at {} the box does not follow; {} sensors have no answer. Look at its "
               "log\n",
               format_local(clock_.read(now)), unacknowledged());
    failed_ = true;
    done_ = true;
}

void HomeRun::live(SteadyTime now) {
    if (options_.gateway_time && !told_time_) return;
    const auto simulated = clock_.read(now);
    set_clock(simulated, now);
    if (options_.gateway_time && !told_time_) return;
    while (!upcoming_.empty() && upcoming_.begin()->first <= simulated) {
        const auto [at, home] = *upcoming_.begin();
        upcoming_.erase(upcoming_.begin());
        Output output;
        models_[home].advance(at, output);
        perform(home, output);
        if (const auto next = models_[home].next()) upcoming_.emplace(*next, home);
    }
    work(simulated);
    flood(simulated);
    for (const auto& line : network_.advance(simulated)) {
        say(fmt::format("{}  {} · {}", format_local(line.at), line.text.zh, line.text.en));
        if (!line.error.empty()) fmt::print(stderr, "anju-sim: {}\n", line.error);
    }
    if (simulated < end_) return;
    network_.heal();
    say(fmt::format("# {} 结束 · the end", format_local(end_)));
    phase_ = Phase::draining;
    phase_until_ = now + options_.ack_limit;
    set_rate(std::min(rate_, 1.0), now);
}

/// The gateway has it before anything else happens at that moment.
void HomeRun::set_clock(Instant simulated, SteadyTime now) {
    const auto midnight = local_midnight(start_);
    while (clock_sets_ < scenario_.clock.size() &&
           midnight + scenario_.clock[clock_sets_].at <= simulated) {
        const auto by = scenario_.clock[clock_sets_++].by;
        set_by_ += by;
        const auto span =
            format_duration(std::chrono::floor<std::chrono::seconds>(by < Duration{} ? -by : by));
        say(fmt::format("{}  网关时钟{}拨 {} · the gateway's clock is set {} by {}",
                        format_local(simulated), by < Duration{} ? "回" : "前", span,
                        by < Duration{} ? "back" : "forward", span));
        told_time_ = false;
        next_look_ = now + look_every;
        send_clock(now);
    }
}

void HomeRun::work(Instant simulated) {
    while (care_.next() && *care_.next() <= simulated) {
        const CareLink::Done done = care_.do_next();
        say(fmt::format("{}  {} · {}", format_local(done.at), done.line.zh, done.line.en));
        if (done.answer.empty()) continue;
        fmt::print(stderr, "anju-sim: not entered: {}\n", done.answer);
    }
}

void HomeRun::set_rate(double rate, SteadyTime now) {
    if (phase_ == Phase::greeting) clock_ = SimClock{start_, rate, now};
    clock_.set_rate(rate, now);
    send_clock(now);
}

SteadyTime HomeRun::wake_at() const {
    auto at = next_clock_;
    if (phase_ == Phase::running && options_.gateway_time) {
        at = std::min(at, told_time_ && settled() ? SteadyTime{} : next_look_);
    } else if (phase_ == Phase::running) {
        at = std::min(at, clock_.when(upcoming_.empty() ? end_ : upcoming_.begin()->first));
        at = std::min(at, clock_.when(end_));
        for (const auto& each : floods_) at = std::min(at, clock_.when(each.next));
        if (const auto change = network_.next()) at = std::min(at, clock_.when(*change));
        if (const auto errand = care_.next()) at = std::min(at, clock_.when(*errand));
    } else {
        at = std::min(at, phase_until_);
    }
    if (!due_.empty()) at = std::min(at, due_.begin()->first - skipped_);
    if (!foreign_.idle()) at = std::min(at, next_foreign_);
    return at;
}

int run_home(const HomeOptions& options) {
    auto scenario = load_scenario(options.scenario);
    if (!scenario) {
        fmt::print(stderr, "anju-sim: {}\n", scenario.error().text());
        return 1;
    }
    return run_scenario(options, std::move(*scenario)).status;
}

HomeOutcome run_scenario(const HomeOptions& options, Scenario scenario) {
    HomeRun run(options, std::move(scenario));
    const int status = run.run();
    return {status, run.aborted(), run.shift()};
}

}  // namespace anju::sim
