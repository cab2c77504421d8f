#include "app/anjuctl/field.hpp"

#include "core/text/quantities.hpp"

namespace anju::ctl {

namespace json = boost::json;

const json::value& member(const json::value& object, std::string_view key) {
    static const json::value null;
    const json::object* const members = object.if_object();
    const json::value* const found =
        members == nullptr ? nullptr : members->if_contains(json::string_view(key));
    return found == nullptr ? null : *found;
}

const json::array& rows(const json::value& object, std::string_view key) {
    static const json::array none;
    const json::array* const found = member(object, key).if_array();
    return found == nullptr ? none : *found;
}

std::string field(const json::value& object, std::string_view key) {
    const json::value& found = member(object, key);
    if (found.is_null()) return {};
    if (found.is_string()) return std::string(found.get_string());
    return json::serialize(found);
}

std::int64_t number(const json::value& object, std::string_view key) {
    boost::system::error_code error;
    const json::value& found = member(object, key);
    if (!found.is_number()) return 0;
    const auto value = found.to_number<std::int64_t>(error);
    return error ? 0 : value;
}

bool flag(const json::value& object, std::string_view key) {
    const bool* const found = member(object, key).if_bool();
    return found != nullptr && *found;
}

std::string time_field(const json::value& object, std::string_view key, Lang lang) {
    std::string out = field(object, key);
    if (out.empty()) return std::string(text::never.in(lang));
    out.resize(std::min<std::size_t>(out.size(), 19));
    if (out.size() > 10) out[10] = ' ';
    return out;
}

std::string span_text(std::chrono::seconds length, Lang lang) {
    const auto language = lang == Lang::zh ? anju::text::Language::zh : anju::text::Language::en;
    return anju::text::span(language, length);
}

std::string term_field(const json::value& object, std::string_view key, Lang lang) {
    const std::string name = field(object, key);
    return std::string(term(lang, name));
}

}  // namespace anju::ctl
