#include "firmware-sim/drill/attend.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "control/client.hpp"
#include "firmware-sim/drill/box.hpp"
#include "firmware-sim/drill/drill_lock.hpp"
#include "firmware-sim/drill/played_drill.hpp"
#include "firmware-sim/waiter.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::size_t most_rows = 64;
constexpr std::size_t most_faults = 8;
constexpr auto call_every = 1s;
constexpr auto box_is_asked = 10s;

std::string text(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

bool is_true(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

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
        int status = 0;
        while (!waiter.stopping()) {
            if (const auto called = call(); !called) {
                say(called.error());
                status = 1;
                break;
            }
            waiter.wait(std::chrono::steady_clock::now() + call_every);
        }
        end();
        return status;
    }

private:
    static void say(const Error& error) { fmt::print(stderr, "anju-sim: {}\n", error.text()); }

    /// Once, and again when it is another reason.
    void say_waiting(const Error& error) {
        const auto why = error.text();
        if (why == waits_for_) return;
        waits_for_ = why;
        fmt::print(stderr, "anju-sim: waiting for the box: {}\n", why);
    }
    void say_reached() {
        if (!waits_for_.empty()) fmt::print(stderr, "anju-sim: the box answers\n");
        waits_for_.clear();
    }

    /// What the box answers; null when it is waited for. An error: it is not asked again.
    result<json::value> ask(std::string method, json::object params) {
        auto answer = control::call(options_.home.control, {std::move(method), std::move(params)},
                                    box_is_asked);
        using Kind = control::Outcome::Kind;
        if (answer.kind == Kind::ok && answer.result.is_object()) return std::move(answer.result);
        if (answer.kind == Kind::ok) {
            answer.errors.push_back({"the answer is not understood", options_.home.control.string(),
                                     "take a simulator of the same version as the daemon"});
            answer.lasting = true;
        }
        if (answer.kind == Kind::refused) return answer.errors.front();
        // What was right once becomes right again: a box that starts anew or is updated.
        if (answer.lasting && !reached_) return answer.errors.front();
        say_waiting(answer.errors.front());
        return json::value(nullptr);
    }

    result<void> call() {
        const auto status = ask("status", {});
        if (!status) return status.error();
        if (!status->is_object()) return {};
        const auto state = box_state(*status);
        if (!scenarios_) scenarios_ = playable_on(state);
        json::object params{{"simulator", id_}, {"scenarios", *scenarios_}};
        if (drill_) params["report"] = drill_->report(state.now);
        const bool was_over = drill_ && drill_->over();
        const auto answer = ask("drill.attend", std::move(params));
        if (!answer) return answer.error();
        if (!answer->is_object()) return {};
        say_reached();
        reached_ = true;
        if (was_over) {
            drill_.reset();  // it was told how it ended
            leftovers_ = true;
        }
        if (leftovers_ && !drill_) clear();
        const auto& told = answer->get_object();
        if (drill_ && is_true(told, "stop")) drill_->stop();
        if (const auto* play = told.if_contains("play");
            !drill_ && play != nullptr && play->is_object()) {
            begin(play->get_object(), state);
        }
        return {};
    }

    /// Homes of a drill that was killed, by a signal or with the power. While another drill is
    /// played they may be its own; it is tried again each time.
    void clear() {
        const DrillLock alone(options_.home.control);
        if (alone.state() == DrillLock::State::taken) return;
        leftovers_ = false;
        if (alone.state() == DrillLock::State::unknown) {
            return say({"homes that a killed drill left are not taken off",
                        options_.home.control.string(),
                        "let this user read the directory of the socket, or begin a drill"});
        }
        if (const auto gone = remove_drill_homes(box_); !gone) say(gone.error());
    }

    void begin(const json::object& play, const BoxState& state) {
        auto options = options_;
        options.json = true;
        options.home.scenario = text(play, "scenario");
        options.community = text(play, "community");
        options.staff = is_true(play, "staff");
        const auto scenario = load_scenario(options.home.scenario);
        const auto start = scenario ? drill_start(*scenario, state) : state.now;
        const auto lasts = scenario ? scenario->lasts : Duration{};
        drill_.emplace(
            play.at("number").to_number<std::uint64_t>(),
            [&options] {
                auto why = DrillProblem::other;
                const int status = run_drill(options, &why);
                return status == 1 ? PlayedDrill::with_problem(why) : status;
            },
            start, lasts);
    }

    /// Waits until the drill has taken its homes off, and takes its leave.
    void end() {
        json::object params{{"simulator", id_}, {"scenarios", scenarios_.value_or(json::array())}};
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
    std::optional<json::array> scenarios_;
    std::optional<PlayedDrill> drill_;
    std::string waits_for_;  ///< why the box was not reached, as printed; empty: it is
    bool reached_ = false;   ///< ever
    bool leftovers_ = true;  ///< a drill that was killed may have left homes
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
