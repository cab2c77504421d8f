// What the detection of silence costs and what it is worth: false alerts a month and the delay
// until a sudden silence is told, on recorded homes, at several budgets and beside the fixed rules.
//
//   bench_detection [--homes DIR] [--svg FILE]
//
// Moments and results are the same on every run. Skipped with a message without the recordings.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "chart.hpp"
#include "measure.hpp"
#include "table.hpp"

int main(int argc, char** argv) {
    std::string homes = "../shared/data/homes";
    std::string svg;
    unsigned threads = 2;
    CLI::App app("Scores the detection of silence on recorded homes.");
    app.add_option("--homes", homes, "folder of the recordings")->capture_default_str();
    app.add_option("--svg", svg, "draw the curves into this file");
    app.add_option("--threads", threads, "homes scored at a time")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    if (!std::filesystem::is_directory(homes)) {
        std::cout << "skipped: there are no recordings in " << homes << " (see --homes)\n";
        return 0;
    }
    const auto measured = anju::bench::measure(homes, threads);
    if (!measured) {
        std::cerr << "bench_detection: " << measured.error().text() << "\n";
        return 2;
    }
    std::cout << anju::bench::as_table(*measured);
    if (svg.empty()) return 0;
    std::ofstream file(svg);
    file << anju::bench::as_chart(*measured);
    file.close();
    if (!file) {
        std::cerr << "bench_detection: " << svg << ": cannot be written (check the path)\n";
        return 2;
    }
    return 0;
}
