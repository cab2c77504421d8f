// Counts what the program takes from the heap, by replacing the global operators.
#pragma once

#include <cstdint>

namespace anju::bench {

[[nodiscard]] std::uint64_t allocations();

}  // namespace anju::bench
