// What a backup says of itself, as JSON.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "backup/backup.hpp"

namespace anju::backup {

inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view store_name = "store/anju.db";
inline constexpr std::string_view console_name = "store/console.db";
inline constexpr std::string_view key_name = "seal/seal.key";
inline constexpr std::string_view config_prefix = "config/anju/";
inline constexpr std::string_view broker_prefix = "config/mosquitto/";

[[nodiscard]] std::string manifest_text(const Manifest& manifest);
[[nodiscard]] result<Manifest> parse_manifest(std::string_view text);
[[nodiscard]] result<Manifest> read_manifest(const std::filesystem::path& file);

}  // namespace anju::backup
