// Writes TOML that this module reads back. Private to this module.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/model/instant.hpp"

namespace anju::config {

/// Stands in the place of a key in a file that was exported without keys; refused by the reader.
inline constexpr std::string_view key_left_out = "(not exported)";

/// A basic string, TOML 1.0. `text` must be UTF-8.
[[nodiscard]] std::string in_quotes(std::string_view text);

class Writer {
public:
    /// `heading` with its brackets: "[home]".
    void section(std::string_view heading);
    void raw(std::string_view key, const std::string& value);
    /// Nothing when `value` is empty.
    void text(std::string_view key, const std::string& value);
    void duration(std::string_view key, Duration value);
    void boolean(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
    template <class Range, class Spell>
    void list(std::string_view key, const Range& values, Spell spell) {
        std::string all;
        for (const auto& value : values) {
            all += (all.empty() ? "" : ", ") + in_quotes(spell(value));
        }
        raw(key, "[" + all + "]");
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace anju::config
