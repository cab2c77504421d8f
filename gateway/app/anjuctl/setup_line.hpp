// On the command line: `setup`, which makes a box out of a machine and a file of answers, and below
// `devices` the passwords of Anju's own sensors.
#pragma once

#include "app/anjuctl/care_line.hpp"

namespace anju::ctl {

/// As add_care_commands(). `devices` must be there already.
void add_setup_commands(CLI::App& app, Lang lang, const Choose& choose);

}  // namespace anju::ctl
