// Who is at the other end, as far as counting goes.
#pragma once

#include <string>
#include <string_view>

namespace anju::http {

/// "1.2.3.4" as it is, an IPv4 address in IPv6 as that, any other IPv6 address as its /64, for one
/// customer has that many at least. Text that is no address comes back as "unknown".
[[nodiscard]] std::string counted_as(std::string_view address);

[[nodiscard]] bool is_loopback(std::string_view address);

/// The last address of an X-Forwarded-For, the one that our own proxy wrote; empty: there is none.
[[nodiscard]] std::string_view last_forwarded(std::string_view field);

}  // namespace anju::http
