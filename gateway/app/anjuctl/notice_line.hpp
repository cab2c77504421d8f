// The command `notices` on the command line: what is sent to people, and whether a channel works.
#pragma once

#include "app/anjuctl/care_line.hpp"

namespace anju::ctl {

/// As add_care_commands().
void add_notice_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
