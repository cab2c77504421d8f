#include "drivers/zigbee2mqtt/exposes.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <iterator>

#include "drivers/json.hpp"
#include "drivers/units.hpp"
#include "drivers/zigbee2mqtt/meaning.hpp"
#include "drivers/zigbee2mqtt/words.hpp"

namespace anju::drivers::zigbee2mqtt {
namespace {

namespace json = boost::json;

constexpr std::size_t max_property_bytes = 64;
constexpr std::size_t max_exposes = 1024;
constexpr int access_published = 1;
constexpr int access_set = 2;

Scalar member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? Scalar{} : scalar(*value);
}

double number_member(const json::object& object, std::string_view name, double otherwise) {
    const Scalar value = member(object, name);
    const double* number = std::get_if<double>(&value);
    return number == nullptr ? otherwise : *number;
}

Expose expose_of(const json::object& object) {
    Expose out;
    out.property = text_member(object, "property");
    out.name = text_member(object, "name");
    if (out.name.empty()) out.name = out.property;
    out.endpoint = text_member(object, "endpoint");
    out.type = text_member(object, "type");
    out.unit = text_member(object, "unit");
    out.text = text_member(object, "description");
    const double access = number_member(object, "access", access_published);
    const int bits = access >= 0 && access < 256 ? static_cast<int>(access) : 0;
    out.published = (bits & access_published) != 0;
    out.settable = (bits & access_set) != 0 || text_member(object, "category") == "config";
    out.max = number_member(object, "value_max", 0);
    out.on = member(object, "value_on");
    out.off = member(object, "value_off");
    out.subject = subject_of(out.name);
    return out;
}

void add_values(const json::object& object, Expose& out) {
    const json::value* values = object.if_contains("values");
    if (values == nullptr || !values->is_array()) return;
    for (const json::value& value : values->get_array()) {
        if (value.is_string()) out.values.push_back(value.get_string());
    }
}

/// A light, a lock or a cover holds its `features`, which are published beside it. What a composite
/// with a property of its own or a list holds is published inside that property: settings.
void flatten(const json::value& list, std::vector<Expose>& out) {
    if (!list.is_array()) return;
    for (const json::value& value : list.get_array()) {
        if (!value.is_object() || out.size() >= max_exposes) continue;
        const json::object& object = value.get_object();
        const bool has_property = !text_member(object, "property").empty();
        if (const json::value* features = object.if_contains("features")) {
            if (!has_property) flatten(*features, out);
            continue;
        }
        if (!has_property) continue;
        Expose next = expose_of(object);
        const auto same = [&](const Expose& one) {
            return one.published && one.property == next.property;
        };
        if (std::any_of(out.begin(), out.end(), same)) continue;  // said twice
        out.push_back(std::move(next));
        if (out.back().type != "enum") continue;
        add_values(object, out.back());
        if (out.back().subject.topic == Topic::action) {
            out.back().calls = std::ranges::any_of(out.back().values, is_call_for_help);
            out.back().values.clear();
        }
    }
}

/// Power, current, energy or the frequency of the mains.
bool is_electrical(const Expose& expose) {
    constexpr std::string_view names[] = {"power", "current", "energy"};
    constexpr std::string_view units[] = {"W",  "kW", "Wh",  "kWh", "A",    "mA",
                                          "VA", "Hz", "kVA", "VAR", "kvarh"};
    return std::find(std::begin(names), std::end(names), expose.name) != std::end(names) ||
           std::find(std::begin(units), std::end(units), expose.unit) != std::end(units);
}

About about(const json::object& definition, const std::vector<Expose>& exposes) {
    About out;
    out.vendor = text_member(definition, "vendor");
    out.model = text_member(definition, "model");
    out.text = lower_case(text_member(definition, "description"));
    for (const Expose& expose : exposes) {
        const Subject& subject = expose.subject;
        out.battery = out.battery || subject.topic == Topic::battery ||
                      (subject.topic == Topic::state && subject.kind == ReadingKind::battery_low);
        out.electrical = out.electrical || is_electrical(expose);
        if (expose.published && !expose.settable &&
            (subject.topic == Topic::state || subject.topic == Topic::leak)) {
            out.states.push_back(subject.kind);
        }
        out.water_meter = out.water_meter || (subject.topic == Topic::register_ &&
                                              millilitres_in(expose.unit).has_value());
    }
    return out;
}

bool is_water_number(const Property& property) {
    return property.rule.form == Form::volume || property.rule.form == Form::flow;
}

/// "1" of "volume_1".
std::string_view number_at_end(std::string_view property) {
    const auto last = property.find_last_not_of("0123456789");
    if (last == std::string_view::npos || property[last] != '_') return {};
    return property.substr(last + 1);
}

/// Two meters in one case are two meters: their registers cannot be one. What belongs to no
/// numbered one stays with the device.
void tell_apart(const std::vector<Expose>& exposes, std::vector<Property>& properties) {
    const auto count = [&](const Rule& rule) {
        return std::count_if(properties.begin(), properties.end(),
                             [&](const Property& one) { return one.rule == rule; });
    };
    const bool several = std::any_of(
        properties.begin(), properties.end(),
        [&](const Property& one) { return is_water_number(one) && count(one.rule) > 1; });
    if (!several) return;
    for (std::size_t i = 0; i < properties.size(); ++i) {
        Property& property = properties[i];
        if (!is_water_number(property)) continue;
        std::string_view part = exposes[i].endpoint;
        if (part.empty()) part = number_at_end(property.name);
        if (part.empty() && count(property.rule) > 1) part = property.name;
        property.part = std::string(part.substr(0, max_property_bytes));
    }
}

bool is_as_usual(const Property& property) {
    Property usual;
    usual.name = property.name;
    usual.rule = usual_rule(property.name);
    if (property.rule.form == Form::nothing) return usual.rule.form == Form::nothing;
    return property == usual;
}

}  // namespace

bool read_exposes(const json::object& definition, std::vector<Property>& out) {
    const json::value* list = definition.if_contains("exposes");
    if (list == nullptr) return true;
    std::vector<Expose> exposes;
    flatten(*list, exposes);
    std::erase_if(exposes,
                  [](const Expose& one) { return one.property.size() > max_property_bytes; });
    const About device = about(definition, exposes);
    std::vector<Property> properties;
    properties.reserve(exposes.size());
    for (const Expose& expose : exposes) properties.push_back(meaning(expose, device));
    tell_apart(exposes, properties);
    for (Property& property : properties) {
        if (is_as_usual(property)) continue;
        if (out.size() == max_properties) return false;
        out.push_back(std::move(property));
    }
    return true;
}

}  // namespace anju::drivers::zigbee2mqtt
