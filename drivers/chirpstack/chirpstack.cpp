#include "drivers/chirpstack/chirpstack.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>

#include "drivers/cloud/carried.hpp"
#include "drivers/cloud/members.hpp"
#include "drivers/cloud/report.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::chirpstack {
namespace {

namespace json = boost::json;
using cloud::envelope_error;

constexpr std::size_t max_bytes = 32 * 1024;
constexpr std::size_t dev_eui_digits = 16;

/// 16 digits in lower case; empty for anything else.
std::string normal_eui(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        const bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (!digit) return {};
    }
    return out.size() == dev_eui_digits ? out : std::string{};
}

/// "up", "status", …; where the topic was changed on the way, by what only that event has.
std::string_view event_of(const Message& message, const json::object& event) {
    const auto mark = message.topic.rfind("/event/");
    if (mark != std::string_view::npos) return message.topic.substr(mark + 7);
    if (event.contains("margin") || event.contains("batteryLevel")) return "status";
    return event.contains("fPort") || event.contains("rxInfo") ? "up" : "";
}

/// The strongest of the gateways that heard it.
std::optional<int> best_rssi(const json::object& event) {
    std::optional<int> best;
    const json::value* all = event.if_contains("rxInfo");
    if (all == nullptr || !all->is_array()) return best;
    for (const json::value& one : all->get_array()) {
        if (!one.is_object()) continue;
        const auto rssi = cloud::integer_member(one.get_object(), "rssi");
        if (!rssi || *rssi < -200 || *rssi > 50) continue;
        best = std::max(best.value_or(-200), static_cast<int>(*rssi));
    }
    return best;
}

bool is_true(const json::object& event, std::string_view name) {
    const json::value* value = event.if_contains(name);
    return value != nullptr && value->is_bool() && value->get_bool();
}

/// DevStatusAns (LoRaWAN 1.0.4, section 5.5): 0 is external power and 255 "cannot measure", so a
/// level that was measured is never 0 %.
void read_battery(const json::object& event, const cloud::Sender& sender, const EventTime& time,
                  cloud::Report& report) {
    if (is_true(event, "externalPowerSource") || is_true(event, "batteryLevelUnavailable")) return;
    const json::value* level = event.if_contains("batteryLevel");
    if (level == nullptr || !level->is_number()) return;
    const double percent = std::get<double>(scalar(*level));
    if (!(percent > 0 && percent <= 100)) return;
    report.add(sender, {ReadingKind::battery_pct, 0, static_cast<std::int64_t>(percent), {}}, time);
}

void read_up(const json::object& event, const cloud::Sender& sender, const EventTime& time,
             cloud::Report& report) {
    std::vector<std::uint8_t> bytes;
    const std::string_view data = text_member(event, "data");
    if (!data.empty() && !cloud::bytes_in_text(data, cloud::TextForm::base64, bytes)) {
        DecodeError error = envelope_error("not_base64", "\"data\" is not base64");
        error.address = sender.address;
        error.alias = sender.alias;
        error.model = sender.model;
        return report.refuse(std::move(error));
    }
    const auto port = cloud::integer_member(event, "fPort").value_or(0);
    cloud::Point point;
    point.name = "data";
    point.bytes = bytes;
    point.fields = event.if_contains("object");
    point.port = port > 0 && port < 256 ? static_cast<std::uint8_t>(port) : std::uint8_t{0};
    point.time = time;
    if (point.fields != nullptr && !point.fields->is_object()) point.fields = nullptr;
    report.device(sender).rssi_dbm = best_rssi(event);
    report.add(sender, point);
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    const auto parsed = cloud::parse_envelope(message, max_bytes, &memory);
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) return envelope_error("not_an_object", "expected a JSON object");
    const json::object& event = parsed->get_object();
    const std::string_view name = event_of(message, event);
    if (name != "up" && name != "status") return std::vector<Decoded>{};
    if (event.contains("devEUI") || event.contains("applicationID")) {
        return envelope_error("chirpstack_v3",
                              "this is ChirpStack 3, which encodes otherwise: upgrade the network "
                              "server to ChirpStack 4");
    }
    const json::object* info = cloud::object_member(event, "deviceInfo");
    cloud::Sender sender;
    if (info != nullptr) {
        sender.address = normal_eui(text_member(*info, "devEui"));
        sender.alias = text_member(*info, "deviceName");
        sender.model = text_member(*info, "deviceProfileName");
    }
    if (sender.address.empty()) {
        return envelope_error("no_device", "expected deviceInfo.devEui, 16 hexadecimal digits");
    }
    const EventTime time = cloud::time_member(event, "time");
    cloud::Report report("chirpstack", message, state);
    report.device(sender).message_id = cloud::id_member(event, "deduplicationId");
    if (name == "status") {
        read_battery(event, sender, time, report);
    } else {
        read_up(event, sender, time, report);
    }
    return report.finish();
}

std::size_t max_payload(const Message&) {
    return max_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "any CJ/T 188 water meter or module", "water_total_ml, battery_low",
         "by the bytes it sends; one meter a module"},
        {"", "any device with a profile", "what the profile says",
         "by the name of its device profile in ChirpStack, or set in the registration; reads the "
         "bytes, or the object of ChirpStack's own codec"},
        {"", "any device that answers DevStatusReq", "battery_pct", ""},
    };
}

}  // namespace anju::drivers::chirpstack
