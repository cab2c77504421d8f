// Reads one table of a profile and remembers what it was asked for, so that whatever is left over
// can be called unknown. Mistakes are collected, never thrown: who writes a profile wants to see
// all of them at once. Private to this folder (it shows toml++).
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/profile.hpp"

namespace anju::drivers::profile_file {

/// The mistakes of one file.
class Mistakes {
public:
    explicit Mistakes(std::string_view file) : file_(file) {}

    void add(const toml::source_region& at, std::string what, std::string remedy);
    /// "file:line:col".
    [[nodiscard]] std::string place(const toml::source_region& at) const;
    [[nodiscard]] std::size_t count() const { return found_.size(); }
    /// In the order of their places.
    [[nodiscard]] std::vector<ProfileError> take();

private:
    struct Found {
        toml::source_position at;
        ProfileError error;
    };
    std::string file_;
    std::vector<Found> found_;
};

class Section {
public:
    /// `path` as a person writes it: "layout[0].bytes[2]"; empty at the top.
    Section(const toml::table& table, std::string path, Mistakes& mistakes)
        : table_(table), path_(std::move(path)), mistakes_(mistakes) {}

    [[nodiscard]] bool has(std::string_view key);
    [[nodiscard]] bool is_integer(std::string_view key);
    [[nodiscard]] std::vector<std::string_view> keys() const;

    /// Each: nullopt when the key is absent or wrong; what is wrong is reported.
    std::optional<std::string> text(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    std::optional<Decimal> number(std::string_view key);
    std::optional<std::vector<std::string>> texts(std::string_view key);
    std::optional<std::vector<std::int64_t>> integers(std::string_view key, std::int64_t min,
                                                      std::int64_t max);
    std::optional<std::vector<Decimal>> numbers(std::string_view key);
    std::optional<std::vector<Literal>> literals(std::string_view key);
    /// One of `words`, or reported with the nearest.
    std::optional<std::string> word(std::string_view key, std::span<const std::string_view> words);
    const toml::array* array(std::string_view key);
    std::optional<Section> table(std::string_view key);
    std::vector<Section> tables(std::string_view key);

    /// Reports the absence of `key`; true when it is there.
    bool require(std::string_view key, std::string_view example);
    /// Reports every key of `others` that is there although `because` excludes it.
    void exclude(std::initializer_list<std::string_view> others, const std::string& because);
    /// Reports every key nobody asked for. Last.
    void finish();

    /// A mistake in the value of `key`, or in the whole section when the key is absent.
    void wrong(std::string_view key, const std::string& what, std::string remedy);
    [[nodiscard]] std::string where(std::string_view key) const;
    [[nodiscard]] Mistakes& mistakes() { return mistakes_; }

private:
    const toml::node* take(std::string_view key);
    const toml::node* typed(std::string_view key, toml::node_type type, std::string_view wanted);
    [[nodiscard]] std::string path(std::string_view key) const;

    const toml::table& table_;
    std::string path_;
    Mistakes& mistakes_;
    std::vector<std::string_view> asked_;
};

/// "did you mean 'x'?" or "write one of a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> candidates);

}  // namespace anju::drivers::profile_file
