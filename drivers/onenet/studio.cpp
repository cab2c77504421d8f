#include "drivers/onenet/studio.hpp"

#include <boost/json/array.hpp>

#include "drivers/cloud/members.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::onenet {
namespace {

namespace json = boost::json;

constexpr std::size_t most_times = 64;
constexpr std::size_t most_of_one_property = 64;

/// What was measured at one time belongs together: a profile reads it as one.
class Groups {
public:
    void add(std::string_view name, const json::value& item) {
        if (!item.is_object()) return;
        const json::object& object = item.get_object();
        const json::value* value = object.if_contains("value");
        if (value == nullptr || value->is_null()) return;
        const EventTime time = cloud::time_member(object, "time");
        for (Group& group : groups) {
            if (group.time.at == time.at && !group.fields.get_object().contains(name)) {
                group.fields.get_object()[name] = *value;
                return;
            }
        }
        if (groups.size() >= most_times) return;
        groups.push_back({time, json::object{{name, *value}}});
    }

    struct Group {
        EventTime time;
        json::value fields;
    };
    std::vector<Group> groups;
};

void read_params(const json::object& params, const cloud::Sender& sender, std::string_view name,
                 cloud::Report& report) {
    Groups gathered;
    for (const auto& param : params) {
        if (!param.value().is_array()) {
            gathered.add(param.key(), param.value());
            continue;
        }
        std::size_t count = 0;
        for (const json::value& item : param.value().get_array()) {
            if (++count > most_of_one_property) break;
            gathered.add(param.key(), item);
        }
    }
    for (const Groups::Group& group : gathered.groups) {
        report.add_fields(sender, name, group.fields, group.time);
    }
}

}  // namespace

bool is_studio(const json::object& push) {
    return push.contains("notifyType") || push.contains("messageType");
}

std::optional<DecodeError> read_studio(const json::object& push, cloud::Report& report) {
    const std::string_view type = text_member(push, "notifyType");
    if (text_member(push, "messageType") == "lifeCycle") return std::nullopt;
    cloud::Sender sender;
    sender.address = cloud::imei_member(push, "imei");
    const std::string device = cloud::id_member(push, "deviceName");
    sender.model = cloud::id_member(push, "productId");
    (sender.address.empty() ? sender.address : sender.alias) = device;
    if (sender.address.empty()) {
        return cloud::envelope_error("no_device", "expected deviceName");
    }
    if (type != "property" && type != "event") {
        DecodeError error = cloud::envelope_error(
            "message_type_unknown",
            "notifyType \"" + std::string(type.substr(0, 40)) + "\"; expected property or event");
        error.address = sender.address;
        error.alias = sender.alias;
        error.model = sender.model;
        return error;
    }
    report.device(sender);
    const json::object* data = cloud::object_member(push, "data");
    const json::object* params = data == nullptr ? nullptr : cloud::object_member(*data, "params");
    if (params != nullptr) read_params(*params, sender, type, report);
    return std::nullopt;
}

}  // namespace anju::drivers::onenet
