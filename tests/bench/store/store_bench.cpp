// What the disk costs. store_bench [--seconds 1] [--delay-ms 10] measures rows a second at 1, 10
// and 100 rows a transaction, on this disk and with a delay added to every sync;
// store_bench --open N measures opening a store of N inputs; --figures N what the figures of the
// control socket cost over N events that wait, beside counting rows; --sealing N what sealed names
// cost: a field, N commits of a reading and of an alarm with and without a key, and bringing a
// store of N alarms that lay open under one.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
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

std::shared_ptr<const vault::Keys> a_key() {
    const std::string raw(vault::key_bytes, 'k');
    return vault::Keys::from(reinterpret_cast<const unsigned char*>(raw.data()), 1);
}

void measure_fields() {
    const auto keys = a_key();
    for (const std::size_t size : {std::size_t{500}, std::size_t{20'000}}) {
        const std::string content(size, 'x');
        std::size_t sealed = 0;
        auto start = Steady::now();
        for (; seconds_since(start) < 0.5; ++sealed) {
            static_cast<void>(keys->seal(content, "notices.bytes 7", vault::Form::blob));
        }
        const double seal_us = seconds_since(start) * 1e6 / static_cast<double>(sealed);
        const std::string field = keys->seal(content, "notices.bytes 7", vault::Form::blob);
        std::size_t opened = 0;
        start = Steady::now();
        for (; seconds_since(start) < 0.5; ++opened) {
            static_cast<void>(keys->open(field, "notices.bytes 7", vault::Form::blob));
        }
        std::printf("a field of %zu bytes: sealed in %.2f us, opened in %.2f us\n", size, seal_us,
                    seconds_since(start) * 1e6 / static_cast<double>(opened));
    }
}

/// What an alarm writes: its input, what was decided, the events, whom to tell, the snapshot.
Transaction alarm(std::uint64_t& seq) {
    Transaction out = of(seq, 1);
    out.decisions.push_back(
        alert_decision("home-1", seq, "home-1-" + std::to_string(seq), AlertState::open, out.now));
    out.events.push_back(event_of(Lane::alarm, seq, out.now, 400));
    out.notices.push_back({seq, out.now, NoticeState::waiting, "home-1", std::string(600, 'n')});
    out.checkpoints.push_back(checkpoint_of("home-1", seq, out.now, false, 4'000));
    return out;
}

template <class Make>
void measure_commits_with(const std::filesystem::path& folder, const char* what,
                          std::uint64_t commits, Make make) {
    for (const auto& keys : {std::shared_ptr<const vault::Keys>{}, a_key()}) {
        std::filesystem::remove_all(folder);
        store::Options options = options_in(folder);
        options.keys = keys;
        const auto journal = open_journal(options);
        std::uint64_t seq = 0;
        const auto start = Steady::now();
        for (std::uint64_t i = 0; i < commits; ++i) journal->commit(make(seq)).value();
        std::printf("%s, %s: %.1f us a commit\n", what, keys ? "sealed" : "open",
                    seconds_since(start) * 1e6 / static_cast<double>(commits));
    }
}

void measure_sealing(const std::filesystem::path& folder, std::uint64_t commits) {
    measure_fields();
    measure_commits_with(folder, "a reading", commits,
                         [](std::uint64_t& seq) { return of(seq, 1); });
    measure_commits_with(folder, "an alarm", commits, alarm);
    std::filesystem::remove_all(folder);
    store::Options options = options_in(folder);
    {
        const auto journal = open_journal(options);
        std::uint64_t seq = 0;
        for (std::uint64_t i = 0; i < commits; ++i) journal->commit(alarm(seq)).value();
    }
    const auto bytes = std::filesystem::file_size(folder / "anju.db");
    auto start = Steady::now();
    static_cast<void>(open_journal(options));
    const double open_s = seconds_since(start);
    options.keys = a_key();
    start = Steady::now();
    static_cast<void>(open_journal(options));
    const double sealing_s = seconds_since(start);
    start = Steady::now();
    static_cast<void>(open_journal(options));
    std::printf(
        "a store of %llu alarms (%.0f MB): opened in %.2f s, brought under a key in %.2f s (%.0f "
        "MB), opened with it in %.2f s\n",
        static_cast<unsigned long long>(commits), static_cast<double>(bytes) / 1e6, open_s,
        sealing_s, static_cast<double>(std::filesystem::file_size(folder / "anju.db")) / 1e6,
        seconds_since(start));
}

}  // namespace

int main(int argc, char** argv) {
    double seconds = 1.0;
    int delay_ms = 10;
    std::uint64_t open_inputs = 0;
    std::uint64_t events = 0;
    std::uint64_t sealed_commits = 0;
    std::string where;
    CLI::App app("Measures the store.");
    app.add_option("--seconds", seconds, "for each figure")->capture_default_str();
    app.add_option("--delay-ms", delay_ms, "added to each sync")->capture_default_str();
    app.add_option("--open", open_inputs, "measure opening a store of this many inputs instead");
    app.add_option("--figures", events, "measure figures over this many events instead");
    app.add_option("--sealing", sealed_commits, "measure sealing over this many commits instead");
    app.add_option("--folder", where, "on the disk to measure; default: the temporary folder");
    CLI11_PARSE(app, argc, argv);
    const TempDir scratch;
    const std::filesystem::path folder =
        (where.empty() ? scratch.path() : std::filesystem::path(where)) / "store-bench";
    if (sealed_commits > 0) {
        measure_sealing(folder, sealed_commits);
    } else if (events > 0) {
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
