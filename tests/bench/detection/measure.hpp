// Runs the scoring of every profile at every setting.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "profiles.hpp"
#include "tally.hpp"

namespace anju::bench {

struct HomeTally {
    std::string home;
    Tally tally;
};

/// One setting of the detector, or one fixed rule, on the homes of a profile.
struct Point {
    std::string label;
    double budget{};  ///< false alerts a month asked for; 0 of a fixed rule
    Level level = Level::alert;
    std::vector<HomeTally> homes;
    Tally pooled;
};

struct Measured {
    const Profile* profile{};
    std::vector<Point> points;
};

struct Result {
    std::vector<Measured> profiles;
    std::vector<Point> empty_months;  ///< by budget; delays empty
};

/// The recordings in `folder`, in up to `threads` threads. The result does not depend on them.
[[nodiscard]] anju::result<Result> measure(const std::filesystem::path& folder, unsigned threads);

}  // namespace anju::bench
