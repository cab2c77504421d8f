#include "firmware-sim/life/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace anju::sim::life {

namespace {

using namespace std::chrono_literals;

constexpr auto hole = 150min;
constexpr auto pause = 10min;
constexpr int night_hours = 5;

double hours(Duration time) {
    return std::chrono::duration<double, std::ratio<3600>>(time).count();
}

std::size_t hour_of(Instant at) {
    return static_cast<std::size_t>((at - std::chrono::floor<std::chrono::days>(at)) / 1h);
}

/// Each gap stands for everything within half an hour of it.
double grouped_quantile(const std::vector<double>& gaps, double share) {
    std::vector<double> spread;
    spread.reserve(gaps.size() * 5);
    for (const double gap : gaps) {
        for (const double off : {-0.4, -0.2, 0.0, 0.2, 0.4}) spread.push_back(gap + off);
    }
    return quantile(std::move(spread), share);
}

}  // namespace

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const double place = share * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(place);
    const auto begin = values.begin();
    std::nth_element(begin, begin + static_cast<std::ptrdiff_t>(low), values.end());
    const double at = values[low];
    if (low + 1 >= values.size()) return at;
    const double above =
        *std::min_element(begin + static_cast<std::ptrdiff_t>(low) + 1, values.end());
    return at + (above - at) * (place - static_cast<double>(low));
}

Statistics measure_meter(std::span<const MeterRow> rows) {
    Statistics out;
    std::vector<double> gaps;
    std::vector<double> litres;
    std::array<double, 24> read{};
    double night_readings = 0;
    double covered_h = 0;
    const MeterRow* last_use = nullptr;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto lasted = rows[i].at - rows[i - 1].at;
        if (lasted > hole) {
            last_use = nullptr;
            continue;
        }
        covered_h += hours(lasted);
        const auto hour = hour_of(rows[i - 1].at + lasted / 2);
        const bool night = hour < night_hours;
        read[hour] += 1;
        night_readings += night ? 1 : 0;
        if (rows[i].litres_milli <= 0) continue;
        litres.push_back(static_cast<double>(rows[i].litres_milli) / 1000);
        out.litres_a_day += litres.back();
        out.uses_a_day += 1;
        out.night_uses += night ? 1 : 0;
        out.profile[hour] += 1;
        if (last_use != nullptr) gaps.push_back(hours(rows[i].at - last_use->at));
        last_use = &rows[i];
    }
    out.days = covered_h / 24;
    if (out.days <= 0) return out;
    out.litres_a_day /= out.days;
    out.uses_a_day /= out.days;
    if (night_readings > 0) out.night_uses *= night_hours / night_readings;
    for (std::size_t h = 0; h < read.size(); ++h) out.profile[h] /= std::max(read[h], 1.0);
    out.p90_gap_h = grouped_quantile(gaps, 0.9);
    out.p99_gap_h = grouped_quantile(gaps, 0.99);
    out.median_use_l = quantile(litres, 0.5);
    out.p90_use_l = quantile(litres, 0.9);
    return out;
}

Statistics measure_signs(std::span<const Instant> signs, std::span<const Watched> covered) {
    Statistics out;
    std::vector<double> gaps;
    std::array<double, 24> busy{};
    std::size_t next = 0;
    for (const Watched& span : covered) {
        out.days += hours(span.to - span.from) / 24;
        while (next < signs.size() && signs[next] < span.from) ++next;
        const Instant* last = nullptr;
        Instant hour_before{};
        for (; next < signs.size() && signs[next] < span.to; ++next) {
            const auto hour = std::chrono::floor<std::chrono::hours>(signs[next]);
            if (last == nullptr || hour != hour_before) busy[hour_of(signs[next])] += 1;
            hour_before = hour;
            if (last != nullptr && signs[next] - *last > pause) {
                gaps.push_back(hours(signs[next] - *last));
            }
            last = &signs[next];
        }
    }
    if (out.days <= 0) return out;
    for (std::size_t h = 0; h < busy.size(); ++h) {
        out.profile[h] = busy[h] / out.days;
        out.uses_a_day += out.profile[h];
        if (h < night_hours) out.night_uses += out.profile[h];
    }
    out.p90_gap_h = quantile(gaps, 0.9);
    out.p99_gap_h = quantile(gaps, 0.99);
    return out;
}

double passages_a_day(std::span<const Instant> door_uses, double days) {
    double passages = 0;
    for (std::size_t i = 0; i < door_uses.size(); ++i) {
        if (i == 0 || door_uses[i] - door_uses[i - 1] > 2min) passages += 1;
    }
    return days > 0 ? passages / days : 0;
}

}  // namespace anju::sim::life
