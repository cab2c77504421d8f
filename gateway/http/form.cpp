#include "http/form.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "notify/utf8.hpp"

namespace anju::http {
namespace {

constexpr std::size_t query_fields = 32;

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_escape(std::string_view text, std::size_t at) {
    return text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 &&
           digit(text[at + 2]) >= 0;
}

enum class Plus { space, itself };

std::string decoded(std::string_view text, Plus plus) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_escape(text, i)) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
        }
    }
    return out;
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

std::optional<std::string> strictly_decoded(std::string_view text, Plus plus) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && !is_escape(text, i)) return std::nullopt;
    }
    std::string out = decoded(text, plus);
    if (std::ranges::any_of(out, is_control) || !notify::code_points(out)) return std::nullopt;
    return out;
}

std::string_view cut_field(std::string_view& rest) {
    const std::string_view field = rest.substr(0, rest.find('&'));
    rest.remove_prefix(field.size() == rest.size() ? field.size() : field.size() + 1);
    return field;
}

}  // namespace

std::string form_value(std::string_view body, std::string_view name) {
    while (!body.empty()) {
        const std::string_view field = cut_field(body);
        const std::size_t equals = field.find('=');
        if (equals != field.npos && decoded(field.substr(0, equals), Plus::space) == name) {
            return decoded(field.substr(equals + 1), Plus::space);
        }
    }
    return {};
}

std::optional<std::string> percent_decoded(std::string_view text) {
    return strictly_decoded(text, Plus::itself);
}

std::optional<Query> parse_query(std::string_view query) {
    Query out;
    while (!query.empty()) {
        const std::string_view field = cut_field(query);
        if (field.empty()) continue;
        const std::size_t equals = field.find('=');
        auto name = strictly_decoded(field.substr(0, equals), Plus::space);
        auto value = equals == field.npos ? std::optional<std::string>{std::in_place}
                                          : strictly_decoded(field.substr(equals + 1), Plus::space);
        if (!name || !value || out.size() == query_fields) return std::nullopt;
        if (!out.emplace(std::move(*name), std::move(*value)).second) return std::nullopt;
    }
    return out;
}

}  // namespace anju::http
