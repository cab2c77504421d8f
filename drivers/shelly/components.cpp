#include "drivers/shelly/components.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cmath>
#include <utility>

#include "drivers/json.hpp"

namespace anju::drivers::shelly {
namespace {

namespace json = boost::json;
using K = ReadingKind;

/// The device and what stands apart from it; a message that holds more is not a Shelly's.
constexpr std::size_t max_statements = 64;
constexpr std::size_t max_name_bytes = 64;

/// "smoke" of "smoke:0".
std::string_view type_of(std::string_view name) {
    return name.substr(0, name.find(':'));
}

/// "flood:1" is another place than the device's own "flood:0".
bool is_further(std::string_view name) {
    const auto colon = name.find(':');
    return colon != std::string_view::npos && name.substr(colon) != ":0";
}

const json::object* object_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

/// Seconds since 1970, or since the start of the device; nullopt: `value` is no number.
std::optional<EventTime> time_of(const json::value* value) {
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const double seconds = std::get<double>(scalar(*value));
    if (!(seconds > 0 && seconds < 1e11)) return std::nullopt;
    return event_time(std::llround(seconds * 1000));
}

bool is_push(std::string_view event) {
    return event.ends_with("_push");
}

bool is_mac(std::string_view text) {
    if (text.size() != 17) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (i % 3 == 2 ? c != ':' : !digit) return false;
    }
    return true;
}

}  // namespace

Reader::Reader(const Message& message, std::string address, std::string alias, EventTime time,
               DriverState& state)
    : message_(&message), time_(time), state_(&state) {
    statements_.emplace_back(driver_name, message, std::move(address), std::move(alias))
        .happened(time);
}

void Reader::read_status(const json::object& components, bool whole) {
    std::string_view unknown;
    for (const auto& member : components) {
        const std::string_view name = member.key();
        const json::object* status = member.value().if_object();
        if (status == nullptr || name.size() > max_name_bytes) continue;
        read_component(name, *status, whole);
        const json::value* state = status->if_contains("state");
        const bool says = state != nullptr && !state->is_null();
        if (unknown.empty() && type_of(name) == "input" && says) unknown = name;
    }
    Statement& device = statements_.front();
    if (unknown.empty() && !device.has_profile(*state_)) return;
    json::value fields = components;
    fields.get_object().erase("ts");
    if (fields.get_object().empty()) return;
    device.read_fields(fields, *state_, unknown.empty() ? "params" : unknown);
}

void Reader::read_component(std::string_view name, const json::object& status, bool whole) {
    const std::string_view type = type_of(name);
    if (type == "smoke") {
        read_alarm(K::smoke, name, status, whole);
    } else if (type == "flood") {
        read_alarm(K::water_leak, name, status, whole);
    } else if (name == "devicepower:0") {
        read_battery(status);
    } else if (type == "presence" || type == "presencezone") {
        read_presence(name, status);
    } else if (type == "bthomedevice") {
        read_bthome_device(name, status);
    } else if (type == "bthomesensor") {
        read_bthome_sensor(name, status);
    } else if (type == "wifi") {
        if (const auto* rssi = status.if_contains("rssi")) statements_.front().signal_dbm(*rssi);
    }
}

/// `errors` is documented as being there only while there are some, so that in a whole status its
/// absence says that there are none.
void Reader::read_alarm(K kind, std::string_view name, const json::object& status, bool whole) {
    Statement* statement = statement_of(name, is_further(name));
    if (statement == nullptr) return;
    if (const auto* alarm = status.if_contains("alarm")) statement->flag(kind, "alarm", *alarm);
    const json::value* errors = status.if_contains("errors");
    if (errors != nullptr && errors->is_array()) {
        statement->level(K::fault, errors->get_array().empty() ? 0 : 1);
    } else if (errors == nullptr && whole) {
        statement->level(K::fault, 0);
    }
}

void Reader::read_battery(const json::object& status) {
    const json::object* battery = object_member(status, "battery");
    if (battery == nullptr) return;
    Statement& device = statements_.front();
    if (const auto* percent = battery->if_contains("percent")) device.percent("percent", *percent);
    if (const auto* volts = battery->if_contains("V")) device.voltage("V", *volts, 1000);
}

void Reader::read_presence(std::string_view name, const json::object& status) {
    const json::value* objects = status.if_contains("num_objects");
    if (objects == nullptr || !objects->is_int64() || objects->get_int64() < 0) return;
    Statement* statement = statement_of(name, is_further(name));
    if (statement != nullptr) statement->level(K::motion, objects->get_int64() > 0 ? 1 : 0);
}

/// The gateway repeats what it last heard: only a time of its own says that the device spoke.
void Reader::read_bthome_device(std::string_view name, const json::object& status) {
    const auto heard = time_of(status.if_contains("last_updated_ts"));
    const json::value* battery = status.if_contains("battery");
    if (!heard && (battery == nullptr || battery->is_null())) return;
    Statement* statement = statement_of(name, true);
    if (statement == nullptr) return;
    if (heard) statement->happened(*heard);
    if (battery != nullptr) statement->percent("battery", *battery);
    if (const auto* rssi = status.if_contains("rssi")) statement->signal_dbm(*rssi);
}

void Reader::read_bthome_sensor(std::string_view name, const json::object& status) {
    const json::value* value = status.if_contains("value");
    if (value == nullptr || value->is_null()) return;
    Statement* statement = statement_of(name, true);
    if (statement == nullptr) return;
    if (const auto heard = time_of(status.if_contains("last_updated_ts"))) {
        statement->happened(*heard);
    }
    const json::value fields = status;
    statement->read_fields(fields, *state_, name);
}

void Reader::read_events(const json::array& events) {
    for (const json::value& event : events) {
        if (event.is_object()) read_event(event.get_object());
    }
}

void Reader::read_event(const json::object& event) {
    const std::string_view component = text_member(event, "component");
    const std::string_view what = text_member(event, "event");
    if (component.empty() || component.size() > max_name_bytes || what.size() > max_name_bytes) {
        return;
    }
    if (what == "shelly-blu") {
        if (const auto* data = object_member(event, "data")) read_blu(*data);
        return;
    }
    const bool bluetooth = component.starts_with("bthome");
    Statement* statement = statement_of(component, bluetooth && component != "bthome");
    if (statement == nullptr || message_->retained) return;
    if (const auto heard = time_of(event.if_contains("ts"))) statement->happened(*heard);
    if (!is_push(what) && !statement->has_profile(*state_)) return;
    const json::object said{{"event", what}};
    json::value fields = said;
    if (!bluetooth) fields = json::object{{component, said}};
    statement->read_fields(fields, *state_, component);
}

/// What Shelly's script "BLE in Shelly" hands on of a BLU device; objects as in BTHome v2
/// (bthome.io, "Format"): window 0x2D is 1 when open, motion 0x21 is 1 when detected.
void Reader::read_blu(const json::object& data) {
    const std::string_view mac = text_member(data, "address");
    if (!is_mac(mac)) return;
    Statement* statement = statement_at(std::string(mac));
    if (statement == nullptr) return;
    if (const auto* window = data.if_contains("window")) {
        statement->flag(K::contact_open, "window", *window);
    }
    if (const auto* motion = data.if_contains("motion")) {
        statement->flag(K::motion, "motion", *motion);
    }
    if (const auto* battery = data.if_contains("battery")) statement->percent("battery", *battery);
    if (const auto* rssi = data.if_contains("rssi")) statement->signal_dbm(*rssi);
    const json::value* button = data.if_contains("button");
    const bool pushed = button != nullptr && button->is_number() && scalar(*button) != Scalar{0.0};
    if (pushed || statement->has_profile(*state_)) {
        const json::value fields = data;
        statement->read_fields(fields, *state_, "button");
    }
}

Statement* Reader::statement_of(std::string_view name, bool apart) {
    if (!apart) return statements_.data();
    return statement_at(statements_.front().address() + "/" + std::string(name));
}

Statement* Reader::statement_at(std::string address) {
    for (Statement& statement : statements_) {
        if (statement.address() == address) return &statement;
    }
    if (statements_.size() >= max_statements) return nullptr;
    Statement& fresh = statements_.emplace_back(driver_name, *message_, std::move(address));
    fresh.happened(time_);
    return &fresh;
}

}  // namespace anju::drivers::shelly
