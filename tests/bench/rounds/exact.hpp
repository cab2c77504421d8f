// The optimum of a small week by mixed integer programming (COIN-OR CBC), to hold the planner
// against. What is relaxed: the hour of a contact. So the result bounds every plan from below, and
// where hours can be found for it (`placed`) it is the optimum itself.
#pragma once

#include <optional>
#include <vector>

#include "core/care/rounds.hpp"

namespace anju::bench {

struct Exact {
    std::vector<care::Placed> placed;
    bool hours_found = false;
    bool proven = false;
};

/// For problems without fixed contacts, former plans, days off and rhythms.
[[nodiscard]] Exact exact(const care::Problem& problem);

}  // namespace anju::bench
