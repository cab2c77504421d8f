#include "measure.hpp"

#include <fmt/format.h>

#include <atomic>
#include <functional>
#include <map>
#include <thread>

#include "fixed_rule.hpp"

namespace anju::bench {
namespace {

using namespace std::chrono_literals;

using Recordings = std::map<std::string, recorded::Recording>;

/// Presets hold in the engine's warm-up: here for ever.
constexpr Duration presets_only = std::chrono::days{36'500};

std::string in_words(double budget) {
    return budget >= 1 ? fmt::format("{:.0f}", budget) : fmt::format("1/{:.0f}", 1 / budget);
}

std::uint32_t milli(double budget) {
    return static_cast<std::uint32_t>(budget * 1000 + 0.5);
}

score::Options options_of(const Profile& profile, const RecordedHome& home) {
    score::Options options;
    options.rules.warm_up = std::chrono::days{home.warm_up_days};
    options.rules.phone_budget_milli = 0;
    options.entrances = home.entrances;
    options.absence = profile.absence;
    return options;
}

/// How one setting is measured on one home.
using Measure = std::function<Tally(const recorded::Recording&, score::Options)>;

Measure at_budget(double budget, Level level) {
    return [=](const recorded::Recording& recording, score::Options options) {
        (level == Level::alert ? options.rules.alert_budget_milli
                               : options.rules.phone_budget_milli) = milli(budget);
        return tally(score::score(recording, options).value(), level);
    };
}

Measure by_preset(Preset preset) {
    return [=](const recorded::Recording& recording, score::Options options) {
        options.protocol_warm_up = options.rules.warm_up;
        options.rules.warm_up = presets_only;
        options.rules.presets = {preset};
        return tally(score::score(recording, options).value(), Level::phone);
    };
}

Tally by_silence(const recorded::Recording& recording, const score::Options& options) {
    std::vector<Instant> moments;
    for (const score::Cut& cut : score::score(recording, options).value().cuts) {
        moments.push_back(cut.at);
    }
    return silent_12h(recording, options, moments, recording.begin() + options.rules.warm_up);
}

/// All points of all profiles, and the work that fills them in.
class Plan {
public:
    explicit Plan(const Recordings& recordings) : recordings_(recordings) {}

    void add(const Profile& profile) {
        Measured& measured = result.profiles.emplace_back();
        measured.profile = &profile;
        const auto point = [&](const std::string& label, double budget, Level level,
                               Measure measure) {
            measured.points.push_back(
                {.label = label, .budget = budget, .level = level, .homes = {}, .pooled = {}});
            measures_.push_back(std::move(measure));
        };
        for (const double budget : budgets) {
            point("alert " + in_words(budget), budget, Level::alert,
                  at_budget(budget, Level::alert));
        }
        if (profile.phone) {
            for (const double budget : budgets) {
                point("phone " + in_words(budget), budget, Level::phone,
                      at_budget(budget, Level::phone));
            }
        }
        point("12 h silent", 0, Level::alert, by_silence);
        if (!profile.meter) return;
        point("SH-12", 0, Level::alert, by_preset(Preset::sh_12));
        point("24h-10L", 0, Level::alert, by_preset(Preset::h24_10l));
    }

    void add(const EmptyMonths& months) {
        for (const double budget : budgets) {
            result.empty_months.push_back({.label = "alert " + in_words(budget),
                                           .budget = budget,
                                           .level = Level::alert,
                                           .homes = {{months.home.name, {}}},
                                           .pooled = {}});
        }
    }

    void run(unsigned threads) {
        std::vector<std::function<void()>> work;
        std::size_t next_measure = 0;
        for (Measured& measured : result.profiles) {
            for (Point& point : measured.points) {
                const Measure& measure = measures_[next_measure++];
                for (const RecordedHome& home : measured.profile->homes) {
                    point.homes.push_back({home.name, {}});
                }
                for (std::size_t i = 0; i < point.homes.size(); ++i) {
                    work.emplace_back([&, i] {
                        const RecordedHome& home = measured.profile->homes[i];
                        point.homes[i].tally =
                            measure(recordings_.at(home.name), options_of(*measured.profile, home));
                    });
                }
            }
        }
        for (Point& point : result.empty_months) {
            work.emplace_back([&] { measure_empty(point); });
        }
        share(work, threads);
        for (Measured& measured : result.profiles) {
            for (Point& point : measured.points) pool(point);
        }
        for (Point& point : result.empty_months) pool(point);
    }

    Result result;

private:
    void measure_empty(Point& point) const {
        const EmptyMonths months = empty_months();
        const recorded::Recording& recording = recordings_.at(months.home.name);
        score::Options options;
        options.rules.warm_up = std::chrono::days{months.home.warm_up_days};
        options.rules.phone_budget_milli = 0;
        options.rules.alert_budget_milli = milli(point.budget);
        options.from = months.from;
        options.cuts.emplace();
        score::Score scored = score::score(recording, options).value();
        std::erase_if(scored.raised,
                      [&](const score::Raised& raised) { return raised.at >= months.to; });
        scored.covered = months.to - months.from;
        point.homes.front().tally = tally(scored, Level::alert);
    }

    static void pool(Point& point) {
        for (const HomeTally& home : point.homes) point.pooled.add(home.tally);
    }

    static void share(const std::vector<std::function<void()>>& work, unsigned threads) {
        std::atomic<std::size_t> next = 0;
        const auto labour = [&] {
            for (std::size_t i = next++; i < work.size(); i = next++) work[i]();
        };
        std::vector<std::thread> others;
        for (unsigned i = 1; i < threads; ++i) others.emplace_back(labour);
        labour();
        for (std::thread& other : others) other.join();
    }

    const Recordings& recordings_;
    std::vector<Measure> measures_;  // beside the points, in their order
};

}  // namespace

anju::result<Result> measure(const std::filesystem::path& folder, unsigned threads) {
    Recordings recordings;
    const auto read = [&](const RecordedHome& home) -> anju::result<void> {
        if (recordings.contains(home.name)) return {};
        auto recording = recorded::read_recording((folder / (home.name + ".csv.gz")).string());
        if (!recording) return recording.error();
        recordings.emplace(home.name, std::move(*recording));
        return {};
    };
    Plan plan(recordings);
    for (const Profile& profile : profiles()) {
        for (const RecordedHome& home : profile.homes) {
            if (const auto done = read(home); !done) return done.error();
        }
        plan.add(profile);
    }
    if (const auto done = read(empty_months().home); !done) return done.error();
    plan.add(empty_months());
    plan.run(threads);
    return std::move(plan.result);
}

}  // namespace anju::bench
