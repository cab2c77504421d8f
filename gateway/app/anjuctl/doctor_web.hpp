// What doctor says of [http].
#pragma once

#include "app/anjuctl/findings.hpp"
#include "config/config.hpp"

namespace anju::ctl {

/// Whether the web server can listen where it is to. A port that is taken is as it should be while
/// the daemon runs. Nothing without [http].
void examine_web(const config::Config& config, Findings& findings);

}  // namespace anju::ctl
