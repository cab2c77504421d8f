// One table of a scenario file with typed, required or defaulted keys. Private to the readers of
// scenarios (it shows toml++).
#pragma once

#include <toml++/toml.h>
#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/scenario/nearest.hpp"

namespace anju::sim {

inline constexpr auto hint_day_time = "write it like \"06:30\"";
inline constexpr auto hint_duration = "write it like \"15m\" or \"1d2h\"";

/// Thrown by the readers, caught by parse_scenario().
struct Mistake {
    Error error;
};

[[noreturn]] inline void fail(const std::string& file, const toml::node* node, std::string what,
                              std::string remedy) {
    const auto line = node != nullptr ? node->source().begin.line : 0U;
    throw Mistake{{std::move(what), file + ":" + std::to_string(line), std::move(remedy)}};
}

/// One table of the file with typed, required or defaulted keys.
class Table {
public:
    Table(const toml::table& table, const std::string& file,
          std::initializer_list<std::string_view> keys)
        : Table(table, file, std::span(keys.begin(), keys.size())) {}
    Table(const toml::table& table, const std::string& file, std::span<const std::string_view> keys)
        : table_(table), file_(file) {
        for (const auto& [key, node] : table) {
            if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
            fail(file_, &node, "unknown key '" + std::string(key.str()) + "'",
                 suggestion(key.str(), {keys.begin(), keys.size()}));
        }
    }

    [[nodiscard]] std::string text(std::string_view key) const {
        const auto* node = table_.get(key);
        if (node == nullptr) missing(key);
        if (const auto value = node->value_exact<std::string>()) return *value;
        fail(file_, node, "'" + std::string(key) + "' is not a text", "write it in quotes");
    }
    [[nodiscard]] std::string text(std::string_view key, std::string fallback) const {
        return table_.contains(key) ? text(key) : std::move(fallback);
    }
    [[nodiscard]] double number(std::string_view key, double fallback, double lowest,
                                double highest) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return fallback;
        const auto value = node->value<double>();
        if (value && *value >= lowest && *value <= highest) return *value;
        fail(file_, node, "'" + std::string(key) + "' is not a number in its range",
             std::to_string(lowest) + " to " + std::to_string(highest));
    }
    /// A text understood by `parse`.
    template <class Parse>
    [[nodiscard]] auto parsed(std::string_view key, Parse parse, const std::string& remedy) const {
        const auto given = text(key);
        if (const auto value = parse(given)) return *value;
        fail(file_, table_.get(key), "'" + std::string(key) + "' is not valid: '" + given + "'",
             remedy);
    }
    template <class Parse, class Value>
    [[nodiscard]] Value parsed(std::string_view key, Parse parse, const std::string& remedy,
                               Value fallback) const {
        return table_.contains(key) ? parsed(key, parse, remedy) : fallback;
    }
    /// A text that is one of `known`; `find` gives something that is false for the others.
    template <class Find>
    [[nodiscard]] auto chosen(std::string_view key, Find find,
                              std::span<const std::string_view> known) const {
        const auto given = text(key);
        if (const auto value = find(given)) return *value;
        fail(file_, table_.get(key), "'" + std::string(key) + "' is not valid: '" + given + "'",
             suggestion(given, known));
    }
    /// `day` (1 when left out) and `key`, a time of day, since midnight of the first day.
    [[nodiscard]] Duration day_time(std::string_view key = "at") const {
        const auto day = static_cast<int>(number("day", 1, 1, 3650));
        return parsed(key, parse_time_of_day, hint_day_time) + (day - 1) * std::chrono::hours{24};
    }
    /// Calls `each` with every text of the array `key` and its node.
    template <class Each>
    void texts(std::string_view key, Each each) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return;
        const auto* array = node->as_array();
        if (array == nullptr) fail(file_, node, "not a list", "write [\"...\"]");
        for (const auto& entry : *array) {
            const auto value = entry.value_exact<std::string>();
            if (!value) fail(file_, &entry, "not a text", "write it in quotes");
            each(*value, entry);
        }
    }
    [[nodiscard]] unsigned line() const { return table_.source().begin.line; }
    [[nodiscard]] const toml::node* node(std::string_view key) const { return table_.get(key); }
    [[noreturn]] void missing(std::string_view key) const {
        fail(file_, &table_, "'" + std::string(key) + "' is missing", "add it");
    }
    /// Calls `each` for every table of the array `key`.
    template <class Each>
    void tables(std::string_view key, Each each) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return;
        const auto* array = node->as_array();
        if (array == nullptr) fail(file_, node, "not an array of tables", "write [[...]]");
        for (const auto& entry : *array) {
            const auto* table = entry.as_table();
            if (table == nullptr) fail(file_, &entry, "not a table", "write [[...]]");
            each(*table);
        }
    }

private:
    const toml::table& table_;
    const std::string& file_;
};

}  // namespace anju::sim
