// Reads the keys of a rules section; shared by the configuration and the directory.
#pragma once

#include "config/section.hpp"

namespace anju::config {

/// `rules` with what the section says put over it. Finishes the section.
void read_rules(Section& section, Rules& rules);

}  // namespace anju::config
