#include "api/answers.hpp"

#include <charconv>

#include "http/form.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

constexpr std::size_t deepest = 16;
constexpr std::size_t largest_page = 500;

std::optional<std::size_t> number(std::string_view text, std::size_t most) {
    std::size_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || out > most) return {};
    return out;
}

bool is_json(std::string_view content_type) {
    return content_type.substr(0, content_type.find(';')) == "application/json";
}

}  // namespace

http::Response answer(const http::Request& request, const json::value& what) {
    return http::with_etag(request, http::json_answer(json::serialize(what)));
}

http::Response done(const json::value& what) {
    http::Response out = http::json_answer(json::serialize(what));
    out.compress = false;
    return out;
}

http::Response done_command(json::object answer) {
    answer["text_en"] = answer["text"];
    answer.erase("text");
    return done(answer);
}

http::Response nothing() {
    return {.status = 204, .content_type = {}, .body = {}};
}

http::Response not_found() {
    return http::problem({.status = 404,
                          .code = "not_found",
                          .title = {"没有这项内容", "there is no such thing"},
                          .detail = {"可能已被移除，或不在您的辖区内。",
                                     "It may have been removed, or lies outside of your area."}});
}

http::Response not_allowed() {
    return http::problem({.status = 403,
                          .code = "not_allowed",
                          .title = {"您的角色不能这样操作", "your role may not do this"},
                          .detail = {"如果工作需要，请联系管理账号的人。",
                                     "If your work needs it, ask whoever keeps the accounts."}});
}

http::Response bad_request(std::string_view code, text::Wording title, std::vector<Error> errors) {
    return http::problem(
        {.status = 400, .code = code, .title = title, .errors = std::move(errors)});
}

http::Response too_busy(text::Wording title, std::chrono::seconds wait) {
    http::Response out = http::problem({.status = 503, .code = "busy", .title = title});
    out.fields.emplace_back("Retry-After", std::to_string(wait.count()));
    return out;
}

http::Response too_busy_reading() {
    return too_busy({"正在统计的内容较多，请稍后再试", "much is being read now: try again soon"},
                    std::chrono::seconds{10});
}

http::Response from(const http::Request& request, const control::Reply& reply) {
    if (reply.busy) return too_busy_reading();
    if (reply.ok()) return answer(request, reply.result);
    return bad_request("refused", {"请求有误", "the request cannot be carried out"}, reply.errors);
}

std::optional<json::object> body(const http::Request& request, http::Response& refused) {
    if (!is_json(request.content_type)) {
        refused = http::problem(
            {.status = 415,
             .code = "not_json",
             .title = {"请求体必须是 JSON", "the body has to be JSON"},
             .detail = {"Content-Type: application/json", "Content-Type: application/json"}});
        return std::nullopt;
    }
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code error;
    json::value value = json::parse(request.body, error, {}, options);
    if (error || !value.is_object()) {
        refused = bad_request("malformed", {"请求体不是 JSON 对象", "the body is no JSON object"});
        return std::nullopt;
    }
    return std::move(value.as_object());
}

std::string asked(const http::Request& request, std::string_view name) {
    return http::form_value(request.query, name);
}

std::optional<Page> page(const http::Request& request, http::Response& refused) {
    Page out;
    const std::string limit = asked(request, "limit");
    const std::string cursor = asked(request, "cursor");
    if (!limit.empty()) {
        const auto value = number(limit, largest_page);
        if (!value || *value == 0) {
            refused = bad_request("bad_limit", {"limit 应为 1 到 500", "limit is 1 to 500"});
            return std::nullopt;
        }
        out.limit = *value;
    }
    if (!cursor.empty()) {
        const auto value = number(cursor, std::size_t{1} << 40U);
        if (!value) {
            refused = bad_request("bad_cursor", {"cursor 无效，请重新加载列表",
                                                 "the cursor is none: load the list anew"});
            return std::nullopt;
        }
        out.offset = *value;
    }
    return out;
}

json::value cursor_after(const Page& page, std::size_t given, std::size_t all) {
    if (page.offset + given >= all || given == 0) return nullptr;
    return json::string(std::to_string(page.offset + given));
}

}  // namespace anju::api
