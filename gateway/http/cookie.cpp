#include "http/cookie.hpp"

#include <algorithm>

namespace anju::http {
namespace {

constexpr std::size_t most_bytes = 4096;
constexpr std::ptrdiff_t most_cookies = 64;

/// cookie-octet of RFC 6265, section 4.1.1.
bool is_octet(char c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

}  // namespace

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
    std::string_view rest = request.cookie;
    if (rest.size() > most_bytes || std::ranges::count(rest, ';') >= most_cookies) return {};
    std::optional<std::string_view> found;
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        std::string_view one = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        while (one.starts_with(' ')) one.remove_prefix(1);
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos || one.substr(0, equals) != name) continue;
        const std::string_view value = one.substr(equals + 1);
        if (found || !std::ranges::all_of(value, is_octet)) return {};
        found = value;
    }
    return found;
}

}  // namespace anju::http
