// Which recorded homes are pooled, and under which conditions.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/score/score.hpp"

namespace anju::bench {

struct RecordedHome {
    std::string name;
    int warm_up_days = 28;
    std::set<std::string> entrances = {};  ///< empty: sensors of kind door
};

struct Profile {
    std::string name;
    std::string id;  ///< for file names and keys
    std::vector<RecordedHome> homes;
    score::Absence absence{};
    bool meter{};  ///< the rules about litres apply
    bool phone{};  ///< measure the level "please phone" too
};

[[nodiscard]] const std::vector<Profile>& profiles();

/// Months in which a home stood empty but for short visits.
struct EmptyMonths {
    RecordedHome home;
    Instant from{};
    Instant to{};
};
[[nodiscard]] EmptyMonths empty_months();

/// What is asked of the detector, false alerts a month.
inline constexpr double budgets[] = {3, 1, 1.0 / 3, 1.0 / 12};

}  // namespace anju::bench
