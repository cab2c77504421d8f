// The command `update` on the command line. It needs root, and no running daemon.
#pragma once

#include <filesystem>

#include "app/anjuctl/care_line.hpp"
#include "app/anjuctl/findings.hpp"

namespace anju::ctl {

/// As add_care_commands().
void add_update_commands(CLI::App& app, Lang lang, const Choose& choose);

/// What doctor has to say of updates, from what the last one left in `state`.
void examine_updates(const std::filesystem::path& state, const std::filesystem::path& source,
                     Findings& findings);

}  // namespace anju::ctl
