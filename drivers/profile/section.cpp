#include "drivers/profile/section.hpp"

#include <algorithm>
#include <numeric>

namespace anju::drivers::profile_file {
namespace {

std::string_view type_name(toml::node_type type) {
    switch (type) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "an array";
        case toml::node_type::string:
            return "a string";
        case toml::node_type::integer:
            return "an integer";
        case toml::node_type::floating_point:
            return "a number with a fraction";
        case toml::node_type::boolean:
            return "true or false";
        default:
            return "a date or time";
    }
}

std::optional<Decimal> number_in(const toml::node& node) {
    if (const auto* whole = node.as_integer()) return decimal(whole->get());
    if (const auto* fraction = node.as_floating_point()) return decimal(fraction->get());
    return std::nullopt;
}

std::optional<Literal> literal_in(const toml::node& node) {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* text = node.as_string()) return text->get();
    if (const auto number = number_in(node)) return *number;
    return std::nullopt;
}

/// Insertions, deletions and replacements that turn one into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
    const auto distance = [&](std::string_view candidate) {
        return edit_distance(word, candidate);
    };
    const auto nearest = std::ranges::min_element(candidates, {}, distance);
    if (nearest != candidates.end() &&
        distance(*nearest) <= std::max<std::size_t>(1, nearest->size() / 3)) {
        return "did you mean '" + std::string(*nearest) + "'?";
    }
    std::string out;
    for (const std::string_view candidate : candidates) {
        out += out.empty() ? "write one of " : ", ";
        out += candidate;
    }
    return out;
}

void Mistakes::add(const toml::source_region& at, std::string what, std::string remedy) {
    found_.push_back({at.begin, {place(at), std::move(what), std::move(remedy)}});
}

std::string Mistakes::place(const toml::source_region& at) const {
    return file_ + ":" + std::to_string(at.begin.line) + ":" + std::to_string(at.begin.column);
}

std::vector<ProfileError> Mistakes::take() {
    std::ranges::stable_sort(found_, [](const Found& a, const Found& b) { return a.at < b.at; });
    std::vector<ProfileError> out;
    for (Found& found : found_) out.push_back(std::move(found.error));
    found_.clear();
    return out;
}

const toml::node* Section::take(std::string_view key) {
    if (std::ranges::find(asked_, key) == asked_.end()) asked_.push_back(key);
    return table_.get(key);
}

bool Section::has(std::string_view key) {
    return take(key) != nullptr;
}

bool Section::is_integer(std::string_view key) {
    const toml::node* const node = take(key);
    return node != nullptr && node->is_integer();
}

std::vector<std::string_view> Section::keys() const {
    std::vector<std::string_view> out;
    for (const auto& [key, node] : table_) out.push_back(key.str());
    return out;
}

const toml::node* Section::typed(std::string_view key, toml::node_type type,
                                 std::string_view wanted) {
    const toml::node* const node = take(key);
    if (node == nullptr || node->type() == type) return node;
    wrong(key, "is " + std::string(type_name(node->type())), "write " + std::string(wanted));
    return nullptr;
}

std::optional<std::string> Section::text(std::string_view key) {
    const auto* const node = typed(key, toml::node_type::string, "a string in quotes");
    if (node == nullptr) return std::nullopt;
    return node->as_string()->get();
}

std::optional<std::int64_t> Section::integer(std::string_view key, std::int64_t min,
                                             std::int64_t max) {
    const std::string range =
        "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    const auto* const node = typed(key, toml::node_type::integer, range);
    if (node == nullptr) return std::nullopt;
    const std::int64_t value = node->as_integer()->get();
    if (value >= min && value <= max) return value;
    wrong(key, "is " + std::to_string(value) + ", out of range", "write " + range);
    return std::nullopt;
}

std::optional<Decimal> Section::number(std::string_view key) {
    const toml::node* const node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto value = number_in(*node);
    if (!value) wrong(key, "is " + std::string(type_name(node->type())), "write a number");
    return value;
}

const toml::array* Section::array(std::string_view key) {
    const auto* const node = typed(key, toml::node_type::array, "an array: [ … ]");
    return node == nullptr ? nullptr : node->as_array();
}

std::optional<std::vector<std::string>> Section::texts(std::string_view key) {
    const toml::array* const list = array(key);
    if (list == nullptr) return std::nullopt;
    std::vector<std::string> out;
    for (const toml::node& element : *list) {
        if (!element.is_string()) {
            mistakes_.add(element.source(),
                          path(key) + " holds " + std::string(type_name(element.type())),
                          "write strings in quotes");
            return std::nullopt;
        }
        out.push_back(element.as_string()->get());
    }
    return out;
}

std::optional<std::vector<std::int64_t>> Section::integers(std::string_view key, std::int64_t min,
                                                           std::int64_t max) {
    const toml::array* const list = array(key);
    if (list == nullptr) return std::nullopt;
    std::vector<std::int64_t> out;
    for (const toml::node& element : *list) {
        const auto* const whole = element.as_integer();
        if (whole == nullptr || whole->get() < min || whole->get() > max) {
            mistakes_.add(
                element.source(), path(key) + " holds something else than it may",
                "write whole numbers from " + std::to_string(min) + " to " + std::to_string(max));
            return std::nullopt;
        }
        out.push_back(whole->get());
    }
    return out;
}

std::optional<std::vector<Decimal>> Section::numbers(std::string_view key) {
    const toml::array* const list = array(key);
    if (list == nullptr) return std::nullopt;
    std::vector<Decimal> out;
    for (const toml::node& element : *list) {
        const auto value = number_in(element);
        if (!value) {
            mistakes_.add(element.source(),
                          path(key) + " holds " + std::string(type_name(element.type())),
                          "write numbers");
            return std::nullopt;
        }
        out.push_back(*value);
    }
    return out;
}

std::optional<std::vector<Literal>> Section::literals(std::string_view key) {
    const toml::array* const list = array(key);
    if (list == nullptr) return std::nullopt;
    std::vector<Literal> out;
    for (const toml::node& element : *list) {
        auto value = literal_in(element);
        if (!value) {
            mistakes_.add(element.source(),
                          path(key) + " holds " + std::string(type_name(element.type())),
                          "write numbers, strings, true or false");
            return std::nullopt;
        }
        out.push_back(std::move(*value));
    }
    return out;
}

std::optional<std::string> Section::word(std::string_view key,
                                         std::span<const std::string_view> words) {
    auto value = text(key);
    if (!value || std::ranges::find(words, *value) != words.end()) return value;
    wrong(key, "'" + *value + "' is not known", suggestion(*value, words));
    return std::nullopt;
}

std::optional<Section> Section::table(std::string_view key) {
    const auto* const node = typed(key, toml::node_type::table, "a table: { … }");
    if (node == nullptr) return std::nullopt;
    return Section{*node->as_table(), path(key), mistakes_};
}

std::vector<Section> Section::tables(std::string_view key) {
    std::vector<Section> out;
    const toml::array* const list = array(key);
    if (list == nullptr) return out;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const toml::node& element = (*list)[i];
        if (const toml::table* const inner = element.as_table()) {
            out.emplace_back(*inner, path(key) + "[" + std::to_string(i) + "]", mistakes_);
        } else {
            mistakes_.add(element.source(),
                          path(key) + " holds " + std::string(type_name(element.type())),
                          "write sections [[" + std::string(key) + "]]");
        }
    }
    return out;
}

bool Section::require(std::string_view key, std::string_view example) {
    if (take(key) != nullptr) return true;
    mistakes_.add(table_.source(), path(key) + " is missing",
                  "add " + std::string(key) + " = " + std::string(example));
    return false;
}

void Section::exclude(std::initializer_list<std::string_view> others, const std::string& because) {
    for (const std::string_view key : others) {
        if (has(key)) wrong(key, "cannot stand here", because);
    }
}

void Section::finish() {
    for (const auto& [key, node] : table_) {
        if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
        mistakes_.add(key.source(), path(key.str()) + " is not a known key",
                      suggestion(key.str(), asked_));
    }
}

std::string Section::path(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void Section::wrong(std::string_view key, const std::string& what, std::string remedy) {
    const toml::node* const node = table_.get(key);
    mistakes_.add(node == nullptr ? table_.source() : node->source(), path(key) + " " + what,
                  std::move(remedy));
}

std::string Section::where(std::string_view key) const {
    const toml::node* const node = table_.get(key);
    return mistakes_.place(node == nullptr ? table_.source() : node->source());
}

}  // namespace anju::drivers::profile_file
