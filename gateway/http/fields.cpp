#include "http/fields.hpp"

#include <algorithm>

#include "http/address.hpp"

namespace anju::http {
namespace {

struct Known {
    std::string_view name;
    std::string Request::* place;
    bool once;  ///< two of them would let two readers see two requests
};
constexpr Known known[] = {
    {"Accept-Encoding", &Request::accept_encoding, false},
    {"Authorization", &Request::authorization, true},
    {"Content-Type", &Request::content_type, true},
    {"Cookie", &Request::cookie, true},
    {"X-CSRF-Token", &Request::csrf_token, true},
    {"Host", &Request::host, true},
    {"If-None-Match", &Request::if_none_match, false},
    {"Last-Event-ID", &Request::last_event_id, false},
    {"Origin", &Request::origin, true},
    {"Sec-Fetch-Site", &Request::sec_fetch_site, true},
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_field(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string on_one_line(std::string_view value) {
    std::string out(value);
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return out;
}

bool take_field(std::string_view name, std::string_view value, Request& request,
                Forwarded& forwarded) {
    if (same_field(name, "X-Forwarded-For")) forwarded.address = last_forwarded(value);
    if (same_field(name, "X-Forwarded-Proto")) forwarded.scheme = last_forwarded(value);
    const auto* const one = std::ranges::find_if(
        known, [&](const Known& field) { return same_field(field.name, name); });
    if (one == std::end(known)) return true;
    std::string& place = request.*(one->place);
    if (!place.empty()) return !one->once;
    place = value;
    return true;
}

}  // namespace anju::http
