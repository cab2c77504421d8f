// Recorded and simulated homes side by side.
#pragma once

#include <string>
#include <vector>

#include "firmware-sim/life/habits.hpp"
#include "homes.hpp"

namespace anju::bench {

struct Twin {
    MeasuredHome recorded;
    MeasuredHome simulated;  ///< the mean over seeds
};

/// The mean of `seeds` lives of 430 days, measured like that home.
[[nodiscard]] MeasuredHome mean_of(const sim::life::Habits& habits, const MeasuredHome& like,
                                   int seeds);

/// The twins of the recordings that have one, each measured as the mean of `seeds` lives.
[[nodiscard]] std::vector<Twin> twins_of(const std::vector<MeasuredHome>& recorded, int seeds);

/// People of all kinds, a year each, by meter: `each` of a kind.
[[nodiscard]] std::vector<MeasuredHome> population(int each);

/// As Markdown: one line a twin.
[[nodiscard]] std::string as_markdown(const std::vector<Twin>& twins);
/// As Markdown: the quartiles of the recorded meter homes and of a population.
[[nodiscard]] std::string as_markdown(const std::vector<MeasuredHome>& recorded,
                                      const std::vector<MeasuredHome>& population);

/// As Markdown: the median person of each kind.
[[nodiscard]] std::string kinds_as_markdown(const std::vector<MeasuredHome>& population);

}  // namespace anju::bench
