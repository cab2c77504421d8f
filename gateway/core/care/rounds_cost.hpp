// The objective of the rounds. The weights are ranks: what stands above is never given up for any
// number of what stands below it for one resident. Whole numbers, so that plans compare alike on
// every machine.
#pragma once

#include <array>
#include <vector>

#include "core/care/rounds_week.hpp"

namespace anju::care::rounds {

struct Weights {
    Cost missing_visit = 400'000'000;  ///< takes the time of four calls, and is worth as much
    Cost missing_call = 100'000'000;
    Cost gap_day = 1'000'000;     ///< beyond the limit, each day
    Cost former_gone = 20'000;    ///< a contact of the former plan on another day, or none
    Cost former_worker = 16'000;  ///< same day, another worker
    Cost former_start = 12'000;   ///< same day and worker, another hour
    Cost over_cap = 30'000;       ///< a resident beyond the cap of a worker
    Cost other_worker = 1'000;    ///< a contact by somebody else than the resident's worker
    Cost over_aim = 300;          ///< a resident beyond the aim of a worker
    Cost long_gap = 200;          ///< beyond the preferred one
    Cost off_rhythm = 100;        ///< a call when the person is not usually up and at home
};
inline constexpr Weights weights;

/// What the equality of loads costs for a worker's day: each further hour is dearer by one a
/// minute, so equal days are cheapest.
[[nodiscard]] Cost load_cost(Tick used);

/// The price of every gap between two days of contacts of a person: from head (0) or day - 1, to
/// day or tail (7).
using GapCosts = std::array<std::array<Cost, days_of_week + 1>, days_of_week + 1>;
[[nodiscard]] GapCosts gap_costs(const Person& person);
[[nodiscard]] Cost gap_cost(const Person& person, std::optional<int> from, int to);

/// What a contact costs by itself when `main` is the resident's worker. Without the load.
[[nodiscard]] Cost contact_cost(const Week& week, const Person& person, const Contact& contact,
                                int main);
[[nodiscard]] bool in_rhythm(const Week& week, const Person& person, Tick start);

/// Every gap of the week: from the last contact before it to the first possible one after it.
[[nodiscard]] std::vector<Gap> all_gaps(const Person& person, const std::vector<Contact>& planned);

/// Whose resident the person is in this plan: `main`, or who has most of the contacts.
[[nodiscard]] int worker_of(const Person& person, const std::vector<Contact>& planned);
/// All that this person's part costs, but for loads and the number of residents.
[[nodiscard]] Cost person_cost(const Week& week, const Person& person,
                               const std::vector<Contact>& planned);
/// The part of it that is missing contacts and gaps beyond the limit.
[[nodiscard]] Cost hard_cost(const Person& person, const std::vector<Contact>& planned);
/// What so many residents cost a worker.
[[nodiscard]] Cost residents_cost(const CareRules& rules, int residents);
/// How many residents each worker has, of those whose worker is settled.
[[nodiscard]] std::vector<int> residents_of(const Week& week);

}  // namespace anju::care::rounds
