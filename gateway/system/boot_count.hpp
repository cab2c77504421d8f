// How often the machine was started: many restarts are a bad supply, and nobody sees them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace anju::system {

/// Counts this start of the machine in `file`, unless it was counted already (`boot_id` is the same
/// as then). nullopt: the kernel does not name its start, or the file cannot be read or written. A
/// power cut leaves the count before or the one after.
[[nodiscard]] std::optional<std::uint64_t> count_boot(const std::filesystem::path& file,
                                                      std::string_view boot_id);

}  // namespace anju::system
