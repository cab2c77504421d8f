// anju-whole: the gateway, its homes and its district in one process and simulated time.
//
//   anju-whole --seed N [--steps]        one seed; with --steps everything that happens
//   anju-whole --seeds A..B              these
//   anju-whole --for 60s                 fresh seeds, the first from the clock
//   anju-whole --years 5                 fresh seeds until so many home-years have passed
//   anju-whole --from N --years 1000     the same, the first is N
//              --small                   at most 30 homes and 16 days, as in the tests
//              --go-on                   past seeds that break a rule
//              --report 10min            tell every so often how far it has come
//              --plant NAME              with a bug, to see that it is found
//              --disk memory|sqlite      instead of what the seed says
//
// The last line tells whether two builds have lived through the same, to the millisecond and byte.
// Exit 1 with the first seed that breaks a rule, the command that repeats it and its last steps.
#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tests/simulation/trial.hpp"

namespace {

using namespace anju;
using Steady = std::chrono::steady_clock;

struct Wanted {
    std::optional<std::uint64_t> seed;
    std::string seeds;
    std::string duration;
    double years = 0;
    std::uint64_t from = 0;
    std::string report;
    bool go_on = false;
    bool small = false;
    std::string plant;
    std::string disk;
    bool steps = false;
};

double processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

struct Sum {
    std::uint64_t seeds{};
    std::uint64_t wrong{};
    std::map<std::string_view, std::uint64_t> by_kind;
    double home_days{};
    std::uint64_t steps{};
    std::uint64_t troubles{};
    std::uint64_t fingerprint{};  ///< of all histories, in their order
    whole::Tally tally;
    Steady::time_point begin = Steady::now();

    void add(const whole::Outcome& one) {
        ++seeds;
        home_days += one.home_days;
        steps += one.steps;
        troubles += one.troubles;
        if (!one.wrong.empty()) ++wrong;
        for (const auto& [kind, times] : one.by_kind) by_kind[kind] += times;
        tally.falls += one.tally.falls;
        tally.absences += one.tally.absences;
        tally.stores_lost += one.tally.stores_lost;
        fingerprint = (fingerprint ^ one.fingerprint) * 0x9e3779b97f4a7c15ULL;
        tally.stored = (tally.stored ^ one.tally.stored) * 0x9e3779b97f4a7c15ULL;
        tally.commits += one.tally.commits;
        tally.inputs += one.tally.inputs;
        tally.readings += one.tally.readings;
        tally.decisions += one.tally.decisions;
        tally.alerts += one.tally.alerts;
        tally.incidents += one.tally.incidents;
        tally.events += one.tally.events;
        tally.answered += one.tally.answered;
        tally.restarts += one.tally.restarts;
        tally.in_doubt += one.tally.in_doubt;
        tally.slowest_alarm = std::max(tally.slowest_alarm, one.tally.slowest_alarm);
    }
    void print() const {
        const double seconds = std::chrono::duration<double>(Steady::now() - begin).count();
        const double cpu = processor_seconds();
        const double years = home_days / 365.25;
        fmt::print(
            "{} seeds, {:.1f} home-years in {:.1f} s, {:.1f} s of a core: {:.0f} home-years a "
            "minute on one core\n"
            "{} events, {} troubles, {} starts, {} commits ({} in doubt), {} readings, {} answers "
            "to sensors\n"
            "{} incidents, {} alerts, {} decisions, {} events for the district; slowest alarm in a "
            "calm {} ms\n"
            "{} falls told, {} stays in hospital, {} stores lost, {} seeds that break a rule\n"
            "histories {:016x}, events {:016x}\n",
            seeds, years, seconds, cpu, years / cpu * 60, steps, troubles, tally.restarts,
            tally.commits, tally.in_doubt, tally.readings, tally.answered, tally.incidents,
            tally.alerts, tally.decisions, tally.events, tally.slowest_alarm.count(), tally.falls,
            tally.absences, tally.stores_lost, wrong, fingerprint, tally.stored);
        for (const auto& [kind, times] : by_kind) fmt::print("{} {}  ", kind, times);
        fmt::print("\n");
        std::fflush(stdout);
    }
};

whole::Fate fate(std::uint64_t seed, const Wanted& wanted) {
    whole::Fate out = whole::fate_of(
        seed, wanted.disk.empty() ? std::nullopt : std::optional{wanted.disk == "sqlite"});
    if (wanted.small) out = whole::small(out);
    if (!wanted.plant.empty()) out.plant = whole::plant_named(wanted.plant).value();
    return out;
}

bool run(std::uint64_t seed, const Wanted& wanted, Sum& sum) {
    using Detail = whole::Chronicle::Detail;
    const whole::Fate its = fate(seed, wanted);
    whole::Outcome outcome =
        whole::live_through(its, wanted.steps ? Detail::everything : Detail::nothing);
    sum.add(outcome);
    if (outcome.wrong.empty()) return true;
    if (!wanted.steps) outcome = whole::live_through(its, Detail::tail);
    fmt::print("seed {} breaks a rule: {}\n", seed, outcome.wrong);
    fmt::print("again: build/dev/bin/anju-whole --seed {}{}{}{} --steps\n", seed,
               wanted.small ? " --small" : "",
               wanted.plant.empty() ? "" : " --plant " + wanted.plant,
               wanted.disk.empty() ? "" : " --disk " + wanted.disk);
    if (!wanted.steps) {
        for (const std::string& line : outcome.tail) fmt::print("  {}\n", line);
    }
    return false;
}

/// "60s", "5min", "2h"
std::chrono::seconds span(const std::string& text) {
    std::size_t end = 0;
    const auto number = std::stoll(text, &end);
    const std::string unit = text.substr(end);
    if (unit == "h") return std::chrono::hours{number};
    if (unit == "min" || unit == "m") return std::chrono::minutes{number};
    return std::chrono::seconds{number};
}

int go(const Wanted& wanted) {
    Sum sum;
    bool good = true;
    Steady::time_point reported = sum.begin;
    const auto live = [&](std::uint64_t seed) {
        good = run(seed, wanted, sum) && good;
        if (!wanted.report.empty() && Steady::now() - reported > span(wanted.report)) {
            reported = Steady::now();
            fmt::print("up to seed {}:\n", seed);
            sum.print();
        }
        return good || wanted.go_on;
    };
    if (wanted.seed) {
        good = run(*wanted.seed, wanted, sum);
    } else if (!wanted.seeds.empty()) {
        const auto dots = wanted.seeds.find("..");
        const std::uint64_t first = std::stoull(wanted.seeds);
        const std::uint64_t last =
            dots == std::string::npos ? first : std::stoull(wanted.seeds.substr(dots + 2));
        for (std::uint64_t seed = first; seed <= last && live(seed); ++seed) continue;
    } else {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        // Of the day: what fails at noon fails in the evening, for whoever looks into it.
        std::uint64_t seed = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::days>(now).count() * 1'000'000);
        if (wanted.from > 0) seed = wanted.from;
        fmt::print("seeds from {}\n", seed);
        std::fflush(stdout);
        const auto end = sum.begin + span(wanted.duration.empty() ? "60s" : wanted.duration);
        const auto more = [&] {
            return wanted.years > 0 ? sum.home_days < wanted.years * 365.25 : Steady::now() < end;
        };
        for (; more() && live(seed); ++seed) continue;
    }
    sum.print();
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const google::protobuf::LogSilencer quiet;
    Wanted wanted;
    CLI::App app{"The gateway, its homes and its district, simulated from one seed"};
    app.add_option("--seed", wanted.seed, "one seed");
    app.add_option("--seeds", wanted.seeds, "A..B");
    app.add_option("--for", wanted.duration, "the seeds of today for so long: 60s, 5min, 2h");
    app.add_option("--years", wanted.years, "the seeds of today for so many home-years");
    app.add_option("--from", wanted.from, "the first seed, instead of one from today's date");
    app.add_option("--report", wanted.report, "tell every so often how far it has come");
    app.add_flag("--small", wanted.small, "fewer homes and days, as in the tests");
    app.add_flag("--go-on", wanted.go_on, "past seeds that break a rule");
    app.add_option("--plant", wanted.plant, "a planted bug");
    app.add_option("--disk", wanted.disk, "memory or sqlite")
        ->check(CLI::IsMember({"memory", "sqlite"}));
    app.add_flag("--steps", wanted.steps, "tell everything that happens");
    CLI11_PARSE(app, argc, argv);
    if (!wanted.plant.empty() && !whole::plant_named(wanted.plant)) {
        for (const auto& one : whole::plant_names) fmt::print("{:20} {}\n", one.name, one.what);
        return 2;
    }
    return go(wanted);
}
