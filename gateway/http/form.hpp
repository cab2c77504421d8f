// What a form of a page posts, and what stands behind the '?' of an address:
// application/x-www-form-urlencoded, as the URL standard of the WHATWG has it (section 5.1).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace anju::http {

/// The value of the first field of this name; empty where there is none. Takes what the standard
/// takes, that is everything.
[[nodiscard]] std::string form_value(std::string_view body, std::string_view name);

/// A part of a path. nullopt: an escape that is none, a control character (also NUL), no UTF-8.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);

/// The fields of a query. nullopt: a name or value as percent_decoded() refuses it, a name twice,
/// or more than 32 fields. A field without '=' has an empty value.
using Query = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] std::optional<Query> parse_query(std::string_view query);

}  // namespace anju::http
