// What a form of a page posts: application/x-www-form-urlencoded, as the URL standard of the WHATWG
// has it (section 5.1).
#pragma once

#include <string>
#include <string_view>

namespace anju::http {

/// The value of the first field of this name; empty where there is none.
[[nodiscard]] std::string form_value(std::string_view body, std::string_view name);

}  // namespace anju::http
