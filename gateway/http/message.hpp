// A request and an answer, without the library that carries them.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anju::http {

struct Request {
    std::string method;  ///< "GET", "POST" …; HEAD comes as GET
    std::string path;    ///< as sent, without the query; not percent-decoded
    std::string query;   ///< behind the '?'
    std::string body;
    std::string if_none_match;
    /// Whom failures are counted against: an IPv4 address, or the /64 of an IPv6 address.
    std::string peer;
    /// What stands in the places of the route's pattern, in order; never empty.
    std::vector<std::string> params;
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    /// Further fields, or others in the place of those every answer carries ("Cache-Control").
    std::vector<std::pair<std::string, std::string>> fields = {};
};

using Handler = std::function<Response(const Request& request)>;

}  // namespace anju::http
