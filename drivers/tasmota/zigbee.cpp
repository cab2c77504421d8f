// Polarity: "Contact":1 is an open door, the opposite of Zigbee2MQTT's `contact`; Tasmota hands on
// the alarm bit of the zone, and that means "opened" for a contact.
//
// ZoneStatus: ZCL 8 (Zigbee document 07-5123), 8.2.2.2.1.3. Bits 2 tamper, 3 battery, 6 trouble and
// 8 test say the same for every zone; bits 0 and 1 are alarms whose meaning is that of the zone
// type (table 8-5), so without a named attribute or a type they are not guessed at. A profile reads
// them as the fields Alarm1 and Alarm2.
#include "drivers/tasmota/zigbee.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "drivers/json.hpp"
#include "drivers/statement.hpp"

namespace anju::drivers::tasmota {
namespace {

namespace json = boost::json;
using K = ReadingKind;

constexpr std::size_t max_devices = 16;
constexpr std::size_t max_name_bytes = 256;

struct Attribute {
    std::string_view name;
    K kind;
};

/// Alarms by the names that Tasmota gives them once it knows the zone type.
constexpr Attribute alarms[] = {
    {"Contact", K::contact_open}, {"Occupancy", K::motion},
    {"PIR", K::motion},           {"Fire", K::smoke},
    {"Smoke", K::smoke},          {"Water", K::water_leak},
    {"Leak", K::water_leak},      {"CO", K::carbon_monoxide},
    {"Movement", K::vibration},   {"Panic", K::sos},
    {"Tamper", K::tamper},
};

/// Who the device is and how it is reached; no reading, and nothing that a profile is missed for.
constexpr std::string_view about_the_device[] = {
    "Device",   "Name",        "IEEEAddr",          "Endpoint",       "Group",
    "ModelId",  "LinkQuality", "BatteryPercentage", "BatteryVoltage", "Manufacturer",
    "ZoneType", "ZoneStatus",  "ZoneStatusChange",  "SWBuildID"};

struct ZoneType {
    int number;
    K kind;
    int bits;  ///< of the zone status that mean this kind
};

constexpr ZoneType zone_types[] = {
    {0x000D, K::motion, 0x3},
    {0x0015, K::contact_open, 0x3},
    {0x0028, K::smoke, 0x1},
    {0x002A, K::water_leak, 0x1},
    {0x002B, K::carbon_monoxide, 0x1},  // bit 1: somebody is cooking
    {0x002C, K::sos, 0x3},              // a fall, or the button
    {0x002D, K::vibration, 0x3},
    {0x010F, K::sos, 0x3},
    {0x0115, K::sos, 0x3},
};

template <class Table, class Projection, class Key>
auto find_in(const Table& table, Projection projection, const Key& key) {
    const auto* at = std::find_if(std::begin(table), std::end(table),
                                  [&](const auto& row) { return row.*projection == key; });
    return at == std::end(table) ? nullptr : at;
}

bool is_about_the_device(std::string_view name) {
    return std::find(std::begin(about_the_device), std::end(about_the_device), name) !=
           std::end(about_the_device);
}

std::optional<int> whole_number(const json::object& said, std::string_view name, int limit) {
    const json::value* value = said.if_contains(name);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    const std::int64_t number = value->get_int64();
    if (number < 0 || number > limit) return std::nullopt;
    return static_cast<int>(number);
}

void raise(K kind, bool on, Statement& statement) {
    if (kind != K::sos) {
        statement.level(kind, on ? 1 : 0);
    } else if (on) {
        statement.event(kind);
    }
}

/// True when the alarm bits could be placed.
bool read_zone_status(const json::object& said, int bits, bool named, Statement& statement) {
    statement.level(K::tamper, (bits & 0x0004) != 0 ? 1 : 0);
    statement.level(K::battery_low, (bits & 0x0008) != 0 ? 1 : 0);
    statement.level(K::fault, (bits & 0x0040) != 0 ? 1 : 0);
    if ((bits & 0x0100) != 0) statement.mark_test();
    if (named) return true;
    const auto number = whole_number(said, "ZoneType", 0xFFFF);
    const ZoneType* type = number ? find_in(zone_types, &ZoneType::number, *number) : nullptr;
    if (type == nullptr) return false;
    raise(type->kind, (bits & type->bits) != 0, statement);
    return true;
}

void read_alarm(const Attribute& alarm, const json::value& value, Statement& statement) {
    if (alarm.kind != K::sos) {
        statement.flag(alarm.kind, alarm.name, value);
    } else if (scalar(value) == Scalar{1.0} || scalar(value) == Scalar{true}) {
        statement.event(K::sos);
    }
}

void read_state_of_device(const json::object& said, Statement& statement) {
    if (const auto* value = said.if_contains("BatteryPercentage")) {
        statement.percent("BatteryPercentage", *value);
    }
    if (const auto* value = said.if_contains("BatteryVoltage")) {
        statement.voltage("BatteryVoltage", *value, 1000);
    }
    if (const auto quality = whole_number(said, "LinkQuality", 255)) {
        statement.said().lqi = *quality;
    }
    statement.said().model = std::string(text_member(said, "ModelId").substr(0, max_name_bytes));
}

void read_device(const json::object& said, DriverState& state, Statement& statement) {
    read_state_of_device(said, statement);
    std::string_view unknown;
    bool named = false;
    for (const auto& member : said) {
        if (const auto* alarm = find_in(alarms, &Attribute::name, std::string_view(member.key()))) {
            named = named || alarm->kind != K::tamper;
            read_alarm(*alarm, member.value(), statement);
        } else if (!is_about_the_device(member.key()) && unknown.empty()) {
            unknown = member.key();
        }
    }
    json::value fields = said;
    for (const char* name : {"ZoneStatusChange", "ZoneStatus"}) {
        const auto bits = whole_number(said, name, 0xFFFF);
        if (!bits) continue;
        fields.get_object()["Alarm1"] = (*bits & 0x0001) != 0;
        fields.get_object()["Alarm2"] = (*bits & 0x0002) != 0;
        if (!read_zone_status(said, *bits, named, statement)) unknown = name;
        break;
    }
    const bool needs_profile = !unknown.empty() && !named && !statement.measures();
    if (needs_profile || statement.has_profile(state)) {
        if (unknown.empty()) unknown = "ZbReceived";
        statement.read_fields(fields, state, unknown);
    }
}

/// `bridge` without the level that names this very device.
std::string_view without_device(std::string_view bridge, std::string_view address,
                                std::string_view name) {
    const auto slash = bridge.rfind('/');
    if (slash == std::string_view::npos) return bridge;
    const std::string_view last = bridge.substr(slash + 1);
    const bool is_it = last == address || (address.starts_with("0x") && last == address.substr(2));
    return is_it || (!name.empty() && last == name) ? bridge.substr(0, slash) : bridge;
}

Statement introduce(const Message& message, std::string_view bridge, std::string_view key,
                    const json::object& said) {
    std::string_view address = text_member(said, "Device");
    if (address.empty()) address = key;
    std::string_view name = text_member(said, "Name");
    if (name.empty() && key != address) name = key;  // SetOption83: the key is the name
    bridge = without_device(bridge, address, name);
    if (name.empty()) name = text_member(said, "IEEEAddr");
    std::string alias;
    if (!name.empty() && name != address) alias = std::string(bridge) + "/" + std::string(name);
    return {"tasmota", message, std::string(bridge) + "/" + std::string(address), std::move(alias)};
}

bool nameable(std::string_view key, const json::object& said) {
    const std::string_view device = text_member(said, "Device");
    const std::string_view name = text_member(said, "Name");
    return !(key.empty() && device.empty()) && key.size() <= max_name_bytes &&
           device.size() <= max_name_bytes && name.size() <= max_name_bytes;
}

}  // namespace

std::vector<Decoded> read_zigbee(const Message& message, std::string_view bridge,
                                 const json::object& received, EventTime time, DriverState& state) {
    std::vector<Statement> statements;
    const auto read = [&](std::string_view key, const json::object& said) {
        if (!nameable(key, said) || statements.size() >= max_devices) return;
        Statement& statement = statements.emplace_back(introduce(message, bridge, key, said));
        statement.happened(time);
        read_device(said, state, statement);
    };
    if (received.if_contains("Device") != nullptr) {
        read({}, received);
    } else {
        for (const auto& member : received) {
            if (member.value().is_object()) read(member.key(), member.value().get_object());
        }
    }
    return finish(std::move(statements));
}

}  // namespace anju::drivers::tasmota
