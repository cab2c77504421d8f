// How the routine of a home hears of what it cannot know: sensors that are silent or new, and
// times in which nobody was watched.
#pragma once

#include <cstddef>

#include "core/engine/home.hpp"

namespace anju {

/// The household was set; `old` is what it was. Devices and their states are the new ones.
void set_routine(Home& home, const Household& old, Instant now, Duration utc_offset);

/// A device changed its health, or spoke for the first time.
void cover_routine(Home& home, std::size_t device, Instant now, Duration utc_offset);

}  // namespace anju
