// The commands `backup` and `factory-reset` on the command line. They need no running daemon.
#pragma once

#include "app/anjuctl/care_line.hpp"

namespace anju::ctl {

/// As add_care_commands().
void add_backup_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
