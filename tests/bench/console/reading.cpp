#include "tests/bench/console/reading.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "store/read_thread.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::bench {
namespace {

using namespace anju::test;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

void fill(store::SqliteJournal& journal, std::uint64_t decisions) {
    constexpr std::uint64_t at_once = 10'000;
    for (std::uint64_t number = 0; number < decisions;) {
        Transaction one;
        for (std::uint64_t i = 0; i < at_once && number < decisions; ++i) {
            one.now = noon + std::chrono::milliseconds{++number};
            one.decisions.push_back(
                health_decision("home-" + std::to_string(number % 2000), number, one.now));
        }
        journal.commit(one).value();
        journal.maintain(one.now).value();
    }
}

std::uint64_t read_all(store::StoreReader& reader) {
    std::uint64_t seen = 0;
    reader
        .decisions_between(noon, Instant::max(),
                           [&](const Decision&) {
                               ++seen;
                               return true;
                           })
        .value();
    return seen;
}

/// An alarm every 10 ms until `is_over`; how long after each was due it was on the disk.
class Alarms {
public:
    explicit Alarms(store::SqliteJournal& journal) : journal_(journal) {}

    template <class Over, class Work>
    void run(const char* what, Over is_over, Work work) {
        std::vector<double> late;
        std::uint64_t most_log = 0;
        const auto start = Steady::now();
        for (auto due = start; !is_over(due - start); due += 10ms) {
            std::this_thread::sleep_until(due);
            work();
            Transaction one;
            one.now = noon + 30 * 24h + std::chrono::milliseconds{++number_};
            one.decisions.push_back(alert_decision("home", number_, "a" + std::to_string(number_),
                                                   AlertState::open, one.now));
            journal_.commit(one).value();
            late.push_back(Milliseconds(Steady::now() - due).count());
            if (number_ % 100 == 0) {
                journal_.maintain(one.now).value();
                most_log = std::max(most_log, journal_.figures().value().wal_bytes);
            }
        }
        std::ranges::sort(late);
        const auto at = [&](double part) {
            return late[static_cast<std::size_t>(part * static_cast<double>(late.size() - 1))];
        };
        std::printf("%-34s %5zu alarms: p50 %7.1f ms, p99 %8.1f ms, worst %8.1f ms, log %.1f MB\n",
                    what, late.size(), at(0.5), at(0.99), late.back(),
                    static_cast<double>(most_log) / 1e6);
    }

private:
    store::SqliteJournal& journal_;
    std::uint64_t number_ = 0;
};

}  // namespace

void measure_reading(const std::filesystem::path& folder, std::uint64_t decisions) {
    std::filesystem::remove_all(folder);
    store::Options options = options_in(folder);
    options.max_bytes = 20'000'000'000;
    const auto journal = open_journal(options);
    fill(*journal, decisions);
    Alarms alarms(*journal);
    const auto for_5_s = [](Steady::duration passed) { return passed > 5s; };
    alarms.run("nothing else", for_5_s, [] {});

    store::ReadThread thread({.data_dir = folder, .post = [](auto work) { work(); }});
    std::atomic<bool> done{false};
    std::uint64_t seen = 0;
    const auto begun = Steady::now();
    Milliseconds took{};
    static_cast<void>(thread.ask<std::uint64_t>(
        [](store::StoreReader& reader) -> result<std::uint64_t> { return read_all(reader); },
        [&](result<std::uint64_t> got) {
            seen = got.value();
            took = Steady::now() - begun;
            done = true;
        }));
    alarms.run("a report beside the loop", [&](Steady::duration) { return done.load(); }, [] {});
    std::printf("    %llu decisions read in %.1f s\n", static_cast<unsigned long long>(seen),
                took.count() / 1000);

    bool read = false;
    alarms.run("a report on the loop, as before", for_5_s, [&] {
        if (read) return;
        read = true;
        const auto start = Steady::now();
        read_all(journal->reader());
        std::printf("    the loop stood for %.1f s\n",
                    Milliseconds(Steady::now() - start).count() / 1000);
    });
}

}  // namespace anju::bench
