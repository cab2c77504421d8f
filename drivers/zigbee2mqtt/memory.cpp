#include "drivers/zigbee2mqtt/memory.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/description.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr int version = 2;
constexpr std::size_t max_depth = 8;

json::value write(const Property::Value& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag;
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
    return nullptr;
}

Property::Value read_value(const json::value& value) {
    const Scalar read = scalar(value);
    if (const bool* flag = std::get_if<bool>(&read)) return *flag;
    if (const double* number = std::get_if<double>(&read)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&read)) return std::string(*text);
    return std::monostate{};
}

/// [name, kind, form, inverted, on, off, unit, part]
json::value write(const Property& item) {
    json::array out;
    out.push_back(json::value(item.name));
    out.push_back(static_cast<std::int64_t>(item.rule.kind));
    out.push_back(static_cast<std::int64_t>(item.rule.form));
    out.push_back(item.rule.inverted);
    out.push_back(write(item.on));
    out.push_back(write(item.off));
    out.push_back(json::value(item.unit));
    out.push_back(json::value(item.part));
    return out;
}

/// An integer of first..last; nullopt for anything else.
template <class Enum>
std::optional<Enum> read_enum(const json::value& value, Enum first, Enum last) {
    if (!value.is_int64() || value.get_int64() < static_cast<std::int64_t>(first) ||
        value.get_int64() > static_cast<std::int64_t>(last)) {
        return std::nullopt;
    }
    return static_cast<Enum>(value.get_int64());
}

bool read(const json::value& value, Property& out) {
    if (!value.is_array() || value.get_array().size() != 8) return false;
    const json::array& parts = value.get_array();
    const auto kind = read_enum(parts[1], ReadingKind::smoke, ReadingKind::i_am_well);
    const auto form = read_enum(parts[2], Form::nothing, last_form);
    if (!parts[0].is_string() || !kind || !form || !parts[3].is_bool() || !parts[6].is_string() ||
        !parts[7].is_string()) {
        return false;
    }
    out.name = std::string(parts[0].get_string());
    out.rule = {*kind, *form, parts[3].get_bool()};
    out.on = read_value(parts[4]);
    out.off = read_value(parts[5]);
    out.unit = std::string(parts[6].get_string());
    out.part = std::string(parts[7].get_string());
    return true;
}

/// [friendly name, ieee, model, property …]
json::value write(const std::string& name, const Description& device) {
    json::array out;
    out.push_back(json::value(name));
    out.push_back(json::value(device.ieee));
    out.push_back(json::value(device.model));
    for (const Property& item : device.properties) out.push_back(write(item));
    return out;
}

bool read(const json::value& value, Devices& out) {
    if (!value.is_array() || value.get_array().size() < 3) return false;
    const json::array& parts = value.get_array();
    if (!parts[0].is_string() || !parts[1].is_string() || !parts[2].is_string()) return false;
    Description device{normal_ieee(parts[1].get_string()), std::string(parts[2].get_string())};
    for (std::size_t i = 3; i < parts.size(); ++i) {
        if (!read(parts[i], device.properties.emplace_back())) return false;
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
