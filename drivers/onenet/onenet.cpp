#include "drivers/onenet/onenet.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>

#include "drivers/cloud/members.hpp"
#include "drivers/cloud/report.hpp"
#include "drivers/json.hpp"
#include "drivers/onenet/studio.hpp"

namespace anju::drivers::onenet {
namespace {

namespace json = boost::json;
using cloud::envelope_error;

constexpr std::size_t max_bytes = 64 * 1024;
constexpr std::size_t text_depth = 12;

enum class PointType : std::uint8_t { data = 1, login = 2, answer = 7 };

cloud::Sender sender_of(const json::object& point) {
    cloud::Sender sender;
    const std::string id = cloud::id_member(point, "dev_id");
    sender.address = cloud::imei_member(point, "imei");
    (sender.address.empty() ? sender.address : sender.alias) = id;
    sender.model = cloud::id_member(point, "product_id");
    return sender;
}

/// An object is the fields; anything else is the field that the data stream is called.
void read_value(const json::object& point, const cloud::Sender& sender, cloud::Report& report) {
    const json::value* value = point.if_contains("value");
    const EventTime time = cloud::time_member(point, "at");
    const std::string stream = cloud::id_member(point, "ds_id");
    report.device(sender);
    if (value == nullptr || value->is_null()) return;
    if (value->is_object()) return report.add_fields(sender, stream, *value, time);
    if (value->is_string() && value->get_string().starts_with("{")) {
        const auto inner = parse_json(value->get_string(), text_depth, {});
        if (inner && inner->is_object()) return report.add_fields(sender, stream, *inner, time);
    }
    const json::value fields = json::object{{stream.empty() ? "value" : stream, *value}};
    report.add_fields(sender, stream, fields, time);
}

std::optional<DecodeError> read_point(const json::value& value, cloud::Report& report) {
    if (!value.is_object()) return envelope_error("not_an_object", "expected points as objects");
    const json::object& point = value.get_object();
    if (is_studio(point)) return read_studio(point, report);
    const auto type = cloud::integer_member(point, "type");
    if (type == static_cast<int>(PointType::answer)) return std::nullopt;
    const cloud::Sender sender = sender_of(point);
    if (sender.address.empty()) return envelope_error("no_device", "expected imei or dev_id");
    if (type == static_cast<int>(PointType::data)) {
        read_value(point, sender, report);
        return std::nullopt;
    }
    if (type == static_cast<int>(PointType::login)) {
        const auto status = cloud::integer_member(point, "status");
        const EventTime time = cloud::time_member(point, "at");
        if (status && (*status == 0 || *status == 1)) {
            report.add(sender, {ReadingKind::online, 0, *status, {}}, time);
        }
        return std::nullopt;
    }
    DecodeError error = envelope_error(
        "message_type_unknown", "expected type 1 (data), 2 (login) or 7 (answer to a command)");
    error.address = sender.address;
    error.alias = sender.alias;
    return error;
}

DecodeResult read_points(const json::value& points, const Message& message, DriverState& state) {
    cloud::Report report("onenet", message, state);
    const auto read = [&report](const json::value& point) {
        if (auto error = read_point(point, report)) report.refuse(std::move(*error));
    };
    if (points.is_array()) {
        for (const json::value& point : points.get_array()) read(point);
    } else {
        read(points);
    }
    return report.finish();
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    const auto parsed = cloud::parse_envelope(message, max_bytes, &memory);
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) return read_points(*parsed, message, state);
    const json::object& push = parsed->get_object();
    if (push.contains("enc_msg")) {
        return envelope_error("encrypted",
                              "the push is encrypted (enc_msg): switch encryption off for this "
                              "push in OneNET");
    }
    const json::value* points = push.if_contains("msg");
    if (points == nullptr) return read_points(*parsed, message, state);
    if (!points->is_string()) return read_points(*points, message, state);
    auto inner = parse_json(points->get_string(), text_depth, {});
    if (!inner) {
        DecodeError error = inner.error();
        error.stage = DecodeStage::envelope;
        error.text = "in \"msg\": " + error.text;
        return error;
    }
    return read_points(*inner, message, state);
}

std::size_t max_payload(const Message&) {
    return max_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "any CJ/T 188 water meter or module", "water_total_ml, battery_low",
         "by the bytes it sends; one meter a module"},
        {"", "any device with a profile", "what the profile says",
         "by its productId, or set in the registration; the fields are called as the data streams "
         "are"},
        {"", "any device", "online", "when the platform says so"},
    };
}

}  // namespace anju::drivers::onenet
