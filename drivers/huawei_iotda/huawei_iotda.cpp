#include "drivers/huawei_iotda/huawei_iotda.hpp"

#include <boost/json/monotonic_resource.hpp>

#include "drivers/cloud/members.hpp"
#include "drivers/cloud/report.hpp"
#include "drivers/huawei_iotda/pushes.hpp"

namespace anju::drivers::huawei_iotda {
namespace {

namespace json = boost::json;

constexpr std::size_t max_bytes = 64 * 1024;
constexpr std::size_t most_id_characters = 128;

/// The third level of $oc/devices/{device_id}/…; empty for other topics.
std::string device_in_topic(std::string_view topic) {
    constexpr std::string_view head = "$oc/devices/";
    if (!topic.starts_with(head)) return {};
    topic.remove_prefix(head.size());
    const std::string_view id = topic.substr(0, topic.find('/'));
    return id.size() <= most_id_characters ? std::string(id) : std::string{};
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    unsigned char buffer[8 * 1024];
    json::monotonic_resource memory(buffer);
    const auto parsed = cloud::parse_envelope(message, max_bytes, &memory);
    if (!parsed) return parsed.error();
    if (!parsed->is_object()) {
        return cloud::envelope_error("not_an_object", "expected a JSON object");
    }
    const json::object& object = parsed->get_object();
    cloud::Report report("huawei_iotda", message, state);
    std::optional<DecodeError> error;
    if (object.contains("notify_data")) {
        error = read_push(object, report);
    } else if (object.contains("notifyType")) {
        error = read_ocean_push(object, report);
    } else if (object.contains("services") || object.contains("devices")) {
        std::string id = device_in_topic(message.topic);
        if (id.empty()) id = cloud::id_member(object, "device_id");
        error = read_report(object, sender_of(std::move(id)), {}, report);
    } else {
        error = cloud::envelope_error("message_type_unknown",
                                      "expected services, notify_data or notifyType");
    }
    if (error) report.refuse(std::move(*error));
    return report.finish();
}

std::size_t max_payload(const Message&) {
    return max_bytes;
}

std::vector<SupportedDevice> supported() {
    return {
        {"", "any CJ/T 188 water meter or module", "water_total_ml, battery_low",
         "by the bytes in any of its properties; one meter a module"},
        {"", "any device with a profile", "what the profile says",
         "by its product id, or set in the registration; reads the properties"},
        {"", "any device", "online", "when the platform says so"},
    };
}

}  // namespace anju::drivers::huawei_iotda
