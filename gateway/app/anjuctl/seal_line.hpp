// The command `seal` on the command line. It needs no running daemon.
#pragma once

#include "app/anjuctl/care_line.hpp"

namespace anju::ctl {

/// As add_care_commands().
void add_seal_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
