// Reads one TOML table and remembers what it was asked for, so that whatever is left over can be
// called unknown. Mistakes are collected, never thrown: the reader of a broken file wants to see
// all of them at once. Private to this module (it shows toml++).
#pragma once

#include <toml++/toml.h>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace anju::config {

/// The mistakes of one file.
class Report {
public:
    explicit Report(std::string file) : file_(std::move(file)) {}

    void add(const toml::source_region& at, std::string what, std::string remedy);
    /// "file:line:col".
    [[nodiscard]] std::string place(const toml::source_region& at) const;
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    /// In the order of their places.
    [[nodiscard]] Errors take();

private:
    struct Found {
        toml::source_position at;
        Error error;
    };
    std::string file_;
    std::vector<Found> found_;
};

class Section {
public:
    /// `parent` (nullptr at the top) must outlive this; `index` >= 0 for an element of an array.
    Section(const toml::table& table, const Section* parent, std::string_view name, int index,
            Report& report)
        : table_(table), parent_(parent), name_(name), index_(index), report_(report) {}

    [[nodiscard]] bool has(std::string_view key);

    /// Each: nullopt when the key is absent or wrong; wrong values are reported.
    std::optional<std::string> text(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    /// A number with at most three decimals, as thousandths; `min` and `max` are thousandths too.
    std::optional<std::int64_t> thousandths(std::string_view key, std::int64_t min,
                                            std::int64_t max);
    std::optional<bool> boolean(std::string_view key);
    std::optional<Duration> duration(std::string_view key, Duration min, Duration max);
    std::optional<std::uint64_t> size(std::string_view key, std::uint64_t min, std::uint64_t max);
    std::optional<std::vector<std::string>> texts(std::string_view key);

    /// Reports the absence of `key`; true when it is there.
    bool require(std::string_view key, std::string_view example);

    /// The same for a section of its own; `example` is its first key.
    bool require_table(std::string_view key, std::string_view example);

    std::optional<Section> table(std::string_view key);
    std::vector<Section> tables(std::string_view key);

    /// Reports every key nobody asked for. Last.
    void finish();

    /// "store.max_bytes", "household[3].device[0].kind".
    [[nodiscard]] std::string path(std::string_view key) const;
    /// A mistake in the value of `key` (or in the whole section when the key is absent).
    void wrong(std::string_view key, const std::string& what, std::string remedy);
    void wrong_element(std::string_view key, std::size_t index, const std::string& what,
                       std::string remedy);
    /// "file:line:col" of the value of `key`.
    [[nodiscard]] std::string where(std::string_view key) const;
    [[nodiscard]] Report& report() { return report_; }

private:
    const toml::node* take(std::string_view key);
    const toml::node* typed(std::string_view key, toml::node_type type, std::string_view wanted);
    [[nodiscard]] std::string here() const;

    const toml::table& table_;
    const Section* parent_;
    std::string_view name_;
    int index_;
    Report& report_;
    std::vector<std::string_view> asked_;
};

}  // namespace anju::config
