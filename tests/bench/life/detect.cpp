#include "detect.hpp"

#include <fmt/format.h>

#include <fstream>
#include <vector>

#include "app/score/score.hpp"
#include "bench/detection/fixed_rule.hpp"
#include "bench/detection/tally.hpp"
#include "firmware-sim/life/observe.hpp"
#include "firmware-sim/life/recorded.hpp"
#include "firmware-sim/life/residents.hpp"

namespace anju::bench {

namespace {

using sim::life::Habits;
using Recordings = std::vector<recorded::Recording>;

constexpr sim::life::Date first_day{std::chrono::days{16861}};  // 2016-03-01

struct Profile {
    const char* name;
    score::Absence absence;
    bool meter;
    int days;  ///< of a simulated home, as long as the recorded ones
};

/// Nobody falls: an alert about a real fall would count as false.
result<recorded::Recording> simulate(Habits habits, const Profile& profile, std::uint64_t seed,
                                     int lost_pm, const std::filesystem::path& scratch) {
    habits.falls_pm_year = 0;
    sim::life::RecordingOptions options{.first = first_day,
                                        .days = profile.days,
                                        .seed = seed,
                                        .water = profile.meter,
                                        .events = {},
                                        .sampling = {.lost_pm = lost_pm, .seed = seed}};
    options.events = {.motion = !profile.meter, .door = !profile.meter, .bed = false};
    const auto path = scratch / "simulated.csv.gz";
    std::ofstream file(path, std::ios::binary);
    file << recording_csv(habits, options);
    file.close();
    if (!file) return Error{"cannot write", path.string(), "check the folder"};
    return recorded::read_recording(path.string());
}

score::Options options_of(const Profile& profile, const recorded::Recording& home, double budget) {
    score::Options options;
    options.rules.phone_budget_milli = 0;
    options.rules.alert_budget_milli = static_cast<std::uint32_t>(budget * 1000 + 0.5);
    // As in docs/detection.md: the homes that were recorded for weeks learn for seven days.
    const bool short_one = home.end() - home.begin() < std::chrono::days{60};
    options.rules.warm_up = std::chrono::days{short_one ? 7 : 28};
    options.absence = profile.absence;
    if (home.home == "kasteren_A") options.entrances = {"12_Front_door"};
    return options;
}

std::string row(const Profile& profile, const std::string& rule, const char* homes,
                const Tally& sum) {
    const auto hours = [](double value) {
        return value >= no_alert ? std::string("> 48") : fmt::format("{:.1f}", value);
    };
    const auto interval = sum.rate_interval();
    return fmt::format(
        "| {} | {} | {} ({:.0f}) | {:.2f} [{:.2f}–{:.2f}] | {} / {} | {:.0f} % | "
        "{:.0f} % |\n",
        profile.name, rule, homes, sum.months, sum.rate(), interval.low, interval.high,
        hours(sum.delay(0.5)), hours(sum.delay(0.9)), 100 * sum.within(6), 100 * sum.within(12));
}

std::string line(const Profile& profile, const char* homes, double budget,
                 const Recordings& recordings) {
    Tally sum;
    for (const recorded::Recording& each : recordings) {
        const auto options = options_of(profile, each, budget);
        sum.add(tally(score::score(each, options).value(), Level::alert));
    }
    return row(profile, budget >= 1 ? "1" : "1/3", homes, sum);
}

/// The rule everybody has, at the same moments.
std::string fixed_line(const Profile& profile, const char* homes, const Recordings& recordings) {
    Tally sum;
    for (const recorded::Recording& each : recordings) {
        const auto options = options_of(profile, each, 1);
        std::vector<Instant> moments;
        for (const score::Cut& cut : score::score(each, options).value().cuts) {
            moments.push_back(cut.at);
        }
        sum.add(silent_12h(each, options, moments, each.begin() + options.rules.warm_up));
    }
    return row(profile, "*12 h silent*", homes, sum);
}

}  // namespace

result<std::string> detection_table(const std::filesystem::path& recordings,
                                    const std::filesystem::path& scratch, int people) {
    std::string out =
        "| Homes | Budget | Which (months) | False alerts a month [95 %] | Delay median / p90 (h) "
        "| ≤ 6 h | ≤ 12 h |\n|---|---|---|---|---|---|---|\n";
    for (const Profile& profile : {Profile{"water alone", score::Absence::none, true, 430},
                                   Profile{"water + door", score::Absence::derived, true, 430},
                                   Profile{"motion + door", score::Absence::door, false, 150}}) {
        Recordings recorded;
        Recordings twins;
        for (const sim::life::Recorded& home : sim::life::recorded_homes()) {
            if (home.meter != profile.meter) continue;
            auto real = recorded::read_recording(
                (recordings / (std::string(home.name) + ".csv.gz")).string());
            if (!real) return real.error();
            recorded.push_back(std::move(*real));
            auto twin = simulate(sim::life::find_resident(home.name)->habits, profile, 7,
                                 home.lost_pm, scratch);
            if (!twin) return twin.error();
            twins.push_back(std::move(*twin));
        }
        Recordings kinds;
        for (const auto& kind : sim::life::kinds()) {
            for (int i = 1; i <= people; ++i) {
                const auto seed = sim::derive_seed(static_cast<std::uint64_t>(i), kind.name);
                auto home =
                    simulate(sim::life::person_of(kind.habits, seed), profile, seed, 0, scratch);
                if (!home) return home.error();
                kinds.push_back(std::move(*home));
            }
        }
        for (const double budget : {1.0, 1.0 / 3}) {
            out += line(profile, "recorded", budget, recorded);
            out += line(profile, "their twins", budget, twins);
            out += line(profile, "kinds", budget, kinds);
        }
        out += fixed_line(profile, "recorded", recorded);
        out += fixed_line(profile, "their twins", twins);
        out += fixed_line(profile, "kinds", kinds);
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

}  // namespace anju::bench
