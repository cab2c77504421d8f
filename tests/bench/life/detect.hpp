// The detection of silence on recorded homes and on their twins, by the same protocol.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace anju::bench {

/// As Markdown: per profile and budget, the recorded homes pooled, their twins, and a population of
/// `people` of each kind. Simulated homes are written into `scratch` as recordings and read back.
[[nodiscard]] result<std::string> detection_table(const std::filesystem::path& recordings,
                                                  const std::filesystem::path& scratch, int people);

}  // namespace anju::bench
