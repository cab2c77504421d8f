// Asks for what has to be known of a box, at a terminal.
#pragma once

#include <iosfwd>
#include <optional>

#include "app/anjuctl/text.hpp"
#include "config/setup.hpp"

namespace anju::ctl {

/// Every answer is checked when it is given, as a line of a file of answers would be, and asked for
/// again until it is right. nullopt when `in` ends before the last question.
[[nodiscard]] std::optional<config::Setup> ask_setup(std::istream& in, std::ostream& out,
                                                     Lang lang);

}  // namespace anju::ctl
