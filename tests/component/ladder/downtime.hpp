// A process that is dead for a while: what fell due meanwhile follows at once when it is back, in
// order, once; what the table of the ladder makes of the same deeds and the same gaps.
#pragma once

#include <string>
#include <vector>

#include "tests/component/ladder/incident.hpp"
#include "tests/component/ladder/story.hpp"

namespace anju::test {

struct Gap {
    Instant died{};
    Instant back{};
};

struct Punctuality {
    std::string wrong;        ///< empty: nothing
    Duration latest{};        ///< the latest call, counted from its due time without the gaps
    std::uint64_t delayed{};  ///< calls that fell due in a gap
};

/// Whether a plain incident went as the table says, if the process was dead in these gaps.
[[nodiscard]] Punctuality held_against_table(const Incident& incident, const Story& story,
                                             const std::vector<Gap>& gaps, Instant end);

}  // namespace anju::test
