// The spelling of every enumerator on wire, command line and screen. One table each; `parse_*`
// accepts exactly what `name` gives.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/model/alert.hpp"
#include "core/model/household.hpp"
#include "core/model/reading.hpp"
#include "core/model/whereabouts.hpp"

namespace anju {

[[nodiscard]] std::string_view name(ReadingKind kind);
[[nodiscard]] std::string_view name(SensorKind kind);
[[nodiscard]] std::string_view name(ResidentStatus status);
[[nodiscard]] std::string_view name(Preset preset);
[[nodiscard]] std::string_view name(Drill drill);  ///< "none" for a real home
[[nodiscard]] std::string_view name(AlertKind kind);
[[nodiscard]] std::string_view name(Priority priority);
[[nodiscard]] std::string_view name(AlertState state);
[[nodiscard]] std::string_view name(ClosingReason reason);
[[nodiscard]] std::string_view name(EvidenceUnit unit);
[[nodiscard]] std::string_view name(Whereabouts where);

[[nodiscard]] std::optional<SensorKind> parse_sensor_kind(std::string_view text);
[[nodiscard]] std::optional<ResidentStatus> parse_resident_status(std::string_view text);
[[nodiscard]] std::optional<Preset> parse_preset(std::string_view text);
/// Of a drill; "none" is none of them.
[[nodiscard]] std::optional<Drill> parse_drill(std::string_view text);
[[nodiscard]] std::optional<AlertKind> parse_alert_kind(std::string_view text);
[[nodiscard]] std::optional<AlertState> parse_alert_state(std::string_view text);
[[nodiscard]] std::optional<ClosingReason> parse_closing_reason(std::string_view text);

/// All spellings in order of their numbers, for messages like "expected one of …".
[[nodiscard]] std::span<const std::string_view> sensor_kind_names();
[[nodiscard]] std::span<const std::string_view> resident_status_names();
[[nodiscard]] std::span<const std::string_view> preset_names();
[[nodiscard]] std::span<const std::string_view> drill_names();
[[nodiscard]] std::span<const std::string_view> closing_reason_names();

}  // namespace anju
