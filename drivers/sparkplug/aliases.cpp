#include "drivers/sparkplug/aliases.hpp"

#include <boost/json.hpp>
#include <optional>

#include "drivers/json.hpp"

namespace anju::drivers::sparkplug {

namespace json = boost::json;

namespace {
constexpr std::size_t max_name_bytes = 256;
}

const std::string* Aliases::find(std::string_view node, std::uint64_t alias) const {
    const auto names = nodes_.find(node);
    if (names == nodes_.end()) return nullptr;
    const auto name = names->second.find(alias);
    return name == names->second.end() ? nullptr : &name->second;
}

bool Aliases::learn(std::string_view node, std::uint64_t alias, std::string_view name) {
    if (name.empty() || name.size() > max_name_bytes || node.size() > max_name_bytes) return false;
    auto names = nodes_.find(node);
    if (names != nodes_.end()) {
        if (const auto known = names->second.find(alias); known != names->second.end()) {
            if (known->second == name) return true;
            known->second = name;
            ++revision_;
            return true;
        }
    }
    if (size_ >= limit_) return false;
    if (names == nodes_.end()) names = nodes_.try_emplace(std::string(node)).first;
    names->second.emplace(alias, name);
    ++size_;
    ++revision_;
    return true;
}

void Aliases::forget(std::string_view node) {
    const auto names = nodes_.find(node);
    if (names == nodes_.end()) return;
    size_ -= names->second.size();
    nodes_.erase(names);
    ++revision_;
}

std::string Aliases::to_text() const {
    json::object out;
    for (const auto& [node, names] : nodes_) {
        json::array list;
        for (const auto& [alias, name] : names) list.push_back(json::array{alias, name});
        out[node] = std::move(list);
    }
    return json::serialize(out);
}

bool Aliases::from_text(std::string_view text) {
    const auto parsed = parse_json(text, 8, {});
    if (!parsed || !parsed->is_object()) return false;
    Aliases fresh(limit_);
    for (const auto& [node, list] : parsed->get_object()) {
        if (!list.is_array()) return false;
        for (const json::value& item : list.get_array()) {
            if (!item.is_array() || item.get_array().size() != 2) return false;
            const json::value& alias = item.get_array()[0];
            const json::value& name = item.get_array()[1];
            if (!alias.is_number() || !name.is_string()) return false;
            const auto number = [&]() -> std::optional<std::uint64_t> {
                json::error_code failure;
                const auto value = alias.to_number<std::uint64_t>(failure);
                return failure ? std::nullopt : std::optional{value};
            }();
            if (!number || !fresh.learn(node, *number, std::string_view(name.get_string()))) {
                return false;
            }
        }
    }
    nodes_ = std::move(fresh.nodes_);
    size_ = fresh.size_;
    ++revision_;
    return true;
}

}  // namespace anju::drivers::sparkplug
