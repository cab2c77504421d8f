#include "compare.hpp"

#include <fmt/format.h>

#include "firmware-sim/life/observe.hpp"
#include "firmware-sim/life/residents.hpp"

namespace anju::bench {

namespace {

using sim::life::Statistics;

std::string pair(double recorded, double simulated) {
    const double off = recorded > 0 ? 100 * (simulated / recorded - 1) : 0;
    const int digits = recorded >= 20 ? 0 : recorded >= 5 ? 1 : 2;
    return fmt::format("{:.{}f} → {:.{}f} ({:+.0f} %)", recorded, digits, simulated, digits, off);
}

std::vector<double> values(const std::vector<MeasuredHome>& homes, double Statistics::* member) {
    std::vector<double> out;
    for (const auto& home : homes) {
        if (home.meter) out.push_back(home.statistics.*member);
    }
    return out;
}

}  // namespace

MeasuredHome mean_of(const sim::life::Habits& habits, const MeasuredHome& like, int seeds) {
    constexpr int days = 430;
    MeasuredHome sum;
    for (int seed = 1; seed <= seeds; ++seed) {
        const auto start = static_cast<std::uint64_t>(seed) * 1000;
        const auto one = like.meter ? sim::life::observe_by_meter(habits, start, days, like.lost_pm)
                                    : sim::life::observe_by_signs(habits, start, days);
        const double share = 1.0 / seeds;
        for (const auto member :
             {&Statistics::days, &Statistics::litres_a_day, &Statistics::p90_gap_h,
              &Statistics::uses_a_day, &Statistics::night_uses, &Statistics::p99_gap_h,
              &Statistics::median_use_l, &Statistics::p90_use_l}) {
            sum.statistics.*member += one.statistics.*member * share;
        }
        for (std::size_t h = 0; h < 24; ++h) {
            sum.statistics.profile[h] += one.statistics.profile[h] * share;
        }
        sum.passages += one.passages * share;
    }
    sum.meter = like.meter;
    return sum;
}

std::vector<Twin> twins_of(const std::vector<MeasuredHome>& recorded, int seeds) {
    std::vector<Twin> out;
    for (const auto& home : recorded) {
        const auto* resident = sim::life::find_resident(home.name);
        if (resident == nullptr) continue;
        out.push_back({home, mean_of(resident->habits, home, seeds)});
    }
    return out;
}

std::vector<MeasuredHome> population(int each) {
    std::vector<MeasuredHome> out;
    for (const auto& kind : sim::life::kinds()) {
        for (int i = 0; i < each; ++i) {
            const auto seed = sim::derive_seed(static_cast<std::uint64_t>(i), kind.name);
            const auto lived =
                sim::life::observe_by_meter(sim::life::person_of(kind.habits, seed), seed, 365);
            out.push_back({kind.name, lived.statistics, lived.passages, true, 0});
        }
    }
    return out;
}

std::string as_markdown(const std::vector<Twin>& twins) {
    std::string out =
        "| Home | Litres a day | p90 gap (h) | Uses a day | Uses a night | p99 gap (h) | Door |\n"
        "|---|---|---|---|---|---|---|\n";
    for (const auto& twin : twins) {
        const auto& want = twin.recorded.statistics;
        const auto& have = twin.simulated.statistics;
        out += fmt::format(
            "| {} | {} | {} | {} | {} | {} | {} |\n", twin.recorded.name,
            twin.recorded.meter ? pair(want.litres_a_day, have.litres_a_day) : "–",
            pair(want.p90_gap_h, have.p90_gap_h), pair(want.uses_a_day, have.uses_a_day),
            pair(want.night_uses, have.night_uses), pair(want.p99_gap_h, have.p99_gap_h),
            twin.recorded.passages > 0 ? pair(twin.recorded.passages, twin.simulated.passages)
                                       : "–");
    }
    return out;
}

std::string as_markdown(const std::vector<MeasuredHome>& recorded,
                        const std::vector<MeasuredHome>& population) {
    std::string out =
        "| Homes | Litres a day | p90 gap (h) | Uses a day | Uses a night |\n"
        "|---|---|---|---|---|\n";
    for (const double share : {0.25, 0.5, 0.75}) {
        out += fmt::format("| {} |", share == 0.25  ? "lower quartile"
                                     : share == 0.5 ? "median"
                                                    : "upper quartile");
        for (const auto member : {&Statistics::litres_a_day, &Statistics::p90_gap_h,
                                  &Statistics::uses_a_day, &Statistics::night_uses}) {
            out +=
                fmt::format(" {} |", pair(sim::life::quantile(values(recorded, member), share),
                                          sim::life::quantile(values(population, member), share)));
        }
        out += "\n";
    }
    return out;
}

std::string kinds_as_markdown(const std::vector<MeasuredHome>& population) {
    std::string out =
        "| Kind | Litres a day | p90 gap (h) | Uses a day | Uses a night | Door |\n"
        "|---|---|---|---|---|---|\n";
    for (const auto& kind : sim::life::kinds()) {
        std::vector<MeasuredHome> homes;
        std::vector<double> passages;
        for (const auto& home : population) {
            if (home.name != kind.name) continue;
            homes.push_back(home);
            passages.push_back(home.passages);
        }
        const auto median = [&](double Statistics::* member) {
            return sim::life::quantile(values(homes, member), 0.5);
        };
        out += fmt::format("| `{}` {} | {:.0f} | {:.1f} | {:.1f} | {:.2f} | {:.1f} |\n", kind.name,
                           kind.zh, median(&Statistics::litres_a_day),
                           median(&Statistics::p90_gap_h), median(&Statistics::uses_a_day),
                           median(&Statistics::night_uses), sim::life::quantile(passages, 0.5));
    }
    return out;
}

}  // namespace anju::bench
