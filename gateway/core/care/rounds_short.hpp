// What a week cannot give, why, and what would mend it.
#pragma once

#include <vector>

#include "core/care/rounds_choice.hpp"

namespace anju::care::rounds {

/// digest(), with what is due to those who are there for a part of the week only cut down to what
/// would fit if the workers had nobody else.
[[nodiscard]] Week prepare(const Problem& problem);

/// Ascending by resident; what concerns the whole community first.
[[nodiscard]] std::vector<Shortfall> shortfalls(const Week& week,
                                                const std::vector<std::vector<Contact>>& placed,
                                                const Roster& roster);

/// What `person` lacks of the quota.
[[nodiscard]] std::array<int, 2> missing(const Person& person, const std::vector<Contact>& placed);

}  // namespace anju::care::rounds
