// `anju-sim attend`: stands ready on a box, and plays what is asked for in its console.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "firmware-sim/drill/drill_run.hpp"

namespace anju::sim {

/// Until SIGINT or SIGTERM; what is played then ends early, and its homes are taken off.
/// `options`: as for a drill, without its scenario, community and staff. Each drill is a process
/// of its own, so that whatever becomes of it, the next one can be played. A box that is not there
/// is waited for, and why is printed once; so is, once it was reached, one that may no longer be
/// asked. Exit status: 0, 1 when the box refuses a simulator or could never be asked: no right to
/// its socket, no socket under that path, not a box (already printed).
int run_attend(const DrillOptions& options);

/// What a drill printed at its end (`--json`), as `drill.attend` reports it: bounded lists, and
/// texts of at most 500 bytes. An empty object for what is no score.
[[nodiscard]] boost::json::object report_of(std::string_view score_json);

/// A text as the control socket takes one: at most `most` bytes, cut between characters, and
/// blanks for control characters.
[[nodiscard]] std::string plain_text(std::string_view text, std::size_t most = 500);

}  // namespace anju::sim
