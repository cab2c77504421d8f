#include "drivers/sparkplug/aliases.hpp"

namespace anju::drivers::sparkplug {
namespace {

constexpr std::size_t max_name_bytes = 256;
constexpr std::size_t max_node_bytes = 2 * max_name_bytes;

bool fits(std::string_view name) {
    return !name.empty() && name.size() <= max_name_bytes;
}

std::string type_key(std::string_view device, std::string_view name) {
    return std::string(device) + "/" + std::string(name);
}

}  // namespace

const Aliases::Node* Aliases::find_node(std::string_view node) const {
    const auto found = nodes_.find(node);
    return found == nodes_.end() ? nullptr : &found->second;
}

const MetricInfo* Aliases::find(std::string_view node, std::uint64_t alias) const {
    const Node* said = find_node(node);
    if (said == nullptr) return nullptr;
    const auto metric = said->aliases.find(alias);
    return metric == said->aliases.end() ? nullptr : &metric->second;
}

std::uint8_t Aliases::find_type(std::string_view node, std::string_view device,
                                std::string_view name) const {
    const Node* said = find_node(node);
    if (said == nullptr || said->types.empty()) return 0;
    const auto type = said->types.find(type_key(device, name));
    return type == said->types.end() ? std::uint8_t{0} : type->second;
}

const std::set<std::string, std::less<>>* Aliases::devices(std::string_view node) const {
    const Node* said = find_node(node);
    return said == nullptr ? nullptr : &said->devices;
}

std::optional<std::uint64_t> Aliases::session(std::string_view node) const {
    const Node* said = find_node(node);
    return said == nullptr ? std::nullopt : said->session;
}

bool Aliases::take_room() {
    if (size_ >= limit_) return false;
    ++size_;
    ++revision_;
    return true;
}

Aliases::Node* Aliases::make_node(std::string_view node) {
    if (const auto found = nodes_.find(node); found != nodes_.end()) return &found->second;
    if (node.empty() || node.size() > max_node_bytes || !take_room()) return nullptr;
    return &nodes_.try_emplace(std::string(node)).first->second;
}

bool Aliases::begin(std::string_view node, std::optional<std::uint64_t> session) {
    Node* said = make_node(node);
    if (said == nullptr) return false;
    size_ -= said->size() - 1;
    *said = Node{};
    said->session = session;
    ++revision_;
    return true;
}

bool Aliases::learn(std::string_view node, std::uint64_t alias, std::string_view name,
                    std::uint8_t datatype) {
    Node* said = fits(name) ? make_node(node) : nullptr;
    if (said == nullptr) return false;
    MetricInfo info{std::string(name), datatype};
    if (const auto known = said->aliases.find(alias); known != said->aliases.end()) {
        if (known->second == info) return true;
        known->second = std::move(info);
        ++revision_;
        return true;
    }
    if (!take_room()) return false;
    said->aliases.emplace(alias, std::move(info));
    return true;
}

bool Aliases::learn_type(std::string_view node, std::string_view device, std::string_view name,
                         std::uint8_t datatype) {
    Node* said = fits(name) && device.size() <= max_name_bytes ? make_node(node) : nullptr;
    if (said == nullptr) return false;
    std::string key = type_key(device, name);
    if (const auto known = said->types.find(key); known != said->types.end()) {
        if (known->second == datatype) return true;
        known->second = datatype;
        ++revision_;
        return true;
    }
    if (!take_room()) return false;
    said->types.emplace(std::move(key), datatype);
    return true;
}

bool Aliases::learn_device(std::string_view node, std::string_view device) {
    Node* said = fits(device) ? make_node(node) : nullptr;
    if (said == nullptr) return false;
    if (said->devices.contains(device)) return true;
    if (!take_room()) return false;
    said->devices.emplace(device);
    return true;
}

}  // namespace anju::drivers::sparkplug
