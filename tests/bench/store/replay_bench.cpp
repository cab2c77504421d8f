// A simulated month of 100 homes, made, stored and decided again:
// replay_bench [--homes 100] [--days 30]. Ends with 1 when a decision differs.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "app/replay/replay.hpp"
#include "app/replay/report.hpp"
#include "tests/component/store/living_store.hpp"
#include "tests/component/store/samples.hpp"

int main(int argc, char** argv) {
    int homes = 100;
    int days = 30;
    CLI::App app("Makes a store of simulated homes and replays it.");
    app.add_option("--homes", homes, "with three devices and 144 messages a day each")
        ->capture_default_str();
    app.add_option("--days", days, "")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    const anju::test::TempDir folder;
    {
        anju::store::Options options = anju::test::options_in(folder.path());
        options.durability = anju::store::Durability::off;  // made here, thrown away here
        anju::test::LivingStore life(options, homes, 1);
        life.live(std::chrono::hours{24 * days});
    }
    const auto reader = anju::store::StoreReader::open(folder.path()).value();
    const auto report = anju::replay::replay(*reader, {});
    if (!report) {
        std::cerr << report.error().text() << "\n";
        return 2;
    }
    std::cout << as_text(*report);
    return report->differences == 0 ? 0 : 1;
}
