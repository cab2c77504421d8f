// MQTT topic filters: which topics they take, and cutting topics into levels.
// MQTT 3.1.1, section 4.7.
#pragma once

#include <optional>
#include <string_view>

namespace anju::drivers {

/// True when `filter` is well-formed and takes `topic`. "+" is exactly one level, "#" (only as
/// the last level) the level before it and everything below. Topics that begin with "$" are
/// not taken by a filter that begins with a wildcard.
[[nodiscard]] bool topic_matches(std::string_view filter, std::string_view topic);

/// What follows "{base}/" in `topic`; nullopt when the topic is not below `base`.
[[nodiscard]] std::optional<std::string_view> below(std::string_view base, std::string_view topic);

}  // namespace anju::drivers
