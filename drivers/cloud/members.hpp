// Members of the JSON that networks push: identifiers, times, and what must be said when they are
// not there.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/driver.hpp"
#include "drivers/event_time.hpp"

namespace anju::drivers::cloud {

[[nodiscard]] DecodeError envelope_error(const char* code, std::string text);

/// The payload as an object or an array, 16 levels deep. Errors of stage envelope:
/// payload_too_large, not_json, not_an_object.
[[nodiscard]] boost::system::result<boost::json::value, DecodeError> parse_envelope(
    const Message& message, std::size_t max_bytes, boost::json::storage_ptr storage);

/// nullptr: missing, or not an object.
[[nodiscard]] const boost::json::object* object_member(const boost::json::object& object,
                                                       std::string_view name);

/// An identifier, text or integer, of 1..64 printable characters; empty for anything else, and for
/// "undefined" and "null", which some networks write for nothing.
[[nodiscard]] std::string id_member(const boost::json::object& object, std::string_view name);

/// An IMEI: 14 to 17 digits; empty for anything else.
[[nodiscard]] std::string imei_member(const boost::json::object& object, std::string_view name);

[[nodiscard]] std::optional<std::int64_t> integer_member(const boost::json::object& object,
                                                         std::string_view name);

/// Unix milliseconds as number or digits, "20260301T001407Z", or as parse_iso8601(); epoch 0 when
/// missing, null or empty; marked clock_replaced when it cannot be understood.
[[nodiscard]] EventTime time_member(const boost::json::object& object, std::string_view name);

}  // namespace anju::drivers::cloud
