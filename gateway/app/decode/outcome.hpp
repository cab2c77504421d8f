// One line of output: what Anju made of a message, for programs and for people.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "app/decode/decoder.hpp"

namespace anju::decode {

enum class Lang { zh, en };

/// {"readings": […], "error": {…} | null, "devices": […], "problems": […]}; the shapes are
/// documented in docs/drivers/anju-decode.md.
[[nodiscard]] boost::json::object to_json(const Outcome& outcome);

/// The same in words, one fact a line, each line ended.
[[nodiscard]] std::string to_text(const Outcome& outcome, Lang lang);

/// Unit of a kind's values as it is printed: "mL", "%", "mV", "mL/h"; empty for states (0 or 1).
[[nodiscard]] std::string_view unit_of(ReadingKind kind);

}  // namespace anju::decode
