// Which fields of a request's header are handed on, and which must not come twice.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace anju::http {

/// What a proxy says about the client; the last of each, which our own proxy wrote.
struct Forwarded {
    std::string address;  ///< X-Forwarded-For
    std::string scheme;   ///< X-Forwarded-Proto: "https"
};

/// Puts one field where it belongs; others are passed over. False: it came before and would be read
/// in two ways.
[[nodiscard]] bool take_field(std::string_view name, std::string_view value, Request& request,
                              Forwarded& forwarded);

/// `value` with spaces for its control characters: nothing that a handler puts into a field may
/// begin another one.
[[nodiscard]] std::string on_one_line(std::string_view value);

/// ASCII letters in either case.
[[nodiscard]] bool same_field(std::string_view a, std::string_view b);

}  // namespace anju::http
