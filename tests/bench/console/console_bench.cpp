// console_bench [--rows 400000] [--decisions 1000000] [--delay-ms 10]: what argon2id costs beside
// libsodium alone, what checking the audit costs beside SHA-256 of the same bytes, how long an
// audited view holds up the loop, and how long a report does.
#include <sodium.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "access/password.hpp"
#include "access/syncer.hpp"
#include "tests/bench/console/reading.hpp"
#include "tests/bench/slow_fsync.hpp"
#include "tests/component/store/samples.hpp"

namespace {

using namespace anju;
using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

double ms_of(const std::function<void()>& what) {
    const auto start = Steady::now();
    what();
    return Milliseconds(Steady::now() - start).count();
}

double median_ms(int times, const std::function<void()>& what) {
    std::vector<double> took;
    for (int i = 0; i < times; ++i) took.push_back(ms_of(what));
    std::ranges::sort(took);
    return took[took.size() / 2];
}

double peak_mb() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1000;
}

void measure_passwords() {
    constexpr int times = 21;
    const std::string password = "a password of some length";
    const double before = peak_mb();
    std::string hash;
    const double ours = median_ms(times, [&] { hash = access::hash_password(password).value(); });
    const double after = peak_mb();
    const double verify = median_ms(
        times, [&] { static_cast<void>(access::verify_password(hash, password).value()); });
    std::array<char, crypto_pwhash_STRBYTES> out{};
    const double alone = median_ms(times, [&] {
        if (crypto_pwhash_str(out.data(), password.data(), password.size(),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
            std::abort();
        }
    });
    std::printf("argon2id, %.30s…: hash %.0f ms, verify %.0f ms, %.0f MB more at its peak\n",
                hash.c_str(), ours, verify, after - before);
    std::printf("    libsodium alone at the same cost: %.0f ms\n", alone);
}

access::AuditEntry view_of(std::uint64_t resident) {
    return {.account = access::AccountId{static_cast<std::int64_t>(resident % 200)},
            .name = "zhangwei",
            .action = "view",
            .subject = "resident:R" + std::to_string(resident),
            .peer = "203.0.113.7"};
}

std::unique_ptr<access::Access> opened(const std::filesystem::path& folder) {
    return access::Access::open({.data_dir = folder}, test::noon).value();
}

void measure_audit(const std::filesystem::path& folder, std::uint64_t rows) {
    std::filesystem::create_directories(folder);
    const auto access = opened(folder);
    std::uint64_t bytes = 0;
    for (std::uint64_t row = 0; row < rows;) {
        const auto kept = access->db().change<result<void>>("fill", [&]() -> result<void> {
            for (int i = 0; i < 5000 && row < rows; ++i, ++row) {
                const access::AuditEntry entry = view_of(row);
                // What the chain is made of: the hash before, eight numbers, five texts.
                bytes += 32 + 8 * 8 + entry.name.size() + entry.action.size() +
                         entry.subject.size() + entry.peer.size();
                if (const auto added = access->audit().add(entry, test::noon); !added) return added;
            }
            return {};
        });
        kept.value();
    }
    access::AuditVerdict verdict;
    const double verify = ms_of([&] { verdict = access->audit().verify().value(); });
    const double reading = ms_of([&] {
        static_cast<void>(access->db().database().number(
            "SELECT sum(length(name) + length(action) + length(subject) + length(detail) + "
            "length(peer) + length(hash)) FROM audit"));
    });
    const std::string text(bytes / rows, 'x');
    std::array<unsigned char, crypto_hash_sha256_BYTES> out{};
    const double hashing = ms_of([&] {
        for (std::uint64_t row = 0; row < rows; ++row) {
            crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
        }
    });
    std::printf("audit of %llu rows (%s), %.1f MB: checked in %.0f ms\n",
                static_cast<unsigned long long>(verdict.rows), verdict.broken ? "broken" : "whole",
                static_cast<double>(access->db().bytes()) / 1e6, verify);
    std::printf("    SQLite reading them %.0f ms, SHA-256 alone over the same %.0f MB %.0f ms\n",
                reading, static_cast<double>(bytes) / 1e6, hashing);
}

/// How long the loop stands for one audited view, with the disk that there is and with a slower
/// one.
void measure_views(const std::filesystem::path& folder, int delay_ms) {
    constexpr int times = 200;
    std::filesystem::create_directories(folder);
    const auto access = opened(folder);
    std::uint64_t resident = 0;
    const auto view = [&] { access->audit().add_view(view_of(++resident), test::noon).value(); };
    for (const int delay : {0, delay_ms}) {
        set_fsync_delay_ms(delay);
        const double waits = median_ms(times, view);
        double goes_on = 0;
        {
            const access::ConsoleDb::Unsynced unsynced(access->db());
            goes_on = median_ms(times, view);
        }
        const double sync =
            median_ms(times, [&] { access::sync_log_of(access->db().database().file()).value(); });
        set_fsync_delay_ms(0);
        std::printf(
            "an audited view, %2d ms added to each sync: the loop stood %.2f ms, now %.3f ms "
            "(and a sync beside it %.2f ms)\n",
            delay, waits, goes_on, sync);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"what the console costs"};
    std::uint64_t rows = 400'000;
    std::uint64_t decisions = 1'000'000;
    int delay_ms = 10;
    app.add_option("--rows", rows, "of the audit")->capture_default_str();
    app.add_option("--decisions", decisions, "that a report reads")->capture_default_str();
    app.add_option("--delay-ms", delay_ms, "added to each sync")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    if (sodium_init() < 0) return EXIT_FAILURE;
    const test::TempDir folder;
    measure_passwords();
    measure_audit(folder.path() / "audit", rows);
    measure_views(folder.path() / "views", delay_ms);
    bench::measure_reading(folder.path() / "store", decisions);
}
