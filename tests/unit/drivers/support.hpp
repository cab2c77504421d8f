// What the tests of the drivers share: golden vectors and readings written as JSON.
#pragma once

#include <boost/json.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/catalog.hpp"

namespace anju::drivers::testing {

/// One JSON object a line; fails the test at a line that is not one. Empty when absent.
[[nodiscard]] std::vector<boost::json::object> read_jsonl(const std::filesystem::path& file);

[[nodiscard]] std::filesystem::path source_dir();
/// Recordings that do not belong to the repository; may be absent.
[[nodiscard]] std::filesystem::path corpus_dir();

/// "payload" or "payload_hex" of a vector as bytes.
[[nodiscard]] std::string payload_of(const boost::json::object& vector);

[[nodiscard]] std::string from_hex(std::string_view hex);

/// [kind, value] or [kind, value, [flags], event_time_ms], flags and time left off when unset.
[[nodiscard]] boost::json::array to_json(const std::vector<Reading>& readings);

/// "smoke=1 battery_pct=50", flags and times left off.
[[nodiscard]] std::string brief(const std::vector<Reading>& readings);

/// Decodes as the gateway does: by the catalog's route.
[[nodiscard]] DecodeResult decode(DriverState& state, std::string_view topic,
                                  std::string_view payload, bool retained = false);

/// The single Decoded of a message that must give one; fails the test otherwise.
[[nodiscard]] Decoded decode_one(DriverState& state, std::string_view topic,
                                 std::string_view payload, bool retained = false);

}  // namespace anju::drivers::testing
