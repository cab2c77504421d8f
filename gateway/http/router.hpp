// Which handler answers: a small table, looked through from the top.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace anju::http {

class Router {
public:
    /// Where a handler runs: on the thread that decides, or, when it touches nothing of that, on
    /// the server's own; then it must be safe to be called beside everything else.
    enum class On { loop, server };

    /// `pattern`: "/healthz", "/a/{token}", "/calendar/{token}.ics". A place stands for one or more
    /// characters of one segment, never for a slash; one place a segment. "{rest...}" as the last
    /// segment takes one or more segments; none of them may be empty, "." or "..", or hold a
    /// backslash, a control character or any of these in percent encoding. `method` is "GET" (which
    /// answers HEAD too), "POST", "PUT", "PATCH" or "DELETE" (others: assertion).
    void add(std::string_view method, std::string_view pattern, Handler handler, On on = On::loop);

    /// Answers 404 when no pattern fits and 405 with Allow when only the method does not; under
    /// /api/ as a problem (http/problem.hpp).
    [[nodiscard]] Response answer(Request request) const;

    /// Method and pattern of every route, in the order of looking.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes() const;

    /// Whether the answer has to come from the loop. Any thread.
    [[nodiscard]] bool needs_loop(const Request& request) const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        Handler handler;
        On on;
    };
    std::vector<Route> routes_;
};

}  // namespace anju::http
