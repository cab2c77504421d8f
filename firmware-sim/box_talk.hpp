// What everything of the simulator that asks a running box shares: one question over its control
// socket, and how its answers are read.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "core/model/instant.hpp"

namespace anju::sim {

/// The result of a method (docs/operations/control.md), or the first error. Blocks for at most
/// `limit`. Any thread.
[[nodiscard]] result<boost::json::value> ask_box(const std::filesystem::path& socket,
                                                 std::string method, boost::json::object params,
                                                 std::chrono::seconds limit = std::chrono::seconds{
                                                     10});

/// The text under `key` of an object; empty where there is none.
[[nodiscard]] std::string text_of(const boost::json::value& object, std::string_view key);

/// "2026-03-02T07:00:00.250+08:00", as a box writes times; the epoch for what is none.
[[nodiscard]] Instant time_of(const std::string& rfc3339);

}  // namespace anju::sim
