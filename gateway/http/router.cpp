#include "http/router.hpp"

#include <optional>
#include <utility>

namespace anju::http {
namespace {

std::string_view cut_segment(std::string_view& rest) {
    const std::size_t slash = rest.find('/', 1);
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
    return segment;
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

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> params;
    while (!pattern.empty() && !path.empty()) {
        if (!segment_fits(cut_segment(pattern), cut_segment(path), params)) return std::nullopt;
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return params;
}

}  // namespace

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
    routes_.push_back({std::string(method), std::string(pattern), std::move(handler)});
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
    if (allowed.empty()) return {404, "text/plain; charset=utf-8", "没有这个页面 / not found\n"};
    return {405,
            "text/plain; charset=utf-8",
            "方法不允许 / method not allowed\n",
            {{"Allow", allowed}}};
}

}  // namespace anju::http
