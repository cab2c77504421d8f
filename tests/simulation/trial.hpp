// One seed, lived through from the first event to the last check.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "tests/simulation/auditor.hpp"
#include "tests/simulation/chronicle.hpp"
#include "tests/simulation/fate.hpp"

namespace anju::whole {

struct Outcome {
    std::uint64_t seed{};
    std::string wrong;  ///< empty: nothing
    std::deque<std::string> tail;
    Tally tally;
    std::uint64_t troubles{};
    std::map<std::string_view, std::uint64_t> by_kind;  ///< of the troubles
    std::uint64_t steps{};
    std::uint64_t fingerprint{};  ///< of everything that happened
    double home_days{};
};

/// The same fate of fewer homes and days, for tests: at most 30 and 16.
[[nodiscard]] Fate small(Fate fate);

/// Ends at the first fault.
[[nodiscard]] Outcome live_through(const Fate& fate,
                                   Chronicle::Detail detail = Chronicle::Detail::nothing);

}  // namespace anju::whole
