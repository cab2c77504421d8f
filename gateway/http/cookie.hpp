// Cookies as servers set them and clients send them back (RFC 6265, section 4).
#pragma once

#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace anju::http {

/// The value of the cookie `name`, a view into the request. nullopt as well when its value holds
/// anything but the characters of the RFC, when it comes twice (a neighbour under the same domain
/// has set the other), or when the field is longer than 4 KiB or has more than 64 cookies. What
/// others on this machine have set is passed over, whatever it looks like.
[[nodiscard]] std::optional<std::string_view> cookie(const Request& request, std::string_view name);

}  // namespace anju::http
