#include "firmware-sim/replay/replay_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "firmware-sim/homes/home_run_parts.hpp"
#include "firmware-sim/json_text.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/replay/replay_parts.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t most_files = 10'000;

int fail(const Error& error) {
    fmt::print(stderr, "anju-sim: {}\n", error.text());
    return 1;
}

Instant world_now() {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

result<std::vector<std::string>> files_of(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(path, error)) return std::vector<std::string>{path};
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(path, error)) {
        const auto name = entry.path().string();
        if (name.ends_with(".csv") || name.ends_with(".csv.gz")) out.push_back(name);
    }
    if (error) return Error{"cannot list: " + error.message(), path, "check its rights"};
    if (out.empty()) {
        return Error{"there is no recording", path, "put files *.csv or *.csv.gz into it"};
    }
    if (out.size() > most_files) {
        return Error{"more than 10,000 recordings", path, "play a part of them"};
    }
    std::ranges::sort(out);
    return out;
}

result<std::vector<recorded::Recording>> read_all(const std::string& path,
                                                  recorded::BadLines& bad) {
    const auto files = files_of(path);
    if (!files) return files.error();
    std::vector<recorded::Recording> out;
    for (const auto& file : *files) {
        auto recording = read_recording(file, bad);
        if (!recording) return recording.error();
        out.push_back(std::move(*recording));
    }
    return out;
}

}  // namespace

ReplayRun::ReplayRun(const ReplayOptions& options, Playback playback, std::uint64_t bad_lines)
    : options_(options),
      playback_(std::move(playback)),
      box_(options.control),
      link_(waiter_),
      clock_(playback_.begin(), 1.0, Steady::now()),
      run_(fmt::format("replay-{:016x}", draw_boot_id())) {
    figures_.bad_lines = bad_lines;
    const auto& homes = playback_.homes();
    for (std::size_t h = 0; h < homes.size(); ++h) {
        auto& row = index_.emplace_back();
        for (std::size_t d = 0; d < homes[h].devices.size(); ++d) {
            const auto& device = homes[h].devices[d];
            row.push_back(sensors_.size());
            if (device.protocol != Protocol::native) {
                foreign_.add(device, 1);
                continue;
            }
            const auto& id = device.device.id.value;
            by_id_.emplace(id, sensors_.size());
            SensorOutbox::Options outbox{.device_id = id, .boot_id = draw_boot_id()};
            sensors_.push_back({h, d, SensorOutbox{std::move(outbox)}, std::nullopt});
        }
    }
}

/// Of the gateway, whose clock may be a driven one that nobody has set yet: then it shows no time,
/// and no zone either, until it is told one that is earlier than any that comes.
result<ReplayBox::State> ReplayRun::ask_state() {
    auto state = box_.state();
    if (!state || !state->driven_clock || state->now != Instant{}) return state;
    const Instant before = playback_.begin() - 24h;
    if (const auto there = step_to(before); !there) return there.error();
    return box_.state();
}

result<void> ReplayRun::settle() {
    if (options_.control.empty()) {
        if (!options_.rate) {
            return Error{"no control socket", "--speed step",
                         "give --control, or a speed like --speed 1200"};
        }
        own_clock_ = options_.rate != 1.0;
        shift_ = -utc_offset;
        if (!own_clock_) join_now();
        return {};
    }
    const auto state = ask_state();
    if (!state) return state.error();
    shift_ = -state->utc_offset;
    own_clock_ = state->driven_clock;
    if (own_clock_) {
        // A driven clock never goes back: the same weekday, as many weeks later as it takes.
        while (playback_.begin() + shift_ < state->now) shift_ += 24h * 7;
        return {};
    }
    if (options_.rate != 1.0) {
        return Error{"the clock of this gateway is the real one", "--speed",
                     "take --speed real, or a gateway for tests with a driven clock"};
    }
    // Sensors that were never in these rooms: whoever is called must know that it is no alarm.
    drill_ = options_.staff ? "staff" : "maintainers";
    if (!state->drills_allowed) {
        return Error{"drills are not allowed on this box",
                     {},
                     "set allowed = true in [drill] of its configuration and restart it"};
    }
    join_now();
    return {};
}

/// At the weekday and the hour that it is; where the recording is too short, at its beginning.
void ReplayRun::join_now() {
    const Duration week = 24h * 7;
    const Duration behind = world_now() - (playback_.begin() + shift_);
    const Duration into = (behind % week + week) % week;
    if (playback_.begin() + into >= playback_.end()) {
        shift_ += behind;
        return;
    }
    shift_ += behind - into;
    while (const auto at = playback_.next()) {
        if (*at >= playback_.begin() + into) break;
        (void)playback_.take();
        ++figures_.skipped;
    }
}

result<void> ReplayRun::start() {
    const auto connected = link_.connect(options_.link, playback_.homes(), options_.connect_limit);
    if (!connected) return connected.error();
    if (const auto ready = settle(); !ready) return ready;
    const auto first = playback_.next().value_or(playback_.begin());
    const auto now = Steady::now();
    clock_ = SimClock{own_clock_ ? first + shift_ : world_now(), options_.rate.value_or(1.0), now};
    if (own_clock_) set_clock(first + shift_, 0);
    if (!options_.control.empty()) {
        if (own_clock_) {
            if (const auto there = step_to(first + shift_); !there) return there;
        }
        if (const auto known = box_.add(playback_.directory(drill_)); !known) return known;
    }
    foreign_.announce();
    clock_ = SimClock{clock_.read(now), options_.rate.value_or(1.0), Steady::now()};
    return {};
}

result<void> ReplayRun::step() {
    const auto at = *playback_.next() + shift_;
    if (const auto there = step_to(at); !there) return there;
    const Played played = playback_.take();
    const auto over = seen(played);
    if (!over) return over.error();
    const auto& device = playback_.homes()[played.home].devices[played.device];
    const auto done =
        device.protocol == Protocol::native ? step_native(played) : step_foreign(played, device);
    if (!done) return done;
    return close(*over);
}

void ReplayRun::live() {
    while (const auto at = playback_.next()) {
        if (*at + shift_ > clock_.read(Steady::now())) return;
        const Played played = playback_.take();
        auto over = seen(played);
        say(played);
        const auto done = over ? close(*over) : result<void>{over.error()};
        if (!done) fmt::print(stderr, "anju-sim: not closed: {}\n", done.error().text());
    }
}

void ReplayRun::flow() {
    while (playback_.next() && !waiter_.stopping()) {
        receive();
        live();
        const auto now = Steady::now();
        send(now);
        if (now >= next_clock_) send_clock(now);
        auto wake = next_clock_;
        if (const auto at = playback_.next()) wake = std::min(wake, clock_.when(*at + shift_));
        if (!due_.empty()) wake = std::min(wake, due_.begin()->first);
        waiter_.wait(wake);
    }
    clock_.set_rate(1.0, Steady::now());
    send_clock(Steady::now());
}

int ReplayRun::run() {
    auto done = start();
    if (!done) return waiter_.stopping() ? 0 : fail(done.error());
    if (options_.rate) {
        flow();
        done = await_answers();
    } else {
        while (done && playback_.next() && !waiter_.stopping()) done = step();
        // Ended early it stays where it is: a driven clock never goes back.
        if (done && !playback_.next()) set_clock(playback_.end() + shift_, 1);
    }
    link_.flush(2s);
    figures_.unacknowledged = unacknowledged();
    figures_.unheard = playback_.unheard();
    for (const auto& home : playback_.homes()) {
        if (!options_.control.empty() && (options_.remove || !drill_.empty())) {
            const auto gone = box_.remove(home.id.value);
            if (!gone) (void)fail(gone.error());
        }
    }
    report();
    if (!done) return fail(done.error());
    return figures_.unacknowledged == 0 && figures_.refused == 0 ? 0 : 2;
}

void ReplayRun::report() const {
    const auto& f = figures_;
    if (options_.json) {
        fmt::print("{}\n", json_text(boost::json::object{{"homes", playback_.homes().size()},
                                                         {"messages", f.messages},
                                                         {"readings", f.readings},
                                                         {"repeated", f.repeated},
                                                         {"acknowledged", f.acknowledged},
                                                         {"refused", f.refused},
                                                         {"unacknowledged", f.unacknowledged},
                                                         {"bad_lines", f.bad_lines},
                                                         {"unheard_rows", f.unheard},
                                                         {"skipped", f.skipped},
                                                         {"closed_alerts", f.closed},
                                                         {"shift_ms", shift_.count()}}));
        return;
    }
    fmt::print(
        "{} messages with {} readings, {} repetitions, {} acknowledged, {} refused, {} sensors "
        "unanswered; {} bad lines, {} rows unheard, {} messages skipped, {} alerts closed\n",
        f.messages, f.readings, f.repeated, f.acknowledged, f.refused, f.unacknowledged,
        f.bad_lines, f.unheard, f.skipped, f.closed);
}

int run_replay(const ReplayOptions& options) {
    recorded::BadLines bad;
    auto recordings = read_all(options.recordings, bad);
    for (const Error& error : bad.first) fmt::print(stderr, "anju-sim: {}\n", error.text());
    if (bad.count > 0) fmt::print(stderr, "anju-sim: {} bad lines left out\n", bad.count);
    if (!recordings) return fail(recordings.error());
    auto playback = Playback::make(std::move(*recordings), options.playback);
    if (!playback) return fail(playback.error());
    if (options.print_directory) {
        fmt::print("{}", playback->directory());
        return 0;
    }
    return ReplayRun(options, std::move(*playback), bad.count).run();
}

}  // namespace anju::sim
