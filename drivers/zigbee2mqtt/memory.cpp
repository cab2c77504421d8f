#include "drivers/zigbee2mqtt/memory.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/description.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr int version = 1;
constexpr std::size_t max_depth = 8;

json::value write(const Override::Value& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag;
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
    return nullptr;
}

Override::Value read_value(const json::value& value) {
    const Scalar read = scalar(value);
    if (const bool* flag = std::get_if<bool>(&read)) return *flag;
    if (const double* number = std::get_if<double>(&read)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&read)) return std::string(*text);
    return std::monostate{};
}

/// [property, rule's property or null, on, off]
json::value write(const Override& item) {
    json::array out;
    out.push_back(json::value(item.property));
    out.push_back(item.rule == nullptr ? json::value() : json::value(item.rule->property));
    out.push_back(write(item.on));
    out.push_back(write(item.off));
    return out;
}

bool read(const json::value& value, Override& out) {
    if (!value.is_array() || value.get_array().size() != 4) return false;
    const json::array& parts = value.get_array();
    if (!parts[0].is_string() || !(parts[1].is_null() || parts[1].is_string())) return false;
    out.property = std::string(parts[0].get_string());
    out.rule = parts[1].is_string() ? find_rule(std::string_view(parts[1].get_string())) : nullptr;
    if (parts[1].is_string() && out.rule == nullptr) return false;
    out.on = read_value(parts[2]);
    out.off = read_value(parts[3]);
    return true;
}

/// [friendly name, ieee, override …]
json::value write(const std::string& name, const Description& device) {
    json::array out;
    out.push_back(json::value(name));
    out.push_back(json::value(device.ieee));
    for (const Override& item : device.overrides) out.push_back(write(item));
    return out;
}

bool read(const json::value& value, Devices& out) {
    if (!value.is_array() || value.get_array().size() < 2) return false;
    const json::array& parts = value.get_array();
    if (!parts[0].is_string() || !parts[1].is_string()) return false;
    Description device{normal_ieee(parts[1].get_string()), {}};
    for (std::size_t i = 2; i < parts.size(); ++i) {
        if (!read(parts[i], device.overrides.emplace_back())) return false;
    }
    if (device.ieee.empty()) return false;
    return out.emplace(std::string(parts[0].get_string()), std::move(device)).second;
}

}  // namespace

std::string to_text(const Directory& directory) {
    json::object bases;
    for (const auto& [base, devices] : directory.bases()) {
        json::array list;
        for (const auto& [name, device] : devices) list.push_back(write(name, device));
        bases[base] = std::move(list);
    }
    json::array pressed;
    for (const std::string& address : directory.buttons()) pressed.push_back(json::value(address));
    json::object out;
    out["version"] = version;
    out["bases"] = std::move(bases);
    out["pressed"] = std::move(pressed);
    return json::serialize(out);
}

bool from_text(std::string_view text, Directory& directory) {
    const auto parsed = parse_json(text, max_depth, {});
    if (!parsed || !parsed->is_object()) return false;
    const json::object& root = parsed->get_object();
    const json::value* number = root.if_contains("version");
    const json::value* bases = root.if_contains("bases");
    const json::value* pressed = root.if_contains("pressed");
    if (number == nullptr || *number != version) return false;
    if (bases == nullptr || !bases->is_object()) return false;
    if (pressed == nullptr || !pressed->is_array()) return false;
    Directory::Bases known;
    for (const auto& base : bases->get_object()) {
        if (!base.value().is_array()) return false;
        Devices& devices = known[std::string(base.key())];
        for (const json::value& device : base.value().get_array()) {
            if (!read(device, devices)) return false;
        }
    }
    Directory::Buttons buttons;
    for (const json::value& address : pressed->get_array()) {
        if (!address.is_string()) return false;
        buttons.emplace(std::string_view(address.get_string()));
    }
    directory.restore(std::move(known), std::move(buttons));
    return true;
}

}  // namespace anju::drivers::zigbee2mqtt
