#include "drivers/zigbee2mqtt/description.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>

#include "drivers/json.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t max_depth = 24;
constexpr std::size_t max_problems = 16;
constexpr std::size_t max_overrides = 32;
constexpr std::size_t max_word_bytes = 64;

/// A copy to keep; long texts are no switch positions.
Override::Value keep(const Scalar& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag;
    if (const double* number = std::get_if<double>(&value)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        if (text->size() <= max_word_bytes) return std::string(*text);
    }
    return std::monostate{};
}

Scalar member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? Scalar{} : scalar(*value);
}

/// The rule an expose falls under: by its property, else by its name ("contact" with the
/// property "contact_left" on a device with two doors).
const PropertyRule* rule_of(std::string_view property, std::string_view name) {
    const PropertyRule* rule = find_rule(property);
    return rule != nullptr ? rule : find_rule(name);
}

/// Whether a described type can carry what the rule expects: a `gas` that is a number is a
/// meter, a `voltage` in V belongs to the mains.
bool fits(const PropertyRule& rule, std::string_view type, std::string_view unit) {
    switch (rule.form) {
        case Form::state:
            return type == "binary" || type == "enum";
        case Form::percent:
            return type == "numeric" && (unit.empty() || unit == "%");
        case Form::millivolts:
            return type == "numeric" && unit == "mV";
        case Form::action:
            return type == "enum" || type == "text";
        case Form::test:
            return type == "binary";
    }
    return false;
}

/// Appends what is unusual about one expose.
void read_expose(const json::object& expose, std::vector<Override>& out) {
    const std::string_view property = text_member(expose, "property");
    const std::string_view type = text_member(expose, "type");
    const PropertyRule* rule = rule_of(property, text_member(expose, "name"));
    if (rule == nullptr || property.empty() || property.size() > max_word_bytes) return;
    Override item{std::string(property), rule, {}, {}};
    if (!fits(*rule, type, text_member(expose, "unit"))) {
        item.rule = nullptr;
    } else if (type == "binary") {
        const Scalar on = member(expose, "value_on");
        const Scalar off = member(expose, "value_off");
        if (!speaks_for_itself(*rule, on, off)) {
            item.on = keep(on);
            item.off = keep(off);
        }
    }
    const bool same_as_rule =
        item.rule == find_rule(property) && item.on.index() == 0 && item.off.index() == 0;
    if (!same_as_rule) out.push_back(std::move(item));
}

std::vector<Override> read_exposes(const json::object& device) {
    std::vector<Override> out;
    const json::value* definition = device.if_contains("definition");
    if (definition == nullptr || !definition->is_object()) return out;
    const json::value* exposes = definition->get_object().if_contains("exposes");
    if (exposes == nullptr || !exposes->is_array()) return out;
    for (const json::value& expose : exposes->get_array()) {
        if (expose.is_object() && out.size() < max_overrides) {
            read_expose(expose.get_object(), out);
        }
    }
    return out;
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
            out.devices.insert_or_assign(std::string(name),
                                         Description{std::move(ieee), read_exposes(device)});
        }
    }
    return out;
}

}  // namespace anju::drivers::zigbee2mqtt
