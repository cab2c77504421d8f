// What a report costs the loop that commits alarms.
#pragma once

#include <cstdint>
#include <filesystem>

namespace anju::bench {

/// Commits an alarm every 10 ms over a store of so many decisions: with nothing else, while they
/// are all read beside the loop, and with the loop reading them itself. Prints how long after it
/// was due each was on the disk.
void measure_reading(const std::filesystem::path& folder, std::uint64_t decisions);

}  // namespace anju::bench
