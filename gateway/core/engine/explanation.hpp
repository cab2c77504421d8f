// Looks at one home for Engine::explain(). Reads and never writes; nothing of it is kept.
#pragma once

#include "core/engine/home.hpp"
#include "core/explanation.hpp"

namespace anju {

/// A `now` before home.now is taken for home.now.
[[nodiscard]] HouseholdExplanation explain(const Home& home, Instant now, Duration utc_offset);

}  // namespace anju
