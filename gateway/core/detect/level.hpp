// A condition that holds, does not hold, or of which nobody has heard yet.
#pragma once

#include <cstdint>

namespace anju::detect {

enum class Level : std::uint8_t { unknown = 0, off = 1, on = 2 };

[[nodiscard]] inline bool is_known(Level level) {
    return level <= Level::on;
}
[[nodiscard]] constexpr Level level_of(bool on) {
    return on ? Level::on : Level::off;
}

/// What a reading did to a condition that is watched for its beginning and its end.
enum class Edge : std::uint8_t { none, began, ended };

/// Moves `level` to `on` and says whether the condition began or ended thereby. The first word
/// can begin a condition but not end one.
[[nodiscard]] constexpr Edge move(Level& level, bool on) {
    const Level before = level;
    level = level_of(on);
    if (on) return before == Level::on ? Edge::none : Edge::began;
    return before == Level::on ? Edge::ended : Edge::none;
}

}  // namespace anju::detect
