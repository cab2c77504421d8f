#include "firmware-sim/life_run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "base/result.hpp"
#include "firmware-sim/life/observe.hpp"
#include "firmware-sim/life/residents.hpp"
#include "firmware-sim/life/truth.hpp"

namespace anju::sim {

namespace {

result<void> write(const std::string& path, const std::string& text) {
    if (path == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return {};
    }
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) return Error{"cannot write", path, "check the folder and its rights"};
    return {};
}

std::string truth_of(const life::Habits& habits, const LifeOptions& options) {
    const auto form = options.json ? life::TruthForm::json_lines : life::TruthForm::csv;
    std::string out = truth_header(form);
    life::Life life(habits, options.first, options.seed);
    for (int i = 0; i < options.days; ++i) {
        out += truth_rows(life.next_day(), form, options.acts);
    }
    return out;
}

}  // namespace

int run_life(const LifeOptions& options) {
    const auto complain = [](const Error& error) {
        fmt::print(stderr, "anju-sim: {}\n", error.text());
        return 1;
    };
    const auto* kind = life::find_resident(options.kind);
    if (kind == nullptr) {
        return complain({"no such kind of resident", "--kind " + options.kind,
                         "take one of " + life::kind_names()});
    }
    auto habits = options.median ? kind->habits : life::person_of(kind->habits, options.seed);
    if (!options.falls) habits.falls_pm_year = 0;
    if (!options.csv.empty()) {
        const life::RecordingOptions recording{
            .first = options.first,
            .days = options.days,
            .seed = options.seed,
            .water = options.water,
            .events = {.motion = options.motion, .door = options.door, .bed = options.bed},
            .sampling = {}};
        const auto done = write(options.csv, recording_csv(habits, recording));
        if (!done) return complain(done.error());
    }
    if (!options.truth.empty()) {
        const auto done = write(options.truth, truth_of(habits, options));
        if (!done) return complain(done.error());
    }
    if (!options.csv.empty() || !options.truth.empty()) return 0;
    const auto lived = life::observe_by_meter(habits, options.seed, options.days);
    fmt::print(
        "{} · {}: {:.0f} L a day, p90 gap {:.1f} h, {:.1f} uses a day, {:.2f} a night, "
        "door {:.1f} a day\n",
        kind->zh, kind->en, lived.statistics.litres_a_day, lived.statistics.p90_gap_h,
        lived.statistics.uses_a_day, lived.statistics.night_uses, lived.passages);
    return 0;
}

}  // namespace anju::sim
