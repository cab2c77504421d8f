#include "drivers/huawei_iotda/pushes.hpp"

#include <boost/json/array.hpp>

#include "drivers/cloud/members.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::huawei_iotda {
namespace {

namespace json = boost::json;
using cloud::envelope_error;

DecodeError refusal(const cloud::Sender& sender, const char* code, std::string text) {
    DecodeError error = envelope_error(code, std::move(text));
    error.address = sender.address;
    error.alias = sender.alias;
    error.model = sender.model;
    return error;
}

/// How one form of message calls the parts of a service.
struct Names {
    std::string_view id;
    std::string_view values;
    std::string_view time;
};
constexpr Names iotda_names{"service_id", "properties", "event_time"};
constexpr Names ocean_names{"serviceId", "data", "eventTime"};

void read_service(const json::value& value, const Names& names, const cloud::Sender& sender,
                  const EventTime& fallback, cloud::Report& out) {
    if (!value.is_object()) return;
    const json::object& service = value.get_object();
    const json::value* values = service.if_contains(names.values);
    if (values == nullptr || values->is_null()) return;
    EventTime time = cloud::time_member(service, names.time);
    if (time.at == Instant{} && time.quality == 0) time = fallback;
    out.add_fields(sender, cloud::id_member(service, names.id), *values, time);
}

void read_services(const json::object& body, const Names& names, const cloud::Sender& sender,
                   const EventTime& fallback, cloud::Report& out) {
    out.device(sender);
    const json::value* services = body.if_contains("services");
    if (services == nullptr || !services->is_array()) return;
    for (const json::value& service : services->get_array()) {
        read_service(service, names, sender, fallback, out);
    }
}

/// A device that sleeps longer than the platform likes is ABNORMAL, which says nothing yet.
void read_status(std::string_view status, const cloud::Sender& sender, const EventTime& time,
                 cloud::Report& out) {
    if (status == "ONLINE") out.add(sender, {ReadingKind::online, 0, 1, {}}, time);
    if (status == "OFFLINE") out.add(sender, {ReadingKind::online, 0, 0, {}}, time);
}

void read_message(const json::object& body, const cloud::Sender& sender, const EventTime& time,
                  cloud::Report& out) {
    out.device(sender);
    const json::value* content = body.if_contains("content");
    if (content == nullptr || content->is_null()) return;
    if (content->is_object()) return out.add_fields(sender, "content", *content, time);
    out.add_fields(sender, "content", json::object{{"content", *content}}, time);
}

}  // namespace

cloud::Sender sender_of(std::string device_id) {
    cloud::Sender sender;
    const auto mark = device_id.find('_');
    if (mark == std::string::npos || mark == 0 || mark + 1 == device_id.size()) {
        sender.address = std::move(device_id);
        return sender;
    }
    sender.address = device_id.substr(mark + 1);
    sender.model = device_id.substr(0, mark);
    sender.alias = std::move(device_id);
    return sender;
}

std::optional<DecodeError> read_report(const json::object& report, const cloud::Sender& sender,
                                       const EventTime& fallback, cloud::Report& out) {
    const json::value* devices = report.if_contains("devices");
    if (devices != nullptr && devices->is_array()) {
        for (const json::value& one : devices->get_array()) {
            if (!one.is_object()) continue;
            const auto other = sender_of(cloud::id_member(one.get_object(), "device_id"));
            if (other.address.empty()) {
                out.refuse(envelope_error("no_device", "expected device_id of every device"));
                continue;
            }
            read_services(one.get_object(), iotda_names, other, fallback, out);
        }
        return std::nullopt;
    }
    if (sender.address.empty()) {
        return envelope_error("no_device",
                              "expected the topic $oc/devices/{device_id}/sys/properties/report");
    }
    read_services(report, iotda_names, sender, fallback, out);
    return std::nullopt;
}

std::optional<DecodeError> read_push(const json::object& push, cloud::Report& out) {
    const json::object* data = cloud::object_member(push, "notify_data");
    const json::object* header = data == nullptr ? nullptr : cloud::object_member(*data, "header");
    const json::object* body = data == nullptr ? nullptr : cloud::object_member(*data, "body");
    if (header == nullptr || body == nullptr) {
        return envelope_error("no_device", "expected notify_data.header and notify_data.body");
    }
    cloud::Sender sender = sender_of(cloud::id_member(*header, "device_id"));
    if (const std::string node = cloud::id_member(*header, "node_id"); !node.empty()) {
        sender.alias = cloud::id_member(*header, "device_id");
        sender.address = node;
    }
    if (const std::string product = cloud::id_member(*header, "product_id"); !product.empty()) {
        sender.model = product;
    }
    if (sender.address.empty()) {
        return envelope_error("no_device", "expected node_id or device_id in notify_data.header");
    }
    const std::string_view resource = text_member(push, "resource");
    const EventTime time = cloud::time_member(push, "event_time");
    if (resource == "device.property") return read_report(*body, sender, time, out);
    if (resource == "device.status") {
        read_status(text_member(*body, "status"), sender, time, out);
    } else if (resource == "device.message") {
        read_message(*body, sender, time, out);
    } else {
        return refusal(sender, "message_type_unknown",
                       "resource \"" + std::string(resource.substr(0, 40)) +
                           "\"; expected device.property, device.message or device.status");
    }
    return std::nullopt;
}

std::optional<DecodeError> read_ocean_push(const json::object& push, cloud::Report& out) {
    cloud::Sender sender;
    sender.address = cloud::id_member(push, "deviceId");
    if (sender.address.empty()) return envelope_error("no_device", "expected deviceId");
    const std::string_view type = text_member(push, "notifyType");
    if (type == "deviceDataChanged") {
        out.device(sender);
        const json::value* service = push.if_contains("service");
        if (service != nullptr) read_service(*service, ocean_names, sender, {}, out);
    } else if (type == "deviceDatasChanged") {
        read_services(push, ocean_names, sender, {}, out);
    } else if (type == "deviceInfoChanged") {
        const json::object* info = cloud::object_member(push, "deviceInfo");
        if (info != nullptr) read_status(text_member(*info, "status"), sender, {}, out);
    } else {
        return refusal(sender, "message_type_unknown",
                       "notifyType \"" + std::string(type.substr(0, 40)) +
                           "\"; expected deviceDataChanged, deviceDatasChanged or "
                           "deviceInfoChanged");
    }
    return std::nullopt;
}

}  // namespace anju::drivers::huawei_iotda
