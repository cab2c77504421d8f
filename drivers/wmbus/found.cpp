#include "drivers/wmbus/found.hpp"

namespace anju::drivers::wmbus {

Measured measured(Found&& found) {
    Measured out;
    out.readings.reserve(8);
    const auto add = [&](ReadingKind kind, std::int64_t value, std::uint16_t flags = 0) {
        out.readings.push_back({.kind = kind, .quality = flags, .value = value, .event_time = {}});
    };
    const auto level = [&](ReadingKind kind, const std::optional<bool>& value) {
        if (value) add(kind, *value ? 1 : 0);
    };
    const auto number = [&](ReadingKind kind, const std::optional<std::int64_t>& value) {
        if (value) add(kind, *value);
    };
    if (found.smoke) {
        add(ReadingKind::smoke, *found.smoke ? 1 : 0,
            found.test ? quality::test : std::uint16_t{0});
    }
    level(ReadingKind::contact_open, found.contact_open);
    number(ReadingKind::water_total_ml, found.total_ml);
    number(ReadingKind::water_reverse_ml, found.reverse_ml);
    number(ReadingKind::water_flow_mlh, found.flow_mlh);
    level(ReadingKind::battery_low, found.battery_low);
    level(ReadingKind::fault, found.fault);
    level(ReadingKind::tamper, found.tamper);
    number(ReadingKind::battery_pct, found.battery_pct);
    number(ReadingKind::battery_mv, found.battery_mv);
    if (out.readings.empty()) add(ReadingKind::alive, 1);
    out.problems = std::move(found.problems);
    out.device = std::move(found.device);
    return out;
}

}  // namespace anju::drivers::wmbus
