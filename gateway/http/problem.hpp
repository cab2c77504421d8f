// Failures as programs read them: RFC 9457, in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/text/catalogue.hpp"
#include "http/message.hpp"

namespace anju::http {

struct Problem {
    unsigned status = 400;
    /// Stable, for programs: "not_allowed".
    std::string_view code;
    text::Wording title;
    text::Wording detail = {};
    /// Shown as "errors", each with what, where and remedy; none: no such member.
    std::vector<Error> errors = {};
    /// Further members as JSON, without the braces: "\"setup\":true".
    std::string_view more = {};
};

/// application/problem+json; the caller adds fields such as Retry-After.
[[nodiscard]] Response problem(const Problem& problem);

/// The same for a failure of the server itself: a problem for paths under /api/, otherwise a line
/// of text in both languages.
[[nodiscard]] Response failure(std::string_view path, unsigned status, std::string_view code,
                               text::Wording wording);

}  // namespace anju::http
