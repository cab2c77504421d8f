// Reads the JSON answers of services. Private to the channels.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "notify/utf8.hpp"

namespace anju::notify {

struct JsonAnswer {
    std::int64_t code{};
    std::string text;  ///< "code text", at most 200 bytes
};

/// The integer under the first of `code_keys` that is there, and the text under the first of
/// `text_keys`; nullopt: this is no such answer.
[[nodiscard]] inline std::optional<JsonAnswer> read_answer(
    std::string_view body, std::initializer_list<std::string_view> code_keys,
    std::initializer_list<std::string_view> text_keys) {
    boost::system::error_code failed;
    const boost::json::value value = boost::json::parse(body, failed);
    const boost::json::object* const object = failed ? nullptr : value.if_object();
    if (object == nullptr) return std::nullopt;
    for (const std::string_view key : code_keys) {
        const auto* const code = object->if_contains(key);
        if (code == nullptr || !code->is_int64()) continue;
        JsonAnswer out{code->get_int64(), std::to_string(code->get_int64())};
        for (const std::string_view name : text_keys) {
            const auto* const text = object->if_contains(name);
            if (text == nullptr || !text->is_string()) continue;
            out.text = shortened(out.text + " " + std::string(text->get_string()), 200);
            break;
        }
        return out;
    }
    return std::nullopt;
}

[[nodiscard]] inline std::string not_understood(std::string_view body) {
    return "the answer is not understood: " + shortened(body, 120);
}

}  // namespace anju::notify
