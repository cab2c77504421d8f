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

constexpr char part_mark = '\x1f';

/// Empty for what is no cursor.
std::vector<std::string> key_of(std::string_view cursor) {
    std::vector<std::string> out(1);
    if (cursor.size() % 2 != 0) return {};
    for (; !cursor.empty(); cursor.remove_prefix(2)) {
        unsigned byte = 0;
        const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + 2, byte, 16);
        if (error != std::errc{} || end != cursor.data() + 2) return {};
        if (byte == part_mark) {
            out.emplace_back();
        } else {
            out.back() += static_cast<char>(byte);
        }
    }
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

namespace {

std::optional<std::size_t> limit_of(const http::Request& request, http::Response& refused) {
    const std::string limit = asked(request, "limit");
    const auto value = limit.empty() ? Page{}.limit : number(limit, largest_page);
    if (value && *value > 0) return value;
    refused = bad_request("bad_limit", {"limit 应为 1 到 500", "limit is 1 to 500"});
    return std::nullopt;
}

}  // namespace

http::Response bad_cursor() {
    return bad_request("bad_cursor",
                       {"cursor 无效，请重新加载列表", "the cursor is none: load the list anew"});
}

std::optional<Page> page(const http::Request& request, http::Response& refused) {
    const auto limit = limit_of(request, refused);
    if (!limit) return std::nullopt;
    const std::string from = asked(request, "cursor");
    const auto offset = from.empty() ? Page{}.offset : number(from, std::size_t{1} << 40U);
    if (offset) return Page{*limit, *offset};
    refused = bad_cursor();
    return std::nullopt;
}

std::optional<KeyedPage> keyed_page(const http::Request& request, http::Response& refused,
                                    std::size_t parts) {
    const auto limit = limit_of(request, refused);
    if (!limit) return std::nullopt;
    const std::string from = asked(request, "cursor");
    KeyedPage out{.limit = *limit, .after = {}};
    if (from.empty()) return out;
    out.after = key_of(from);
    if (out.after.size() == parts) return out;
    refused = bad_cursor();
    return std::nullopt;
}

json::string cursor(const std::vector<std::string>& key) {
    constexpr std::string_view digits = "0123456789abcdef";
    json::string out;
    for (std::size_t i = 0; i < key.size(); ++i) {
        for (const char c : (i == 0 ? "" : std::string(1, part_mark)) + key[i]) {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back(digits[byte >> 4U]);
            out.push_back(digits[byte & 15U]);
        }
    }
    return out;
}

}  // namespace anju::api
