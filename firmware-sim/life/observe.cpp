#include "firmware-sim/life/observe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace anju::sim::life {

namespace {

constexpr Date first_day{std::chrono::days{16861}};  // 2016-03-01

}  // namespace

Observed observe_by_meter(const Habits& habits, std::uint64_t seed, int days, int lost_pm) {
    Life life(habits, first_day, seed);
    Meter meter({.lost_pm = lost_pm, .seed = seed}, first_day);
    std::vector<Instant> door;
    for (int i = 0; i < days; ++i) {
        const Day& day = life.next_day();
        meter.add(day);
        for (const Act& act : day.acts) {
            if (describe(act.deed).uses_door) door.push_back(midnight(day.date) + act.at);
        }
    }
    return {measure_meter(meter.rows()), passages_a_day(door, days)};
}

Observed observe_by_signs(const Habits& habits, std::uint64_t seed, int days) {
    Life life(habits, first_day, seed);
    std::vector<Instant> door;
    std::vector<Instant> signs;
    for (int i = 0; i < days; ++i) {
        const Day& day = life.next_day();
        for (const Act& act : day.acts) {
            const auto at = midnight(day.date) + act.at;
            if (describe(act.deed).moves) signs.push_back(at);
            if (describe(act.deed).uses_door) door.push_back(at);
        }
    }
    const Watched all{midnight(first_day), midnight(first_day + std::chrono::days{days})};
    return {measure_signs(signs, {&all, 1}), passages_a_day(door, days)};
}

std::string recording_csv(const Habits& habits, const RecordingOptions& options) {
    Life life(habits, options.first, options.seed);
    Meter meter(options.sampling, options.first);
    std::string events;
    for (int i = 0; i < options.days; ++i) {
        const Day& day = life.next_day();
        meter.add(day);
        events += event_rows(day, options.events);
    }
    std::vector<std::string> lines;
    for (std::string_view rest = events; !rest.empty();) {
        const auto end = rest.find('\n') + 1;
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    if (options.water) {
        for (const MeterRow& row : meter.rows()) {
            lines.push_back(fmt::format("{},meter,water,{:g}\n", iso_text(row.at),
                                        static_cast<double>(row.litres_milli) / 1000));
        }
    }
    constexpr std::size_t time_width = 19;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const std::string& left, const std::string& right) {
                         return left.compare(0, time_width, right, 0, time_width) < 0;
                     });
    std::string out = "timestamp_iso_local,sensor_id,kind,value\n";
    for (const std::string& line : lines) out += line;
    return out;
}

}  // namespace anju::sim::life
