// What the disk costs. store_bench [--seconds 1] [--delay-ms 10] measures rows a second at 1, 10
// and 100 rows a transaction, on this disk and with a delay added to every sync;
// store_bench --open N measures opening a store of N inputs; --figures N what the figures of the
// control socket cost over N events that wait, beside counting rows.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "store/sqlite_journal.hpp"
#include "tests/bench/slow_fsync.hpp"
#include "tests/component/store/samples.hpp"

namespace {

using namespace anju;
using namespace anju::test;
using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Bytes this process has caused to be sent to the storage layer.
std::uint64_t bytes_written() {
    std::ifstream in("/proc/self/io");
    for (std::string key; in >> key;) {
        std::uint64_t value = 0;
        in >> value;
        if (key == "write_bytes:") return value;
    }
    return 0;
}

Transaction of(std::uint64_t& seq, std::uint64_t rows) {
    Transaction out;
    out.now = noon + std::chrono::milliseconds{seq};
    for (std::uint64_t row = 0; row < rows; ++row) {
        out.inputs.push_back(reading_of("home-1", ++seq, out.now));
    }
    return out;
}

void measure_commits(const std::filesystem::path& folder, std::uint64_t rows, int delay_ms,
                     double seconds) {
    std::filesystem::remove_all(folder);
    const auto journal = open_journal(options_in(folder));
    set_fsync_delay_ms(delay_ms);
    std::uint64_t seq = 0;
    const std::uint64_t before = bytes_written();
    const auto start = Steady::now();
    while (seconds_since(start) < seconds) {
        const Transaction transaction = of(seq, rows);
        journal->commit(transaction).value();
        journal->maintain(transaction.now).value();
    }
    const double took = seconds_since(start);
    set_fsync_delay_ms(0);
    std::printf(
        "%4llu rows a transaction, %2d ms added to each sync: %9.0f rows/s, %6.0f bytes "
        "written a row\n",
        static_cast<unsigned long long>(rows), delay_ms, static_cast<double>(seq) / took,
        static_cast<double>(bytes_written() - before) / static_cast<double>(seq));
}

void measure_opening(const std::filesystem::path& folder, std::uint64_t inputs) {
    std::filesystem::remove_all(folder);
    store::Options options = options_in(folder);
    {
        const auto journal = open_journal(options);
        std::uint64_t seq = 0;
        while (seq < inputs) {
            const Transaction transaction = of(seq, 5'000);
            journal->commit(transaction).value();
            journal->maintain(transaction.now).value();
        }
    }
    const auto bytes = std::filesystem::file_size(folder / "anju.db");
    for (const std::size_t checked : {std::size_t{0}, options.checked_at_open, inputs}) {
        options.checked_at_open = checked;
        const auto start = Steady::now();
        const auto opened = open_journal(options);
        std::printf("open %llu inputs (%.0f MB), seals of the newest %llu: %.2f s\n",
                    static_cast<unsigned long long>(inputs), static_cast<double>(bytes) / 1e6,
                    static_cast<unsigned long long>(checked), seconds_since(start));
    }
}

/// The bulk lane of a district that has been away: what the control socket's figures cost then,
/// with the page cache of a fresh connection.
void measure_figures(const std::filesystem::path& folder, std::uint64_t events) {
    std::filesystem::remove_all(folder);
    const auto journal = open_journal(options_in(folder));
    for (std::uint64_t seq = 0; seq < events;) {
        Transaction transaction;
        transaction.now = noon + std::chrono::milliseconds{seq};
        for (int row = 0; row < 5'000 && seq < events; ++row) {
            transaction.events.push_back(event_of(Lane::bulk, ++seq, transaction.now, 700));
        }
        journal->commit(transaction).value();
        journal->maintain(transaction.now).value();
    }
    auto start = Steady::now();
    journal->reader().counts().value();
    const double counted = seconds_since(start);
    start = Steady::now();
    journal->figures().value();
    std::printf("%llu events: counting %.2f ms, figures %.3f ms\n",
                static_cast<unsigned long long>(events), counted * 1e3, seconds_since(start) * 1e3);
}

}  // namespace

int main(int argc, char** argv) {
    double seconds = 1.0;
    int delay_ms = 10;
    std::uint64_t open_inputs = 0;
    std::uint64_t events = 0;
    std::string where;
    CLI::App app("Measures the store.");
    app.add_option("--seconds", seconds, "for each figure")->capture_default_str();
    app.add_option("--delay-ms", delay_ms, "added to each sync")->capture_default_str();
    app.add_option("--open", open_inputs, "measure opening a store of this many inputs instead");
    app.add_option("--figures", events, "measure figures over this many events instead");
    app.add_option("--folder", where, "on the disk to measure; default: the temporary folder");
    CLI11_PARSE(app, argc, argv);
    const TempDir scratch;
    const std::filesystem::path folder =
        (where.empty() ? scratch.path() : std::filesystem::path(where)) / "store-bench";
    if (events > 0) {
        measure_figures(folder, events);
    } else if (open_inputs > 0) {
        measure_opening(folder, open_inputs);
    } else {
        for (const int delay : {0, delay_ms}) {
            for (const std::uint64_t rows : {1, 10, 100}) {
                measure_commits(folder, rows, delay, seconds);
            }
        }
    }
    std::filesystem::remove_all(folder);
    return 0;
}
