// Cuts the power of a store at random moments, again and again, and looks at what is left.
#pragma once

#include <cstdint>
#include <string>

#include "store/options.hpp"

namespace anju::test {

struct PowerCuts {
    std::uint64_t cuts{};
    std::uint64_t commits{};     ///< that had returned before their cut, over all cuts
    std::uint64_t rows_lost{};   ///< inputs, acknowledged and gone
    std::uint64_t unopenable{};  ///< open() refused
    std::uint64_t rebuilt{};     ///< open() found damage and had to salvage
    std::uint64_t differing{};   ///< open, complete by number, but of other content
    std::string first;           ///< what was wrong first, with its seed
};

/// Each cut is followed by a check of the whole content; every few cuts the store that was
/// found goes on living. The same arguments give the same result.
[[nodiscard]] PowerCuts cut_power(std::uint64_t cuts, std::uint64_t seed,
                                  store::Durability durability);

}  // namespace anju::test
