// Which handler answers: a small table, looked through from the top.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace anju::http {

class Router {
public:
    /// `pattern`: "/healthz", "/a/{token}", "/calendar/{token}.ics". A place stands for one or more
    /// characters of one segment, never for a slash; one place a segment. `method` is "GET" (which
    /// answers HEAD too) or "POST".
    void add(std::string_view method, std::string_view pattern, Handler handler);

    /// Answers 404 when no pattern fits and 405 with Allow when only the method does not.
    [[nodiscard]] Response answer(Request request) const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        Handler handler;
    };
    std::vector<Route> routes_;
};

}  // namespace anju::http
