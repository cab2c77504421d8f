// Aliases as text and back:
// {"group/node":{"session":7,"devices":["d"],"aliases":[[1,"name",12]],"types":[["d/name",3]]}}
#include <boost/json.hpp>
#include <limits>

#include "drivers/json.hpp"
#include "drivers/sparkplug/aliases.hpp"

namespace anju::drivers::sparkplug {
namespace {

namespace json = boost::json;

std::optional<std::uint64_t> number_of(const json::value& value, std::uint64_t limit) {
    json::error_code failure;
    if (!value.is_int64() && !value.is_uint64()) return std::nullopt;
    const auto number = value.to_number<std::uint64_t>(failure);
    if (failure || number > limit) return std::nullopt;
    return number;
}

const json::array* array_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_array();
}

std::optional<std::uint8_t> type_of(const json::value& value) {
    const auto number = number_of(value, 0xFF);
    return number ? std::optional{static_cast<std::uint8_t>(*number)} : std::nullopt;
}

constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

bool read_alias(const json::value& item, std::string_view node, Aliases& out) {
    const json::array* parts = item.if_array();
    if (parts == nullptr || parts->size() != 3 || !parts->at(1).is_string()) return false;
    const auto alias = number_of(parts->at(0), any_number);
    const auto type = type_of(parts->at(2));
    return alias && type && out.learn(node, *alias, parts->at(1).get_string(), *type);
}

bool read_type(const json::value& item, std::string_view node, Aliases& out) {
    const json::array* parts = item.if_array();
    if (parts == nullptr || parts->size() != 2 || !parts->at(0).is_string()) return false;
    const std::string_view key = parts->at(0).get_string();
    const auto slash = key.find('/');  // there is none in a device's name
    const auto type = type_of(parts->at(1));
    return slash != std::string_view::npos && type &&
           out.learn_type(node, key.substr(0, slash), key.substr(slash + 1), *type);
}

bool read_device(const json::value& item, std::string_view node, Aliases& out) {
    return item.is_string() && out.learn_device(node, item.get_string());
}

bool read_node(const json::value& value, std::string_view node, Aliases& out) {
    const json::object* said = value.if_object();
    if (said == nullptr) return false;
    std::optional<std::uint64_t> session;
    if (const json::value* number = said->if_contains("session")) {
        session = number_of(*number, any_number);
        if (!session) return false;
    }
    if (!out.begin(node, session)) return false;
    const auto each = [&](std::string_view name, auto read) {
        const json::array* list = array_member(*said, name);
        if (list == nullptr) return false;
        for (const json::value& item : *list) {
            if (!read(item, node, out)) return false;
        }
        return true;
    };
    return each("devices", read_device) && each("aliases", read_alias) && each("types", read_type);
}

}  // namespace

std::string Aliases::to_text() const {
    json::object out;
    for (const auto& [name, node] : nodes_) {
        json::array devices;
        for (const auto& device : node.devices) devices.emplace_back(device);
        json::array aliases;
        for (const auto& [alias, metric] : node.aliases) {
            aliases.push_back(json::array{alias, metric.name, metric.datatype});
        }
        json::array types;
        for (const auto& [key, type] : node.types) types.push_back(json::array{key, type});
        json::object said{{"devices", std::move(devices)},
                          {"aliases", std::move(aliases)},
                          {"types", std::move(types)}};
        if (node.session) said["session"] = *node.session;
        out[name] = std::move(said);
    }
    return json::serialize(out);
}

bool Aliases::from_text(std::string_view text) {
    const auto parsed = parse_json(text, 8, {});
    if (!parsed || !parsed->is_object()) return false;
    Aliases fresh(limit_);
    for (const auto& [node, said] : parsed->get_object()) {
        if (!read_node(said, node, fresh)) return false;
    }
    nodes_ = std::move(fresh.nodes_);
    size_ = fresh.size_;
    ++revision_;
    return true;
}

}  // namespace anju::drivers::sparkplug
