// What must not be on a command line, where other users see it: asked for at the terminal without
// an echo, or read from a file.
#pragma once

#include <string>
#include <string_view>

namespace anju::ctl {

/// One line from the terminal, which shows nothing of it. Empty: standard input is no terminal, or
/// nothing was given.
[[nodiscard]] std::string ask_secret(std::string_view prompt);

}  // namespace anju::ctl
