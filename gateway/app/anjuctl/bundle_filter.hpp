// What of a box may go to a technician: only what is known to be about the machine. Everything here
// names what stays in; what nobody thought of stays out. Pure.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "app/anjuctl/findings.hpp"

namespace anju::ctl {

/// Of the effective configuration (config::masked()): its sections and keys, and those values that
/// are numbers, times or words of ours. The others are "(left out)".
[[nodiscard]] std::string keep_config(std::string_view toml);

/// Of a line of anjud's log, in either of its forms: time, level, event and the fields that count
/// something. nullopt: no such line.
[[nodiscard]] std::optional<std::string> keep_log_line(std::string_view line);

/// Of the daemon's `health`: counts, states, codes. Devices and messages are counted, not named.
[[nodiscard]] boost::json::object keep_health(const boost::json::value& health);

/// Of doctor's findings: severity and code, and the words of those that speak of the machine alone.
[[nodiscard]] boost::json::array keep_findings(const Findings& findings);

}  // namespace anju::ctl
