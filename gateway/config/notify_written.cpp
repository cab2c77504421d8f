// One [[notify.channel]] as `anjuctl config show` shows it: what its kind reads, and nothing that
// may be a key. See notify_section.hpp.
#include <algorithm>
#include <array>

#include "config/notify_section.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

constexpr std::string_view hidden = "***";

/// A placeholder is filled by the gateway; anything else may be somebody's key.
bool is_template(std::string_view value) {
    return value.find('{') != std::string_view::npos;
}

/// "key=abc&to={phone}" -> "key=***&to={phone}"
std::string without_keys(std::string_view query) {
    std::string out;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view one = query.substr(0, end);
        const std::size_t equals = std::min(one.find('='), one.size());
        const std::string_view value = one.substr(std::min(equals + 1, one.size()));
        if (!out.empty()) out += '&';
        out += one.substr(0, equals);
        if (equals < one.size()) out += '=';
        out += value.empty() || is_template(value) ? value : hidden;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return out;
}

std::string shown_url(const std::string& url) {
    const std::size_t query = std::min(url.find('?'), url.size());
    std::string out = url.substr(0, query);
    const std::size_t host = out.find("://");
    const std::size_t user = out.find('@');
    if (host != out.npos && user != out.npos && user < out.find('/', host + 3)) {
        out.replace(host + 3, user - host - 3, hidden);
    }
    if (query < url.size()) out += "?" + without_keys(std::string_view(url).substr(query + 1));
    return out;
}

/// Values of strings without a placeholder are hidden: {"key":"***","to":"{phone}"}.
std::string json_without_keys(std::string_view body) {
    std::string out;
    bool after_colon = false;  // and so in the elements of an array, but for the first only
    while (!body.empty()) {
        const char first = body.front();
        std::size_t end = 1;
        if (first == '"') {
            while (end < body.size() && body[end] != '"') end += body[end] == '\\' ? 2 : 1;
            end = std::min(end + 1, body.size());
        }
        const std::string_view part = body.substr(0, end);
        const bool hide = first == '"' && after_colon && part.size() > 2 && !is_template(part);
        out += hide ? "\"" + std::string(hidden) + "\"" : std::string(part);
        if (first == ':') after_colon = true;
        if (first == ',' || first == '{' || first == '}') after_colon = false;
        body.remove_prefix(end);
    }
    return out;
}

/// The placeholders, and that there is something around them.
std::string text_without_keys(std::string_view body) {
    std::string out;
    while (!body.empty()) {
        const std::size_t begin = std::min(body.find('{'), body.size());
        if (begin > 0) out += hidden;
        body.remove_prefix(begin);
        const std::size_t end = std::min(body.find('}'), body.size());
        out += body.substr(0, std::min(end + 1, body.size()));
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return out;
}

std::string shown_body(const NotifyChannel& channel) {
    if (channel.body_kind == "form") return without_keys(channel.body);
    return channel.body_kind == "json" ? json_without_keys(channel.body)
                                       : text_without_keys(channel.body);
}

std::string shown_header(const std::string& header) {
    constexpr std::array<std::string_view, 3> harmless{"Content-Type:", "Accept:", "User-Agent:"};
    const bool open = std::ranges::any_of(
        harmless, [&](std::string_view name) { return header.starts_with(name); });
    const std::size_t colon = header.find(':');
    if (open || is_template(header) || colon == header.npos) return header;
    return header.substr(0, colon) + ": " + std::string(hidden);
}

void write_sms(Writer& out, const NotifyChannel& channel) {
    out.text("method", channel.method);
    out.list("headers", channel.headers, &shown_header);
    out.text("body", shown_body(channel));
    out.text("body_kind", channel.body_kind);
    out.text("success_pointer", channel.success_pointer);
    out.text("success_value", channel.success_value);
    out.list("limit_values", channel.limit_values,
             [](const std::string& text) { return std::string_view(text); });
    out.raw("longest_text", std::to_string(channel.longest_text));
}

void write_mail(Writer& out, const NotifyChannel& channel) {
    out.text("username", channel.username);
    out.text("password_file", channel.password_file);
    out.text("from", channel.from);
    out.text("from_name", channel.from_name);
}

void write_modem(Writer& out, const NotifyChannel& channel) {
    out.text("device", channel.device);
    out.raw("baud", std::to_string(channel.baud));
    out.text("pin_file", channel.pin_file);
}

}  // namespace

void write_channel(Writer& out, const NotifyChannel& channel) {
    out.section("[[notify.channel]]");
    out.text("name", channel.name);
    out.text("kind", channel.kind);
    out.list("roles", channel.roles, [](Role role) { return anju::name(role); });
    out.list("communities", channel.communities,
             [](const std::string& text) { return std::string_view(text); });
    out.list("priorities", channel.priorities, [](Priority one) { return anju::name(one); });
    out.boolean("backup", channel.backup);
    out.boolean("allow_plaintext", channel.allow_plaintext);
    out.text("ca_file", channel.ca_file);
    out.text("url_file", channel.url_file);
    out.text("url", shown_url(channel.url));
    out.text("secret_file", channel.secret_file);
    if (!channel.url_file.empty()) out.boolean("markdown", channel.markdown);
    if (channel.kind == "sms") write_sms(out, channel);
    if (channel.kind == "mail") write_mail(out, channel);
    if (channel.kind == "modem") write_modem(out, channel);
    if (channel.kind == "sms" || channel.kind == "modem") {
        out.raw("per_minute", std::to_string(channel.per_minute));
    }
}

}  // namespace anju::config
