// The command `console` on the command line: who may use the web app, and what they did.
#pragma once

#include "app/anjuctl/care_line.hpp"

namespace anju::ctl {

/// As add_care_commands().
void add_console_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
