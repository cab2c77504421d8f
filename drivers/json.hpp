// JSON from strangers: bounded depth, no extensions, the byte where it stops making sense.
// RFC 8259; NaN and Infinity are not JSON, text must be UTF-8.
#pragma once

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <variant>

#include "drivers/driver.hpp"

namespace anju::drivers {

/// A JSON value that is neither object nor array; monostate: null, or too long to matter.
using Scalar = std::variant<std::monostate, bool, double, std::string_view>;

/// The value lives in `storage`. Error code "not_json" with the offset of the offending byte.
[[nodiscard]] boost::system::result<boost::json::value, DecodeError> parse_json(
    std::string_view text, std::size_t max_depth, boost::json::storage_ptr storage);

/// Views into `value`; monostate for null, objects and arrays.
[[nodiscard]] Scalar scalar(const boost::json::value& value);

/// The member's text, empty when it is missing or not text.
[[nodiscard]] std::string_view text_member(const boost::json::object& object,
                                           std::string_view name);

}  // namespace anju::drivers
