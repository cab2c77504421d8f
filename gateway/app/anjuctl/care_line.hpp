// The commands of care on the command line: rounds, contact, suspend, report.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "app/anjuctl/commands.hpp"

namespace anju::ctl {

/// What the command line chose to do.
using Choose = std::function<void(std::function<int(const Globals&)>)>;

/// Adds the commands to `app`; `choose` is called with the one that was given. What they read is
/// kept in the callbacks.
void add_care_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
