#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/check.hpp"
#include "http/form.hpp"
#include "http/problem.hpp"

namespace anju::http {
namespace {

constexpr std::array<std::string_view, 5> methods = {"GET", "POST", "PUT", "PATCH", "DELETE"};

std::string_view cut_segment(std::string_view& rest) {
    const std::size_t slash = rest.find('/', 1);
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
    return segment;
}

/// `segment` begins with its slash.
bool is_safe(std::string_view segment) {
    const auto name = percent_decoded(segment.substr(1));
    if (!name || name->empty() || *name == "." || *name == "..") return false;
    return name->find_first_of("/\\") == std::string::npos;
}

bool rest_fits(std::string_view path, std::vector<std::string>& params) {
    if (path.size() < 2) return false;
    for (std::string_view left = path; !left.empty();) {
        if (!is_safe(cut_segment(left))) return false;
    }
    params.emplace_back(path.substr(1));
    return true;
}

bool segment_fits(std::string_view pattern, std::string_view segment,
                  std::vector<std::string>& params) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == segment;
    const std::string_view before = pattern.substr(0, open);
    const std::string_view after = pattern.substr(pattern.find('}', open) + 1);
    if (segment.size() <= before.size() + after.size()) return false;
    if (!segment.starts_with(before) || !segment.ends_with(after)) return false;
    segment.remove_prefix(before.size());
    segment.remove_suffix(after.size());
    params.emplace_back(segment);
    return true;
}

bool takes_rest(std::string_view pattern) {
    return pattern.starts_with("/{") && pattern.ends_with("...}") &&
           pattern.find('/', 1) == std::string_view::npos;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> params;
    while (!pattern.empty() && !path.empty()) {
        if (takes_rest(pattern)) {
            if (!rest_fits(path, params)) return std::nullopt;
            return params;
        }
        if (!segment_fits(cut_segment(pattern), cut_segment(path), params)) return std::nullopt;
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return params;
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler, On on) {
    ANJU_CHECK(std::ranges::find(methods, method) != methods.end(), "a method that is taken");
    routes_.push_back({std::string(method), std::string(pattern), std::move(handler), on});
}

Response Router::answer(Request request) const {
    std::string allowed;
    for (const Route& route : routes_) {
        auto params = match(route.pattern, request.path);
        if (!params) continue;
        if (route.method == request.method) {
            request.params = std::move(*params);
            return route.handler(request);
        }
        allowed += (allowed.empty() ? "" : ", ") + route.method;
        if (route.method == "GET") allowed += ", HEAD";
    }
    if (allowed.empty()) {
        return failure(request.path, 404, "not_found", {"没有这个页面", "not found"});
    }
    Response out =
        failure(request.path, 405, "method_not_allowed", {"方法不允许", "method not allowed"});
    out.fields.emplace_back("Allow", allowed);
    return out;
}

bool Router::needs_loop(const Request& request) const {
    for (const Route& route : routes_) {
        if (route.method == request.method && match(route.pattern, request.path)) {
            return route.on == On::loop;
        }
    }
    return false;
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const Route& route : routes_) out.emplace_back(route.method, route.pattern);
    return out;
}

}  // namespace anju::http
