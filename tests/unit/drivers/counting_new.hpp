// Counts the allocations of the whole test program.
#pragma once

#include <cstddef>

namespace anju::drivers::testing {

/// Calls of operator new since the start, all threads.
[[nodiscard]] std::size_t allocations();

}  // namespace anju::drivers::testing
