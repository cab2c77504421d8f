// How long measurements may wait for one another before they are committed (ADR 29).
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace anju {

/// What has come in is committed this long before time decides something: a sign of life that waits
/// must not be overtaken by the silence that it ends.
inline constexpr std::chrono::nanoseconds before_a_deadline = std::chrono::seconds{1};

/// `until_next`: until a commit is due again; `until_due`: until the engine's next deadline,
/// nullopt where there is none. Either may lie in the past. Zero or less: it is taken now.
[[nodiscard]] constexpr std::chrono::nanoseconds gather_for(
    std::chrono::nanoseconds until_next, std::optional<std::chrono::nanoseconds> until_due) {
    return until_due ? std::min(until_next, *until_due - before_a_deadline) : until_next;
}

}  // namespace anju
