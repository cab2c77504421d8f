#include "drivers/ctwing/ctwing.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include "drivers/cloud/carried.hpp"
#include "drivers/cloud/members.hpp"
#include "drivers/cloud/report.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::ctwing {
namespace {

namespace json = boost::json;
using cloud::envelope_error;

/// FNV-1a, 64 bits; stays the same for ever, as message ids must.
std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : text) {
        hash ^= static_cast<std::uint8_t>(c);
        hash *= 1'099'511'628'211U;
    }
    return hash;
}

/// Empty without a timestamp: two days may well bring the same content.
std::string message_id(const json::object& push) {
    const auto at = cloud::integer_member(push, "timestamp");
    if (!at || *at <= 0) return {};
    const json::value* content = push.if_contains("payload");
    if (content == nullptr) content = push.if_contains("eventContent");
    if (content == nullptr) return std::to_string(*at);
    return std::to_string(*at) + "-" + std::to_string(fnv1a(json::serialize(*content)));
}

cloud::Sender sender_of(const json::object& push) {
    cloud::Sender sender;
    const std::string id = cloud::id_member(push, "deviceId");
    sender.address = cloud::imei_member(push, "IMEI");
    if (sender.address.empty()) {
        sender.address = id;
    } else {
        sender.alias = id;
    }
    sender.model = cloud::id_member(push, "productId");
    return sender;
}

/// Bytes, or the JSON that a device sends as bytes.
void read_app_data(const cloud::Sender& sender, const EventTime& time,
                   const std::vector<std::uint8_t>& bytes, cloud::Report& report) {
    const std::string_view inner(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (inner.starts_with('{')) {
        const auto parsed = parse_json(inner, 8, {});
        if (parsed && parsed->is_object()) {
            return report.add_fields(sender, "APPdata", *parsed, time);
        }
    }
    cloud::Point point;
    point.name = "APPdata";
    point.bytes = bytes;
    point.time = time;
    report.add(sender, point);
}

std::optional<DecodeError> read_data(const json::object& push, const cloud::Sender& sender,
                                     const EventTime& time, cloud::Report& report) {
    const json::value* payload = push.if_contains("payload");
    if (payload == nullptr || !payload->is_object()) return std::nullopt;
    const json::object& object = payload->get_object();
    if (const json::value* data = object.if_contains("serviceData")) {
        report.add_fields(sender, cloud::id_member(object, "serviceId"), *data, time);
        return std::nullopt;
    }
    const json::value* data = object.if_contains("APPdata");
    if (data == nullptr || !data->is_string()) {
        report.add_fields(sender, "payload", data == nullptr ? *payload : *data, time);
        return std::nullopt;
    }
    const std::string_view text = data->get_string();
    std::vector<std::uint8_t> bytes;
    if (!text.empty() && !cloud::bytes_in_text(text, cloud::TextForm::base64, bytes)) {
        return envelope_error("not_base64", "\"APPdata\" is not base64");
    }
    read_app_data(sender, time, bytes, report);
    return std::nullopt;
}

std::optional<DecodeError> read_push(const json::object& push, cloud::Report& report) {
    const std::string_view type = text_member(push, "messageType");
    if (type == "commandResponse") return std::nullopt;
    const cloud::Sender sender = sender_of(push);
    if (sender.address.empty()) {
        return envelope_error("no_device", "expected IMEI or deviceId");
    }
    const EventTime time = cloud::time_member(push, "timestamp");
    std::optional<DecodeError> error;
    if (type == "dataReport" || (type.empty() && push.contains("payload"))) {
        report.device(sender).message_id = message_id(push);
        error = read_data(push, sender, time, report);
    } else if (type == "eventReport") {
        report.device(sender).message_id = message_id(push);
        if (const json::value* content = push.if_contains("eventContent")) {
            report.add_fields(sender, cloud::id_member(push, "serviceId"), *content, time);
        }
    } else if (type == "deviceOnlineOfflineReport") {
        const auto event = cloud::integer_member(push, "eventType");
        if (event && (*event == 0 || *event == 1)) {
            report.add(sender, {ReadingKind::online, 0, *event, {}}, time);
        }
    } else {
        error = envelope_error("message_type_unknown",
                               "messageType \"" + std::string(type.substr(0, 40)) +
                                   "\"; expected dataReport, eventReport, "
                                   "deviceOnlineOfflineReport or commandResponse");
    }
    if (error) {
        error->address = sender.address;
        error->alias = sender.alias;
        error->model = sender.model;
    }
    return error;
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    unsigned char buffer[4 * 1024];
    json::monotonic_resource memory(buffer);
    const auto parsed = cloud::parse_envelope(message, max_payload_bytes, &memory);
    if (!parsed) return parsed.error();
    cloud::Report report("ctwing", message, state);
    const auto read = [&report](const json::value& one) {
        if (!one.is_object()) {
            return report.refuse(envelope_error("not_an_object", "expected JSON objects"));
        }
        if (auto error = read_push(one.get_object(), report)) report.refuse(std::move(*error));
    };
    if (parsed->is_array()) {
        for (const json::value& one : parsed->get_array()) read(one);
    } else {
        read(*parsed);
    }
    return report.finish();
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "any CJ/T 188 water meter or module", "water_total_ml, battery_low",
         "by the bytes it sends; one meter a module"},
        {"", "any device with a profile", "what the profile says",
         "by its productId, or set in the registration; reads APPdata and serviceData"},
        {"", "any device", "online", "when the platform says so"},
    };
}

}  // namespace anju::drivers::ctwing
