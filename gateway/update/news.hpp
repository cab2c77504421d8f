// What the gateway says of updates to the district, in its status and in its figures. It reads what
// the updater wrote down and writes nothing.
#pragma once

#include <filesystem>
#include <optional>

#include "runtime/box_health.hpp"
#include "update/plan.hpp"

namespace anju::update {

/// Where the updater of a box in service writes; readable by all.
inline constexpr std::string_view record_of_the_box = "/var/lib/anju-update/record.json";

/// Pure.
[[nodiscard]] BoxUpdate news_of(const Record& record);

/// nullopt: there was no updater here, or what it wrote cannot be understood, of which doctor
/// tells. Reads 256 KiB at most. Any thread.
[[nodiscard]] std::optional<BoxUpdate> read_news(const std::filesystem::path& record);

}  // namespace anju::update
