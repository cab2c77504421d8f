// Where the person of a home is presumed to be.
#pragma once

#include <cstdint>

namespace anju {

/// `unknown` counts as at home wherever silence is judged.
enum class Whereabouts : std::uint8_t { unknown = 0, home = 1, out = 2 };

[[nodiscard]] constexpr bool is_known(Whereabouts where) {
    return where <= Whereabouts::out;
}

}  // namespace anju
