// What is said without asking anybody: to requests that cannot be read, and with every answer.
#pragma once

#include <boost/system/error_code.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "http/message.hpp"

namespace anju::http {

/// Fields of every answer: nothing may be loaded, framed, guessed, kept or referred to.
[[nodiscard]] std::span<const std::pair<std::string_view, std::string_view>> every_answer();

/// `path` as far as it is known: it says who reads the refusal.
[[nodiscard]] Response malformed(std::string_view path);

/// What a client is told whose request cannot be read; nullopt: nothing, it is gone or too slow.
[[nodiscard]] std::optional<Response> answer_to(const boost::system::error_code& error,
                                                std::string_view path);

/// Sessions and what they may see are not for a way that others can listen on.
[[nodiscard]] Response needs_tls(std::string_view path);
[[nodiscard]] Response too_busy(std::string_view path);
[[nodiscard]] Response too_many_streams(std::string_view path);

}  // namespace anju::http
