// Reads results of the daemon without trusting their shape: an older or newer daemon may lack a
// field, and then its cell is empty.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// Strings as they are, numbers and booleans as JSON spells them; absent and null are empty.
[[nodiscard]] std::string field(const boost::json::value& object, std::string_view key);
[[nodiscard]] std::int64_t number(const boost::json::value& object, std::string_view key);
[[nodiscard]] bool flag(const boost::json::value& object, std::string_view key);
/// The member, or null.
[[nodiscard]] const boost::json::value& member(const boost::json::value& object,
                                               std::string_view key);
/// The elements of the array under `key`, or none.
[[nodiscard]] const boost::json::array& rows(const boost::json::value& object,
                                             std::string_view key);
/// "2026-03-02 07:00:00", or "never" in `lang`.
[[nodiscard]] std::string time_field(const boost::json::value& object, std::string_view key,
                                     Lang lang);
/// "2 h 5 min", the two largest units.
[[nodiscard]] std::string span_text(std::chrono::seconds length, Lang lang);
/// A name of the vocabulary in `lang`.
[[nodiscard]] std::string term_field(const boost::json::value& object, std::string_view key,
                                     Lang lang);

}  // namespace anju::ctl
