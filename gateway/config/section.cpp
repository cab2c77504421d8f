#include "config/section.hpp"

#include <algorithm>
#include <cmath>

#include "config/suggest.hpp"
#include "config/units.hpp"

namespace anju::config {
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

}  // namespace

void Report::add(const toml::source_region& at, std::string what, std::string remedy) {
    found_.push_back({at.begin, {std::move(what), place(at), std::move(remedy)}});
}

std::string Report::place(const toml::source_region& at) const {
    return file_ + ":" + std::to_string(at.begin.line) + ":" + std::to_string(at.begin.column);
}

Errors Report::take() {
    std::ranges::stable_sort(found_, [](const Found& a, const Found& b) { return a.at < b.at; });
    Errors out;
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

std::optional<std::int64_t> Section::thousandths(std::string_view key, std::int64_t min,
                                                 std::int64_t max) {
    const auto* const node = take(key);
    if (node == nullptr) return std::nullopt;
    const std::string range =
        "a number from " + decimal_of(min) + " to " + decimal_of(max) + ", at most three decimals";
    const auto number = node->value<double>();
    if (!number) {
        wrong(key, "is not a number", "write " + range);
        return std::nullopt;
    }
    const double scaled = *number * 1000;
    const double whole = std::round(scaled);
    if (!(std::abs(scaled - whole) < 1e-6) || whole < static_cast<double>(min) ||
        whole > static_cast<double>(max)) {
        wrong(key, "is out of range", "write " + range);
        return std::nullopt;
    }
    return static_cast<std::int64_t>(whole);
}

std::optional<bool> Section::boolean(std::string_view key) {
    const auto* const node = typed(key, toml::node_type::boolean, "true or false");
    if (node == nullptr) return std::nullopt;
    return node->as_boolean()->get();
}

std::optional<Duration> Section::duration(std::string_view key, Duration min, Duration max) {
    const auto* const node =
        typed(key, toml::node_type::string, R"(a duration such as "90s", "30min", "24h" or "7d")");
    if (node == nullptr) return std::nullopt;
    const std::string& value = node->as_string()->get();
    const auto parsed = parse_duration(value);
    if (!parsed) {
        wrong(key, "'" + value + "' is not a duration",
              R"(write a whole number and ms, s, min, h or d, such as "30min")");
        return std::nullopt;
    }
    if (*parsed >= min && *parsed <= max) return parsed;
    wrong(key, "'" + value + "' is out of range",
          "choose from \"" + format_duration(min) + "\" to \"" + format_duration(max) + "\"");
    return std::nullopt;
}

std::optional<std::uint64_t> Section::size(std::string_view key, std::uint64_t min,
                                           std::uint64_t max) {
    const toml::node* const node = take(key);
    if (node == nullptr) return std::nullopt;
    std::optional<std::uint64_t> parsed;
    if (node->is_string()) parsed = parse_size(node->as_string()->get());
    if (node->is_integer() && node->as_integer()->get() >= 0) {
        parsed = static_cast<std::uint64_t>(node->as_integer()->get());
    }
    if (!parsed) {
        wrong(key, "is not a size", R"(write bytes, or a string such as "16MB" or "2GiB")");
        return std::nullopt;
    }
    if (*parsed >= min && *parsed <= max) return parsed;
    wrong(key, "is " + std::to_string(*parsed) + " bytes, out of range",
          "choose from " + std::to_string(min) + " to " + std::to_string(max) + " bytes");
    return std::nullopt;
}

std::optional<std::vector<std::string>> Section::texts(std::string_view key) {
    const auto* const node = typed(key, toml::node_type::array, R"(an array such as ["a", "b"])");
    if (node == nullptr) return std::nullopt;
    std::vector<std::string> out;
    for (const toml::node& element : *node->as_array()) {
        if (!element.is_string()) {
            report_.add(element.source(),
                        path(key) + " holds " + std::string(type_name(element.type())),
                        "write strings in quotes");
            return std::nullopt;
        }
        out.push_back(element.as_string()->get());
    }
    return out;
}

bool Section::require(std::string_view key, std::string_view example) {
    if (take(key) != nullptr) return true;
    report_.add(table_.source(), path(key) + " is missing",
                "add " + std::string(key) + " = " + std::string(example) +
                    (name_.empty() ? "" : " to this section"));
    return false;
}

bool Section::require_table(std::string_view key, std::string_view example) {
    if (take(key) != nullptr) return true;
    const std::string name = "[" + path(key) + "]";
    report_.add(table_.source(), "the section " + name + " is missing",
                "add " + name + " with " + std::string(example));
    return false;
}

std::optional<Section> Section::table(std::string_view key) {
    const auto* const node =
        typed(key, toml::node_type::table, "a section [" + path(key) + "] with keys in it");
    if (node == nullptr) return std::nullopt;
    return Section{*node->as_table(), parent_ || !name_.empty() ? this : nullptr, key, -1, report_};
}

std::vector<Section> Section::tables(std::string_view key) {
    std::vector<Section> out;
    const std::string wanted = "sections [[" + std::string(key) + "]]";
    const auto* const node = typed(key, toml::node_type::array, wanted);
    if (node == nullptr) return out;
    int index = 0;
    for (const toml::node& element : *node->as_array()) {
        if (const toml::table* const inner = element.as_table()) {
            out.emplace_back(*inner, parent_ || !name_.empty() ? this : nullptr, key, index,
                             report_);
        } else {
            report_.add(element.source(),
                        path(key) + " holds " + std::string(type_name(element.type())),
                        "write " + wanted);
        }
        ++index;
    }
    return out;
}

void Section::finish() {
    for (const auto& [key, node] : table_) {
        if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
        report_.add(key.source(), path(key.str()) + " is not a known key",
                    suggestion(key.str(), asked_));
    }
}

std::string Section::here() const {
    std::string out = parent_ == nullptr ? std::string{} : parent_->here();
    if (!out.empty()) out += ".";
    out += name_;
    if (index_ >= 0) out += "[" + std::to_string(index_) + "]";
    return out;
}

std::string Section::path(std::string_view key) const {
    const std::string prefix = here();
    return prefix.empty() ? std::string(key) : prefix + "." + std::string(key);
}

void Section::wrong(std::string_view key, const std::string& what, std::string remedy) {
    const toml::node* const node = table_.get(key);
    report_.add(node == nullptr ? table_.source() : node->source(), path(key) + " " + what,
                std::move(remedy));
}

void Section::wrong_element(std::string_view key, std::size_t index, const std::string& what,
                            std::string remedy) {
    const toml::array* const array = table_.get_as<toml::array>(key);
    report_.add((*array)[index].source(), path(key) + " " + what, std::move(remedy));
}

std::string Section::where(std::string_view key) const {
    const toml::node* const node = table_.get(key);
    return report_.place(node == nullptr ? table_.source() : node->source());
}

}  // namespace anju::config
