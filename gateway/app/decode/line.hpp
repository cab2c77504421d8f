// One line of input: what an integrator writes about a message.
#pragma once

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>

#include "app/decode/decoder.hpp"

namespace anju::decode {

/// Longer lines are refused.
inline constexpr std::size_t max_line_bytes = 16 * 1024 * 1024;

/// The message of {"topic", "payload" | "payload_hex", "retained", "time", "driver", "key",
/// "profile"}. `payload` is text, or a JSON value that stands for its own text. Members of other
/// names are for the reader's notes and are passed over. Error codes: "not_json" "not_an_object"
/// "member_wrong" (named in the text) "no_payload".
[[nodiscard]] boost::system::result<Given, drivers::DecodeError> read_line(std::string_view line);

}  // namespace anju::decode
