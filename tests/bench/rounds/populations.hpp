// Communities to plan for, the same on every run.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/care/rounds.hpp"

namespace anju::bench {

struct Size {
    std::size_t residents = 0;
    std::size_t a_worker = 20;  ///< residents of each worker
};

/// Staff from Monday to Friday, every fifth worker on duty at the weekend. Every tenth resident
/// has hours, every twentieth a day that does not suit; a third has a known rhythm; three in a
/// hundred are new. The last week kept the rules: it ended on Friday.
[[nodiscard]] care::Problem community(Size size);

/// Four to eight residents and two workers with days of random length, absences, holidays, new
/// residents, reduced and raised quotas, days that do not suit. No hours but the community's.
[[nodiscard]] care::Problem handful(std::uint64_t seed);

/// `problem` on the day after `plan` was made, nothing else changed.
[[nodiscard]] care::Problem after(care::Problem problem, const care::Plan& plan);

}  // namespace anju::bench
