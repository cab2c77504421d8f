// How much a simulated life resembles recorded ones.
//
//   bench_life [--homes DIR] [--svg FILE]     the comparison in docs/life-model.md
//   bench_life --fit [--rounds N]             fits the twins anew, prints them as source
//   bench_life --detection                    the detection of silence on both
//   bench_life --speed                        model time of a home-year
//
// The same on every run but for the speed. Skipped with a message without the recordings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "compare.hpp"
#include "detect.hpp"
#include "firmware-sim/life/life.hpp"
#include "firmware-sim/life/residents.hpp"
#include "fit.hpp"
#include "picture.hpp"
#include "print.hpp"

namespace {

using namespace anju;

void print_speed() {
    constexpr int years = 100;
    const auto begin = std::chrono::steady_clock::now();
    std::size_t acts = 0;
    for (int i = 0; i < years; ++i) {
        const auto& kind =
            sim::life::kinds()[static_cast<std::size_t>(i) % sim::life::kinds().size()];
        sim::life::Life life(kind.habits, sim::life::Date{std::chrono::days{20454}},
                             static_cast<std::uint64_t>(i));
        for (int day = 0; day < 365; ++day) acts += life.next_day().acts.size();
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{:.2f} ms a home-year, {} acts a day\n", took.count() / years,
               acts / (365 * years));
}

void print_fits(const std::vector<bench::MeasuredHome>& recorded, int rounds,
                const std::string& only) {
    for (const auto& home : recorded) {
        if (!only.empty() && home.name != only) continue;
        const auto habits = bench::fit(home, {.rounds = rounds});
        fmt::print("{}", bench::as_source(home.name, habits));
        std::fflush(stdout);
        const bench::Twin twin{home, bench::mean_of(habits, home, 8)};
        fmt::print(stderr, "{:.3f} apart on other seeds\n{}", bench::distance(twin.simulated, home),
                   bench::as_markdown({twin}));
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::string homes = "../shared/data/homes";
    std::string svg;
    std::string only;
    bool fit = false;
    bool speed = false;
    bool detection = false;
    int rounds = 3000;
    CLI::App app("Holds the simulated life against recorded homes.");
    app.add_option("--homes", homes, "folder of the recordings")->capture_default_str();
    app.add_option("--svg", svg, "draw the comparison into this file");
    app.add_flag("--fit", fit, "fit the twins anew");
    app.add_option("--only", only, "with --fit, this recording alone");
    app.add_option("--rounds", rounds, "with --fit")->capture_default_str();
    app.add_flag("--speed", speed, "measure the model's time");
    app.add_flag("--detection", detection, "score the detection of silence on both");
    CLI11_PARSE(app, argc, argv);

    if (speed) {
        print_speed();
        return 0;
    }
    if (!std::filesystem::is_directory(homes)) {
        fmt::print("skipped: there are no recordings in {} (see --homes)\n", homes);
        return 0;
    }
    const auto recorded = bench::measured_homes(homes);
    if (!recorded) {
        fmt::print(stderr, "bench_life: {}\n", recorded.error().text());
        return 2;
    }
    if (detection) {
        const auto scratch = std::filesystem::temp_directory_path() / "anju-bench-life";
        std::filesystem::create_directories(scratch);
        const auto table = bench::detection_table(homes, scratch, 2);
        std::filesystem::remove_all(scratch);
        if (!table) {
            fmt::print(stderr, "bench_life: {}\n", table.error().text());
            return 2;
        }
        fmt::print("{}", *table);
        return 0;
    }
    if (fit) {
        print_fits(*recorded, rounds, only);
        return 0;
    }
    const auto twins = bench::twins_of(*recorded, 8);
    const auto people = bench::population(40);
    fmt::print("{}\n{}\n{}", bench::as_markdown(twins), bench::as_markdown(*recorded, people),
               bench::kinds_as_markdown(people));
    if (svg.empty()) return 0;
    std::ofstream file(svg);
    file << bench::as_svg(twins);
    file.close();
    if (file) return 0;
    fmt::print(stderr, "bench_life: {}: cannot be written (check the path)\n", svg);
    return 2;
}
