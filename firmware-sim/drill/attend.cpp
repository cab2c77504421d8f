#include "firmware-sim/drill/attend.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>
#include <utility>

#include "control/client.hpp"
#include "firmware-sim/drill/box.hpp"
#include "firmware-sim/waiter.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::size_t most_rows = 64;
constexpr std::size_t most_faults = 8;
constexpr std::size_t most_output = 1 << 20;
constexpr auto call_every = 1s;
constexpr auto box_is_asked = 10s;
constexpr auto longest_end = 90s;  ///< until a drill that was told to end is killed

std::string text(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

bool is_true(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// A file that exists in memory only, for what another process prints.
class Output {
public:
    Output() : fd_(::memfd_create("drill", MFD_CLOEXEC)) {}
    ~Output() {
        if (fd_ >= 0) ::close(fd_);
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] std::string read() const {
        std::string out(most_output, '\0');
        const auto size = ::pread(fd_, out.data(), out.size(), 0);
        out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return out;
    }

private:
    int fd_;
};

/// One drill, in a process of its own.
class PlayedDrill {
public:
    PlayedDrill(std::uint64_t number, DrillOptions options, Instant start, Duration lasts)
        : number_(number), start_(start), lasts_(lasts) {
        options.json = true;
        std::fflush(nullptr);
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ != 0) return;
        // Whoever attends may be killed: then this ends as after Ctrl-C.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(1);
        ::dup2(out_.fd(), STDOUT_FILENO);
        ::dup2(err_.fd(), STDERR_FILENO);
        int status = 1;
        try {
            status = run_drill(options);
        } catch (const std::exception& error) {
            fmt::print(stderr, "anju-sim: {}\n", error.what());
        }
        std::fflush(nullptr);
        ::_exit(status);
    }
    ~PlayedDrill() {
        if (pid_ <= 0) return;
        stop();
        (void)::waitpid(pid_, nullptr, 0);
    }
    PlayedDrill(const PlayedDrill&) = delete;
    PlayedDrill& operator=(const PlayedDrill&) = delete;

    void stop() {
        if (pid_ <= 0) return;
        if (!stopped_at_) {
            stopped_at_ = std::chrono::steady_clock::now();
            ::kill(pid_, SIGTERM);
        } else if (std::chrono::steady_clock::now() - *stopped_at_ > longest_end) {
            ::kill(pid_, SIGKILL);
        }
    }
    [[nodiscard]] bool over() const { return status_.has_value(); }

    /// For `drill.attend`. `now`: of the box, when it is known.
    [[nodiscard]] json::object report(std::optional<Instant> now) {
        look();
        json::object out{{"number", number_}};
        if (!over()) {
            out["phase"] = "playing";
            if (now) percent_ = std::max(percent_, percent(*now));
        } else if (stopped_at_) {
            out["phase"] = "stopped";
        } else if (auto score = report_of(out_.read()); *status_ != 1 && !score.empty()) {
            out = std::move(score);
            out["number"] = number_;
            out["phase"] = "judged";
            percent_ = 100;
        } else {
            out["phase"] = "failed";
            out["problem"] = last_line(err_.read());
        }
        out["percent"] = percent_;
        return out;
    }

private:
    void look() {
        if (pid_ <= 0) {
            if (!status_) status_ = 1;  // there was no room for another process
            return;
        }
        int status = 0;
        if (::waitpid(pid_, &status, WNOHANG) != pid_) return;
        pid_ = 0;
        status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    }
    [[nodiscard]] std::uint64_t percent(Instant now) const {
        if (lasts_ <= Duration::zero()) return 0;
        const auto done = (now - start_) * 100 / lasts_;
        return static_cast<std::uint64_t>(std::clamp<std::int64_t>(done, 0, 99));
    }
    static std::string last_line(std::string all) {
        while (all.ends_with('\n')) all.pop_back();
        const auto begin = all.rfind('\n');
        return plain_text(begin == std::string::npos ? all : all.substr(begin + 1));
    }

    std::uint64_t number_;
    Instant start_;
    Duration lasts_;
    Output out_;
    Output err_;
    pid_t pid_ = -1;
    std::optional<int> status_;
    std::optional<std::chrono::steady_clock::time_point> stopped_at_;
    std::uint64_t percent_ = 0;
};

/// What can be played on the box as it is.
json::array playable_on(const BoxState& state) {
    json::array out;
    for (const auto& name : scenario_names()) {
        const auto scenario = load_scenario(name);
        if (!scenario || !playable(*scenario, state)) continue;
        // Nobody stands between this box and its brokers.
        if (std::ranges::any_of(scenario->network, [](const auto& spell) {
                return spell.link == "home" || spell.link == "district";
            })) {
            continue;
        }
        const auto seconds = std::chrono::floor<std::chrono::seconds>(scenario->lasts).count();
        out.push_back({{"name", name},
                       {"title_zh", plain_text(scenario->title_zh)},
                       {"title_en", plain_text(scenario->title_en)},
                       {"seconds", seconds}});
    }
    return out;
}

class Attendant {
public:
    explicit Attendant(DrillOptions options)
        : options_(std::move(options)), box_(options_.home.control) {}

    int run() {
        Waiter waiter;
        while (!waiter.stopping()) {
            if (const auto called = call(); !called) {
                // A box that starts anew is waited for; one that says no is not asked again.
                if (called.error().where != unreachable) return fail(called.error());
            }
            waiter.wait(std::chrono::steady_clock::now() + call_every);
        }
        end();
        return 0;
    }

private:
    static constexpr auto unreachable = "unreachable";

    static int fail(const Error& error) {
        fmt::print(stderr, "anju-sim: {}\n", error.text());
        return 1;
    }

    result<void> call() {
        const auto state = box_.state();
        if (!state) return Error{state.error().what, unreachable, ""};
        if (scenarios_.empty()) scenarios_ = playable_on(*state);
        json::object params{{"simulator", id_}, {"scenarios", scenarios_}};
        if (drill_) params["report"] = drill_->report(state->now);
        const bool was_over = drill_ && drill_->over();
        const auto answer =
            control::call(options_.home.control, {"drill.attend", std::move(params)}, box_is_asked);
        if (answer.kind == control::Outcome::Kind::unreachable) {
            return Error{answer.errors.front().what, unreachable, ""};
        }
        if (answer.kind == control::Outcome::Kind::refused) {
            if (drill_) drill_->stop();
            return answer.errors.front();
        }
        if (was_over) drill_.reset();  // it was told how it ended
        const auto& told = answer.result.as_object();
        if (drill_ && is_true(told, "stop")) drill_->stop();
        if (const auto* play = told.if_contains("play");
            !drill_ && play != nullptr && play->is_object()) {
            begin(play->get_object(), *state);
        }
        return {};
    }

    void begin(const json::object& play, const BoxState& state) {
        auto options = options_;
        options.home.scenario = text(play, "scenario");
        options.community = text(play, "community");
        options.staff = is_true(play, "staff");
        const auto scenario = load_scenario(options.home.scenario);
        const auto start = scenario ? drill_start(*scenario, state) : state.now;
        const auto lasts = scenario ? scenario->lasts : Duration{};
        drill_.emplace(play.at("number").to_number<std::uint64_t>(), std::move(options), start,
                       lasts);
    }

    /// Waits until the drill has taken its homes off, and takes its leave.
    void end() {
        json::object params{{"simulator", id_}, {"scenarios", scenarios_}};
        while (drill_) {
            drill_->stop();
            params["report"] = drill_->report(std::nullopt);
            (void)control::call(options_.home.control, {"drill.attend", params}, box_is_asked);
            if (drill_->over()) break;
            ::usleep(200'000);
        }
        params["leaves"] = true;
        (void)control::call(options_.home.control, {"drill.attend", params}, box_is_asked);
    }

    DrillOptions options_;
    Box box_;
    /// Its own among those on this box.
    std::string id_ = fmt::format("{}-{}", ::getpid(),
                                  std::chrono::steady_clock::now().time_since_epoch().count());
    json::array scenarios_;
    std::optional<PlayedDrill> drill_;
};

}  // namespace

std::string plain_text(std::string_view text, std::size_t most) {
    std::string out(text.substr(0, most));
    // Back to where a character begins, when one was cut.
    if (text.size() > most) {
        auto end = most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        out.resize(end);
    }
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return out;
}

json::object report_of(std::string_view score_json) {
    boost::system::error_code failed;
    const auto parsed = json::parse(score_json, failed);
    if (failed || !parsed.is_object()) return {};
    const auto& score = parsed.get_object();
    const auto list = [&](std::string_view key) {
        const auto* value = score.if_contains(key);
        return value != nullptr && value->is_array() ? value->get_array() : json::array();
    };
    json::array rows;
    for (const auto& each : list("expectations")) {
        if (rows.size() == most_rows || !each.is_object()) break;
        const auto& one = each.get_object();
        json::object row{{"home", plain_text(text(one, "home"))},
                         {"alert", text(one, "alert")},
                         {"never", is_true(one, "never")},
                         {"met", is_true(one, "met")}};
        if (const auto* delay = one.if_contains("delay_ms");
            delay != nullptr && delay->is_int64() && !is_true(one, "never")) {
            row["delay_ms"] = std::max<std::int64_t>(0, delay->get_int64());
        }
        json::array faults;
        if (const auto* said = one.if_contains("faults"); said != nullptr && said->is_array()) {
            for (const auto& fault : said->get_array()) {
                if (faults.size() == most_faults || !fault.is_object()) break;
                faults.push_back({{"zh", plain_text(text(fault.get_object(), "zh"))},
                                  {"en", plain_text(text(fault.get_object(), "en"))}});
            }
        }
        row["faults"] = std::move(faults);
        rows.push_back(std::move(row));
    }
    json::array unexpected;
    for (const auto& each : list("unexpected")) {
        if (unexpected.size() == most_rows || !each.is_object()) break;
        const auto& one = each.get_object();
        unexpected.push_back({{"id", plain_text(text(one, "id"))},
                              {"home", plain_text(text(one, "home"))},
                              {"alert", text(one, "alert")}});
    }
    return {{"passed", is_true(score, "passed")},
            {"rows", std::move(rows)},
            {"unexpected", std::move(unexpected)}};
}

int run_attend(const DrillOptions& options) {
    return Attendant(options).run();
}

}  // namespace anju::sim
