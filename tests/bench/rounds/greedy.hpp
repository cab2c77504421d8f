// What a spreadsheet does: one resident after the other, each contact at the first hour of the
// first day on which the own worker, else anybody, has time. Keeps every limit, sees no gaps.
#pragma once

#include <vector>

#include "core/care/rounds.hpp"

namespace anju::bench {

[[nodiscard]] std::vector<care::Placed> greedy(const care::Problem& problem);

}  // namespace anju::bench
