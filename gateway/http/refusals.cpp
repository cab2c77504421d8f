#include "http/refusals.hpp"

#include <boost/beast/http/error.hpp>

#include "http/problem.hpp"

namespace anju::http {
namespace {

namespace wire = boost::beast::http;

constexpr std::pair<std::string_view, std::string_view> fields[] = {
    {"Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"X-Robots-Tag", "noindex, nofollow"},
};
constexpr std::string_view stream_retry_s = "10";

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> every_answer() {
    return fields;
}

Response malformed(std::string_view path) {
    return failure(path, 400, "malformed", {"请求格式不对", "malformed request"});
}

std::optional<Response> answer_to(const boost::system::error_code& error, std::string_view path) {
    if (error == wire::error::header_limit || error == wire::error::buffer_overflow) {
        return failure(path, 431, "header_too_large", {"请求头过大", "the header is too large"});
    }
    if (error == wire::error::body_limit) {
        return failure(path, 413, "body_too_large", {"请求体过大", "the body is too large"});
    }
    if (error == wire::error::end_of_stream || error == wire::error::partial_message) return {};
    if (error.category() != make_error_code(wire::error::bad_value).category()) return {};
    return malformed(path);
}

Response needs_tls(std::string_view path) {
    return failure(path, 403, "needs_tls",
                   {"请用 https 访问；若已是 https，代理未设置 X-Forwarded-Proto",
                    "come over https; if you do, the proxy leaves out X-Forwarded-Proto"});
}

Response too_busy(std::string_view path) {
    return failure(path, 503, "busy", {"网关正忙，请稍后再试", "busy, try again"});
}

Response too_many_streams(std::string_view path) {
    Response out = failure(path, 503, "too_many_streams",
                           {"实时连接太多，请稍后再试", "too many live connections, try again"});
    out.fields.emplace_back("Retry-After", stream_retry_s);
    return out;
}

}  // namespace anju::http
