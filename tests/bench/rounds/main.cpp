// What the planner of the weekly rounds is worth: time, quota, continuity and gaps for whole
// communities beside a naive plan, what a replan changes, and how far small weeks are from their
// optimum by mixed integer programming.
//
//   bench_rounds [--exact N] [--largest RESIDENTS]
//
// Plans are the same on every run; times are not.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>

#include "exact.hpp"
#include "greedy.hpp"
#include "populations.hpp"

namespace {

using namespace anju;
using namespace anju::bench;
using care::Plan;
using care::Problem;
using care::Quality;

/// Of this process on its core.
double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double percent(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// Gaps beyond the limit, as unreported() would miss them in a plan that says nothing.
std::size_t long_gaps(const Problem& problem, const std::vector<care::Placed>& placed) {
    Plan silent{placed, {}, {}};
    std::size_t count = 0;
    for (const std::string& line : care::unreported(problem, silent)) {
        count += line.find("long gaps") != std::string::npos ? 1 : 0;
    }
    return count;
}

void row(const std::string& name, double took, const Problem& problem,
         const std::vector<care::Placed>& placed) {
    const Quality quality = care::judge(problem, placed);
    std::cout << fmt::format("| {} | {:.3f} s | {:.2f} % | {:.1f} % | {} | {} | {} |\n", name, took,
                             percent(quality.placed, quality.due),
                             percent(quality.same_worker, quality.placed),
                             long_gaps(problem, placed), quality.long_gaps, quality.off_rhythm);
}

void replan(const std::string& name, const Problem& problem) {
    const double start = seconds();
    const Plan plan = care::plan(problem);
    std::cout << fmt::format("| {} | {:.3f} s | {} of {} |\n", name, seconds() - start,
                             plan.quality.moved, problem.former.size());
}

bool whole(Size size, std::vector<std::pair<std::string, Problem>>& replans) {
    const Problem problem = community(size);
    const std::string name =
        fmt::format("{} residents, {} a worker", size.residents, size.a_worker);
    double start = seconds();
    const Plan plan = care::plan(problem);
    row(name, seconds() - start, problem, plan.placed);
    start = seconds();
    const auto naive = greedy(problem);
    row("… the naive plan", seconds() - start, problem, naive);

    Problem same = after(problem, plan);
    replans.emplace_back(name + ": nothing", same);
    Problem ill = same;
    for (int day = 2; day < 7; ++day) ill.clients[7].off.push_back(ill.week + day);
    ill.clients[7].partial = true;
    replans.emplace_back("… a resident in hospital from Wednesday", ill);
    Problem absent = same;
    const WorkerId worker = absent.shifts.front().worker;
    const auto lost = std::count_if(same.former.begin(), same.former.end(), [&](const auto& one) {
        return one.worker == worker && one.date == same.week + 2;
    });
    std::erase_if(absent.shifts, [&](const care::Shift& shift) {
        return shift.worker == worker && shift.date == absent.week + 2;
    });
    replans.emplace_back(fmt::format("… a worker absent on Wednesday, who had {}", lost), absent);
    if (size.residents > 1'000) return true;
    return care::breaches(problem, plan.placed).empty() && care::breaches(problem, naive).empty();
}

bool against_optimum(int instances) {
    double sum = 0;
    double worst = 0;
    int optimal = 0;
    int compared = 0;
    int unproven = 0;
    int without_hours = 0;
    for (int seed = 0; seed < instances; ++seed) {
        const Problem problem = handful(static_cast<std::uint64_t>(seed));
        const Exact best = exact(problem);
        if (!best.proven) {
            ++unproven;
            continue;
        }
        const auto bound = care::judge(problem, best.placed).cost;
        const auto found = care::plan(problem).quality.cost;
        const double gap =
            bound == 0 ? (found == 0 ? 0 : 100)
                       : 100.0 * static_cast<double>(found - bound) / static_cast<double>(bound);
        ++compared;
        optimal += found == bound ? 1 : 0;
        without_hours += best.hours_found ? 0 : 1;
        sum += gap;
        worst = std::max(worst, gap);
        if (gap > 1) std::cout << fmt::format("seed {}: {} for {}\n", seed, found, bound);
    }
    std::cout << fmt::format(
        "\n{} weeks of 4 to 8 residents and 2 workers against the optimum: mean gap {:.3f} %, "
        "largest {:.2f} %, optimal {}; bound without hours {}, not proven in time {}\n",
        compared, sum / std::max(compared, 1), worst, optimal, without_hours, unproven);
    return worst <= 2.0 && compared > 0;
}

}  // namespace

int main(int argc, char** argv) {
    int instances = 150;
    std::size_t largest = 10'000;
    CLI::App app("Measures the planner of the weekly rounds.");
    app.add_option("--exact", instances, "small weeks to solve exactly")->capture_default_str();
    app.add_option("--largest", largest, "residents of the largest community")
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    bool good = true;
    std::vector<std::pair<std::string, Problem>> replans;
    std::cout << "| | Time | Quota | Same worker | Gaps over 3 days | Gaps of 3 days | Calls off "
                 "rhythm |\n|---|---|---|---|---|---|---|\n";
    for (const std::size_t residents : {30, 1'000, 10'000}) {
        for (const std::size_t a_worker : {20, 30}) {
            if (residents <= largest) good = whole({residents, a_worker}, replans) && good;
        }
    }
    std::cout << "\n| What changed | Time | Tasks changed |\n|---|---|---|\n";
    for (const auto& [name, problem] : replans) replan(name, problem);
    good = against_optimum(instances) && good;
    return good ? 0 : 1;
}
