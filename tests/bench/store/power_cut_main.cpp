// The long run of the power-cut test: store_power_cut --cuts 1000 [--seed 1] [--durability full]
// Ends with 1 when anything was lost, so `--durability normal` must end with 1.
#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <map>
#include <string>

#include "tests/component/store/power_cut.hpp"

int main(int argc, char** argv) {
    using anju::store::Durability;
    std::uint64_t cuts = 1'000;
    std::uint64_t seed = 1;
    Durability durability = Durability::full;
    const std::map<std::string, Durability> names{
        {"full", Durability::full}, {"normal", Durability::normal}, {"off", Durability::off}};
    CLI::App app("Cuts the power of the store at random moments and checks what is left.");
    app.add_option("--cuts", cuts, "how many")->capture_default_str();
    app.add_option("--seed", seed, "the same seed gives the same cuts")->capture_default_str();
    app.add_option("--durability", durability, "full, normal or off")
        ->transform(CLI::CheckedTransformer(names));
    CLI11_PARSE(app, argc, argv);

    const auto start = std::chrono::steady_clock::now();
    const anju::test::PowerCuts result = anju::test::cut_power(cuts, seed, durability);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << "cuts: " << result.cuts << ", acknowledged rows lost: " << result.rows_lost
              << ", unopenable: " << result.unopenable << ", rebuilt: " << result.rebuilt
              << ", differing: " << result.differing
              << " (commits that had returned, summed over the cuts: " << result.commits << ", "
              << took.count() << " s)\n";
    if (!result.first.empty()) std::cout << "first: " << result.first << "\n";
    const bool clean =
        result.rows_lost + result.unopenable + result.rebuilt + result.differing == 0;
    return clean ? 0 : 1;
}
