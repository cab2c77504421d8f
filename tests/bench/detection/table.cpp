#include "table.hpp"

#include <fmt/format.h>

namespace anju::bench {
namespace {

std::string hours(double value) {
    return value >= no_alert ? ">48" : fmt::format("{:.1f}", value);
}

std::string percent(double share) {
    return fmt::format("{:.0f} %", 100 * share);
}

std::string rate(const Tally& tally) {
    const Interval interval = tally.rate_interval();
    return fmt::format("{:5.2f} [{:.2f}–{:.2f}]", tally.rate(), interval.low, interval.high);
}

std::string line(const std::string& name, const Tally& tally) {
    std::string out = fmt::format("  {:<18} {:>6.1f} {:>5}  {:<19}", name, tally.months,
                                  tally.false_alerts, rate(tally));
    if (tally.delays.empty()) return out + "\n";
    out += fmt::format(" {:>5} {:>5}  {:>5} {:>5}  {:>5} {:>5} ", hours(tally.delay(0.5)),
                       hours(tally.delay(0.9)), hours(tally.delay(0.5, true)),
                       hours(tally.delay(0.9, true)), hours(tally.delay(0.5, false)),
                       hours(tally.delay(0.9, false)));
    for (const double limit : {3, 6, 12, 24}) {
        out += fmt::format(" {:>5}", percent(tally.within(limit)));
    }
    return out + "\n";
}

std::string heading(const std::string& title) {
    return fmt::format("  {:<18} {:>6} {:>5}  {:<19} {:>11}  {:>11}  {:>11}  {}\n", title, "months",
                       "false", "  a month [95 %]", "median p90", "by day", "by night",
                       " <=3h  <=6h <=12h <=24h");
}

}  // namespace

std::string as_table(const Result& result) {
    std::string out;
    for (const Measured& measured : result.profiles) {
        out += fmt::format("\n{} — {} homes, delays in hours\n", measured.profile->name,
                           measured.profile->homes.size());
        out += heading("pooled");
        for (const Point& point : measured.points) out += line(point.label, point.pooled);
        for (const Point& point : measured.points) {
            out += "\n" + heading(point.label);
            for (const HomeTally& home : point.homes) out += line(home.home, home.tally);
        }
    }
    const EmptyMonths months = empty_months();
    out += fmt::format("\n{}, the months it stood empty but for visits: P2 alerts\n",
                       months.home.name);
    for (const Point& point : result.empty_months) out += line(point.label, point.pooled);
    return out;
}

}  // namespace anju::bench
