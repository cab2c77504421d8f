// The other end of the control socket, for tools: one blocking call.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "control/protocol.hpp"

namespace anju::control {

struct Outcome {
    enum class Kind {
        ok,
        refused,      ///< the daemon answered and said no
        unreachable,  ///< nobody there, its store still opens, no answer in time, or not our daemon
    };
    Kind kind{};
    boost::json::value result;
    std::vector<Error> errors;  ///< at least one unless ok
    /// Of one that is unreachable: waiting does not mend it. No right to the socket, a path that
    /// can be none, or an answer that is not our daemon's.
    bool lasting = false;
    /// Of one that is unreachable: it was there and got something of the request, so that it may
    /// have done, or be doing, what was asked.
    bool unanswered = false;
};

/// Connects, asks, waits at most `timeout` for all of it. Any thread.
[[nodiscard]] Outcome call(const std::filesystem::path& socket, const Request& request,
                           std::chrono::milliseconds timeout);

}  // namespace anju::control
