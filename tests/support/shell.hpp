// A command line, run to its end.
#pragma once

#include <string>

namespace anju::test {

/// How a command ended and what it said.
struct Ran {
    int code{};  ///< -1: ended by a signal
    std::string out;
    std::string err;
};

/// Runs `command` by the shell, waits for its end. Throws std::runtime_error when there is none to
/// run it.
[[nodiscard]] Ran run_in_shell(const std::string& command);

}  // namespace anju::test
