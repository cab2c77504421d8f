#include "drivers/zigbee2mqtt/description.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>

#include "drivers/json.hpp"
#include "drivers/zigbee2mqtt/exposes.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 24;
constexpr std::size_t max_problems = 16;
constexpr std::size_t max_model_bytes = 128;

/// False when not all of it could be kept.
bool read_definition(const json::object& device, Description& out) {
    const json::value* value = device.if_contains("definition");
    if (value == nullptr || !value->is_object()) return true;
    const json::object& definition = value->get_object();
    const std::string_view vendor = text_member(definition, "vendor");
    const std::string_view model = text_member(definition, "model");
    if (vendor.size() + model.size() < max_model_bytes) {
        out.model = std::string(vendor);
        if (!vendor.empty() && !model.empty()) out.model += ' ';
        out.model += model;
    }
    return read_exposes(definition, out.properties);
}

}  // namespace

std::string normal_ieee(std::string_view text) {
    if (text.size() != 18 || !text.starts_with("0x")) return {};
    std::string out(text);
    for (std::size_t i = 2; i < out.size(); ++i) {
        char& c = out[i];
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return {};
    }
    return out;
}

boost::system::result<Descriptions, DecodeError> parse_descriptions(std::string_view payload) {
    json::monotonic_resource memory;
    const auto parsed = parse_json(payload, max_depth, &memory);
    if (!parsed) return parsed.error();
    if (!parsed->is_array()) {
        DecodeError error;
        error.code = "not_an_array";
        error.text = "bridge/devices must be a JSON array of devices";
        return error;
    }
    Descriptions out;
    const auto skip = [&](std::size_t index, std::string_view property, const char* text) {
        if (out.problems.size() >= max_problems) return;
        out.problems.push_back({"description_unreadable", std::string(property), 0,
                                "device " + std::to_string(index) + ": " + text});
    };
    std::size_t index = 0;
    for (const json::value& entry : parsed->get_array()) {
        const std::size_t here = index++;
        if (!entry.is_object()) {
            skip(here, "", "not an object");
            continue;
        }
        const json::object& device = entry.get_object();
        if (text_member(device, "type") == "Coordinator") continue;
        const std::string_view name = text_member(device, "friendly_name");
        std::string ieee = normal_ieee(text_member(device, "ieee_address"));
        if (name.empty() || name.size() > max_name_bytes) {
            skip(here, "friendly_name", "expected a text of 1..256 bytes");
        } else if (ieee.empty()) {
            skip(here, "ieee_address", "expected 0x and 16 hexadecimal digits");
        } else {
            Description description{std::move(ieee)};
            if (!read_definition(device, description)) {
                skip(here, "exposes", "more than can be remembered; the rest is left out");
            }
            out.devices.insert_or_assign(std::string(name), std::move(description));
        }
    }
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
