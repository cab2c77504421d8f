// An incident that is lived through once as it should be, and again by processes that are killed.
#pragma once

#include <cstdint>
#include <string>

#include "tests/component/ladder/incident.hpp"
#include "tests/component/ladder/story.hpp"

namespace anju::test {

struct Trials {
    std::uint64_t incidents{};
    std::uint64_t kills{};
    std::uint64_t calls{};     ///< steps at which somebody was told
    std::uint64_t notices{};   ///< of alerts
    std::uint64_t delayed{};   ///< of the calls: fell due while the process was dead
    std::uint64_t repeated{};  ///< messages that went out again, because nobody knew
    Duration latest{};         ///< the latest call after its due time, without what it was dead
    std::string wrong;         ///< the first fault; empty: none
};

/// Kills at random moments, up to four times an incident, one of two right after the start before.
/// Stops at the first fault.
[[nodiscard]] Trials kill_at_random(std::uint64_t first_seed, std::uint64_t incidents);
/// The same, and each time it is dead for seconds or for up to 40 minutes; plain incidents, held
/// against the table of the ladder.
[[nodiscard]] Trials kill_for_a_while(std::uint64_t first_seed, std::uint64_t incidents);
/// One incident, killed once at each of its moments, or at every so-manieth.
[[nodiscard]] Trials kill_at_every_moment(const Incident& incident, std::uint64_t stride);

}  // namespace anju::test
