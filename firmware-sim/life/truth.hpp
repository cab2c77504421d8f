// The truth of a simulated life as text: where the person was, what happened, when an incident
// began. One line for every change, and with the acts one for every act.
#pragma once

#include <string>

#include "firmware-sim/life/life.hpp"

namespace anju::sim::life {

enum class TruthForm { csv, json_lines };

/// "at,where,what,room,water_ml" with its newline; empty for JSON lines.
[[nodiscard]] std::string truth_header(TruthForm form);

/// A day's changes in order of time. `acts`: every act as well, with room and millilitres. Times
/// are local, without zone, whole seconds.
[[nodiscard]] std::string truth_rows(const Day& day, TruthForm form, bool acts);

}  // namespace anju::sim::life
