// One table per enumeration; the spelling of number n stands at index n - 1 (EvidenceUnit,
// Whereabouts: n).
#include "core/model/names.hpp"

#include <array>
#include <cstddef>
#include <type_traits>

namespace anju {
namespace {

using Table = std::span<const std::string_view>;

constexpr std::array<std::string_view, 21> reading_kinds{"smoke",
                                                         "gas",
                                                         "sos",
                                                         "water_leak",
                                                         "contact_open",
                                                         "motion",
                                                         "water_total_ml",
                                                         "battery_pct",
                                                         "battery_low",
                                                         "tamper",
                                                         "online",
                                                         "alive",
                                                         "bed_occupied",
                                                         "battery_mv",
                                                         "carbon_monoxide",
                                                         "vibration",
                                                         "water_flow_mlh",
                                                         "water_used_ml",
                                                         "water_reverse_ml",
                                                         "fault",
                                                         "i_am_well"};
constexpr std::array<std::string_view, 8> sensor_kinds{
    "water_meter", "smoke", "door", "motion", "gas", "water_leak", "sos", "bed"};
constexpr std::array<std::string_view, 7> resident_statuses{
    "active", "away", "hospitalised", "institution", "declined", "withdrawn", "deceased"};
constexpr std::array<std::string_view, 4> presets{"SH-12", "24h-10L", "24h-8L", "door-24h"};
constexpr std::array<std::string_view, 23> alert_kinds{"smoke",
                                                       "gas_leak",
                                                       "sos",
                                                       "inactivity",
                                                       "water_low",
                                                       "water_continuous",
                                                       "water_high",
                                                       "flood",
                                                       "door_open_long",
                                                       "no_exit",
                                                       "not_returned",
                                                       "night_exit",
                                                       "routine_change",
                                                       "activity_while_away",
                                                       "contact_failed",
                                                       "low_battery",
                                                       "device_offline",
                                                       "data_stale",
                                                       "tamper",
                                                       "mains_lost",
                                                       "area_outage",
                                                       "test",
                                                       "channel_failed"};
constexpr std::array<std::string_view, 4> priorities{"P1", "P2", "P3", "P4"};
constexpr std::array<std::string_view, 11> alert_states{
    "suspected", "self_check", "open",   "acknowledged", "en_route", "on_site",
    "resolved",  "closed",     "merged", "suppressed",   "cancelled"};
constexpr std::array<std::string_view, 9> closing_reasons{
    "true_emergency", "help_given",   "away", "late_rise", "visitor_pet",
    "cooking_steam",  "device_fault", "test", "unknown"};
constexpr std::array<std::string_view, 6> evidence_units{"",  "ml",        "ms",
                                                         "%", "ms_of_day", "thousandths"};
constexpr std::array<std::string_view, 2> drills{"maintainers", "staff"};
constexpr std::array<std::string_view, 3> whereabouts{"unknown", "at_home", "out"};

template <class Enum>
std::string_view spelling(Table table, Enum value) {
    const auto number = static_cast<std::size_t>(static_cast<std::underlying_type_t<Enum>>(value));
    return number >= 1 && number <= table.size() ? table[number - 1] : std::string_view{};
}

template <class Enum>
std::optional<Enum> parse(Table table, std::string_view text) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i] == text) return static_cast<Enum>(i + 1);
    }
    return std::nullopt;
}

}  // namespace

std::string_view name(ReadingKind kind) {
    return spelling(reading_kinds, kind);
}
std::string_view name(SensorKind kind) {
    return spelling(sensor_kinds, kind);
}
std::string_view name(ResidentStatus status) {
    return spelling(resident_statuses, status);
}
std::string_view name(Preset preset) {
    return spelling(presets, preset);
}
std::string_view name(Drill drill) {
    return drill == Drill::none ? "none" : spelling(drills, drill);
}
std::string_view name(AlertKind kind) {
    return spelling(alert_kinds, kind);
}
std::string_view name(Priority priority) {
    return spelling(priorities, priority);
}
std::string_view name(AlertState state) {
    return spelling(alert_states, state);
}
std::string_view name(ClosingReason reason) {
    return reason == ClosingReason::none ? "none" : spelling(closing_reasons, reason);
}
std::string_view name(EvidenceUnit unit) {
    const auto number = static_cast<std::size_t>(unit);
    return number < evidence_units.size() ? evidence_units[number] : std::string_view{};
}
std::string_view name(Whereabouts where) {
    const auto number = static_cast<std::size_t>(where);
    return number < whereabouts.size() ? whereabouts[number] : std::string_view{};
}

std::optional<SensorKind> parse_sensor_kind(std::string_view text) {
    return parse<SensorKind>(sensor_kinds, text);
}
std::optional<ResidentStatus> parse_resident_status(std::string_view text) {
    return parse<ResidentStatus>(resident_statuses, text);
}
std::optional<Preset> parse_preset(std::string_view text) {
    return parse<Preset>(presets, text);
}
std::optional<Drill> parse_drill(std::string_view text) {
    return parse<Drill>(drills, text);
}
std::optional<AlertKind> parse_alert_kind(std::string_view text) {
    return parse<AlertKind>(alert_kinds, text);
}
std::optional<AlertState> parse_alert_state(std::string_view text) {
    return parse<AlertState>(alert_states, text);
}
std::optional<ClosingReason> parse_closing_reason(std::string_view text) {
    if (text == "none") return ClosingReason::none;
    return parse<ClosingReason>(closing_reasons, text);
}

std::span<const std::string_view> sensor_kind_names() {
    return sensor_kinds;
}
std::span<const std::string_view> resident_status_names() {
    return resident_statuses;
}
std::span<const std::string_view> preset_names() {
    return presets;
}
std::span<const std::string_view> drill_names() {
    return drills;
}
std::span<const std::string_view> closing_reason_names() {
    return closing_reasons;
}

}  // namespace anju
