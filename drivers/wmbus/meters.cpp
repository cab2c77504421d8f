#include "drivers/wmbus/meters.hpp"

#include "drivers/wmbus/meters/apator.hpp"
#include "drivers/wmbus/meters/diehl.hpp"
#include "drivers/wmbus/meters/techem.hpp"

namespace anju::drivers::wmbus {
namespace {

constexpr int any = -1;
constexpr Trade water = Trade::water;

// The first row that fits is taken. Models have at most 15 letters, so that they need no memory.
constexpr Meter meters[] = {
    {"APA", 0x05, 0x07, "Apator 162", water, 0, &read_apator_162},
    {"APA", 0x05, 0x06, "Apator 162", water, 0, &read_apator_162},
    {"APT", 0x03, 0x03, "Apator 08", water, 0, &read_apator_08, true},
    {"APT", 0x0F, 0x0F, "Apator 08", water, 0, &read_apator_08, true},
    {"APT", 0x04, 0x11, "Apator 172", water, 0, &read_apator_172, true},
    {"APA", 0x01, 0x16, "Apator Ultrimis", water},
    {"APA", 0x20, 0x16, "Apator Ultrimis", water},
    {"APA", 0x15, 0x07, "Apator NA-1", water},
    {"SAP", any, any, "Diehl IZAR", water, 0, &read_prios, true},
    {"HYD", any, any, "Diehl IZAR", water, 0, &read_prios, true},
    {"DME", any, any, "Diehl IZAR", water, 0, &read_prios, true},
    {"TCH", 0x74, 0x62, "mk radio 3", water, 0, &read_mk_radio_3, true},
    {"TCH", 0x74, 0x72, "mk radio 3", water, 0, &read_mk_radio_3, true},
    {"TCH", 0x95, 0x62, "mk radio 4", water, 0, &read_mk_radio_3, true},
    {"TCH", 0x95, 0x72, "mk radio 4", water, 0, &read_mk_radio_3, true},
    {"TCH", 0x50, 0x72, "mk radio 3a", water, 0, &read_mk_radio_3a, true},
    {"TCH", any, 0x62, "Techem water", water, 0, nullptr, true},
    {"TCH", any, 0x72, "Techem water", water, 0, nullptr, true},
    {"DME", 0x70, 0x07, "Diehl Hydrus", water},
    {"DME", 0x64, 0x07, "Diehl Hydrus", water},
    {"AMT", 0xF1, 0x07, "Topas ESKR", water},
    {"AXI", any, 0x07, "Axioma Q400", water, quirk::battery_percent},
    {"AXI", any, 0x16, "Axioma Q400", water, quirk::battery_percent},
    {"BMT", 0x13, any, "Hydrodigit", water},
    {"BMT", 0x17, any, "Hydrodigit", water},
    {"BMT", 0x18, 0x06, "BMeters IWM-TX5", water, quirk::status_tamper},
    {"BMT", 0x18, 0x07, "BMeters IWM-TX5", water, quirk::status_tamper},
    {"DWZ", any, 0x06, "Waterstar M", water, quirk::battery_voltage},
    {"DWZ", any, 0x07, "Waterstar M", water, quirk::battery_voltage},
    {"ECM", 0x05, 0x07, "PicoFlux", water},
    {"EFE", 0x02, 0x07, "Engelmann FAW", water},
    {"GWF", 0x01, 0x0E, "GWF water", water},
    {"IST", 0x31, 0x07, "ista water", water},
    {"ITW", 0x00, 0x16, "Itron water", water},
    {"KAM", any, 0x16, "Kamstrup", water},
    {"KAW", any, 0x16, "Kamstrup", water},
    {"KDN", 0x01, 0x07, "Kaden water", water, quirk::first_total},
    {"LSE", any, 0x06, "Qundis Q water", water},
    {"LSE", any, 0x07, "Qundis Q water", water},
    {"MAD", 0x50, 0x16, "Maddalena EVO", water},
    {"QDS", any, 0x06, "Qundis Q water", water, quirk::profile},
    {"QDS", any, 0x07, "Qundis Q water", water, quirk::profile},
    {"QDS", any, 0x15, "Qundis Q water", water, quirk::profile},
    {"QDS", any, 0x16, "Qundis Q water", water, quirk::profile},
    {"SEN", 0x68, 0x07, "Sensus iPERL", water},
    {"SON", 0x3C, any, "Supercom 587", water},
    {"WEH", 0x03, 0x07, "Wehrle water", water},
    {"ZRI", 0x01, 0x06, "Minomess", water},
    {"EIE", any, 0x1A, "Ei Electronics", Trade::smoke},
    {"LAS", any, 0x1A, "Lansen smoke", Trade::smoke, quirk::status_tamper},
    {"QDS", any, 0x1A, "Qundis Q smoke", Trade::smoke},
    {"LAS", any, 0x1D, "Lansen door", Trade::door, quirk::status_tamper},
};

std::string says(const Meter& meter) {
    std::string out = "water_total_ml";
    if (meter.trade == Trade::door) out = "contact_open";
    if (meter.trade == Trade::smoke) out = "smoke";
    if (meter.only_own_frames) return out;
    out += ", battery_low, fault";
    if ((meter.quirks & quirk::status_tamper) != 0) out += ", tamper";
    if ((meter.quirks & quirk::battery_percent) != 0) out += ", battery_pct";
    if ((meter.quirks & quirk::battery_voltage) != 0) out += ", battery_mv";
    return out;
}

std::string note(const Meter& meter) {
    if (meter.only_own_frames && meter.read == nullptr) return "refused: layout not known";
    if (meter.only_own_frames) return "not encrypted";
    if (meter.trade == Trade::smoke && meter.maker != "LAS") {
        return "tells that all is well; which flag means smoke is not known";
    }
    return {};
}

/// A row for any type is for the types of its trade: the same maker's heat meters have volumes too.
bool has_type(const Meter& meter, std::uint8_t type) {
    if (meter.type != any) return meter.type == type;
    return meter.only_own_frames || trade_of(type) == meter.trade;
}

}  // namespace

const Meter* find_meter(const Identity& identity, std::uint8_t ci) {
    const std::string_view maker{identity.maker.data(), identity.maker.size()};
    for (const Meter& meter : meters) {
        if (meter.maker == maker && (meter.version == any || meter.version == identity.version) &&
            has_type(meter, identity.type) && (!meter.only_own_frames || is_own_frame(ci))) {
            return &meter;
        }
    }
    return nullptr;
}

bool is_own_frame(std::uint8_t ci) {
    return ci >= 0xA0 && ci <= 0xB7;
}

bool has_status(const Telegram& telegram) {
    switch (telegram.ci) {
        case 0x6A:
        case 0x6B:
        case 0x72:
        case 0x73:
        case 0x7A:
        case 0x7B:
            return true;
        default:
            return false;
    }
}

Trade trade_of(std::uint8_t type) {
    switch (type) {
        case 0x06:
        case 0x07:
        case 0x15:
        case 0x16:
        case 0x17:
            return Trade::water;
        case 0x1A:
            return Trade::smoke;
        default:
            return Trade::other;
    }
}

std::string_view medium_of(std::uint8_t type) {
    static constexpr std::string_view names[] = {"other",
                                                 "oil",
                                                 "electricity",
                                                 "gas",
                                                 "heat",
                                                 "steam",
                                                 "warm water",
                                                 "water",
                                                 "heat cost allocation",
                                                 "compressed air",
                                                 "cooling (outlet)",
                                                 "cooling (inlet)",
                                                 "heat (inlet)",
                                                 "heat and cooling",
                                                 "a bus or system component",
                                                 "an unknown medium",
                                                 "irrigation water",
                                                 "a water data logger",
                                                 "a gas data logger",
                                                 "a gas converter",
                                                 "calorific value",
                                                 "hot water",
                                                 "cold water",
                                                 "hot and cold water",
                                                 "pressure",
                                                 "an A/D converter",
                                                 "smoke",
                                                 "a room sensor",
                                                 "a gas detector",
                                                 "carbon monoxide",
                                                 "heat alarm",
                                                 "a sensor"};
    if (type < std::size(names)) return names[type];
    switch (type) {
        case 0x20:
            return "a breaker";
        case 0x21:
            return "a valve";
        case 0x28:
            return "waste water";
        case 0x29:
            return "garbage";
        case 0x31:
            return "a communication controller";
        case 0x32:
        case 0x33:
            return "a repeater";
        case 0x36:
        case 0x37:
            return "a radio converter";
        default:
            return "a reserved device type";
    }
}

std::vector<SupportedDevice> supported_meters() {
    std::vector<SupportedDevice> out;
    out.push_back({"", "water meters with records of EN 13757-3 (OMS)",
                   "water_total_ml, water_reverse_ml, water_flow_mlh, battery_low, fault",
                   "with a key where they are encrypted"});
    out.push_back({"", "smoke detectors with error flags of EN 13757-3 (OMS)",
                   "smoke, battery_low, fault",
                   "tells that all is well; which flag means smoke is the maker's"});
    for (const Meter& meter : meters) {
        SupportedDevice device{std::string(meter.maker), std::string(meter.model), says(meter),
                               note(meter)};
        const bool repeated =
            !out.empty() && out.back().maker == device.maker && out.back().model == device.model;
        if (!repeated) out.push_back(std::move(device));
    }
    return out;
}

}  // namespace anju::drivers::wmbus
