#include "drivers/sparkplug/metrics.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <limits>
#include <utility>

#include "drivers/sparkplug/aliases.hpp"
#include "drivers/sparkplug/value.hpp"
#include "drivers/state.hpp"
#include "drivers/statement.hpp"

namespace anju::drivers::sparkplug {
namespace {

namespace json = boost::json;
namespace pb = sparkplug_b;

constexpr std::size_t max_groups = 512;
constexpr std::size_t max_name_bytes = 256;
constexpr std::string_view make = "Properties/Hardware Make";
constexpr std::string_view model = "Properties/Hardware Model";

EventTime to_time(std::uint64_t ms) {
    const auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return event_time(static_cast<std::int64_t>(std::min(ms, limit)));
}

/// Values that belong together: of one time, of the past or not.
struct Group {
    std::uint64_t ms = 0;
    bool historical = false;
    json::object fields;
};

/// About the node's session and how to command it; nothing that a profile reads.
bool is_housekeeping(std::string_view name) {
    return name == "bdSeq" || name.starts_with("Node Control/") ||
           name.starts_with("Device Control/") || name.starts_with("Properties/");
}

/// Reads one message; a value object of one call.
class Reader {
public:
    Reader(const Message& message, const Topic& topic, const pb::Payload& payload,
           DriverState& state)
        : message_(message),
          topic_(topic),
          payload_(payload),
          state_(state),
          device_("sparkplug", message, topic.address()) {}

    std::vector<Decoded> read() {
        device_.happened(time_of(payload_));
        if (topic_.verb == Verb::birth) {
            device_.level(ReadingKind::online, 1);
            learn_all();
        }
        for (const pb::Metric& metric : payload_.metrics()) read_metric(metric);
        return finish();
    }

private:
    void learn_all() {
        Aliases& aliases = state_.sparkplug();
        bool all = topic_.device.empty() ? aliases.begin(topic_.node, session_of(payload_))
                                         : aliases.learn_device(topic_.node, topic_.device);
        for (const pb::Metric& metric : payload_.metrics()) all = learn(metric) && all;
        if (!all) {
            device_.problem("too_many_metrics", "metrics",
                            "there is no room to remember all names of this BIRTH: what comes by "
                            "alias only will not be understood");
        }
    }

    bool learn(const pb::Metric& metric) {
        if (!metric.has_name() || metric.datatype() > 0xFF) return true;
        const auto datatype = static_cast<std::uint8_t>(metric.datatype());
        Aliases& aliases = state_.sparkplug();
        if (metric.has_alias()) {
            return aliases.learn(topic_.node, metric.alias(), metric.name(), datatype);
        }
        if (is_housekeeping(metric.name()) || datatype == pb::Unknown) return true;
        return aliases.learn_type(topic_.node, topic_.device, metric.name(), datatype);
    }

    void read_metric(const pb::Metric& metric) {
        const MetricInfo info = identify(metric);
        if (info.name.empty() || info.name.size() > max_name_bytes) return;
        const std::uint32_t datatype = metric.datatype() != 0 ? metric.datatype() : info.datatype;
        if (info.datatype != 0 && datatype != info.datatype) {
            device_.problem("datatype_mismatch", info.name,
                            "the data type is not that of the BIRTH: ask the node for a rebirth");
            return;
        }
        auto value = read_value(metric, datatype);
        if (const auto* failed = std::get_if<Unreadable>(&value)) {
            device_.problem(failed->code, info.name, info.name + ": " + failed->text);
            return;
        }
        place(metric, info.name, std::move(std::get<json::value>(value)));
    }

    /// Name and announced type; an empty name when nobody has said it.
    MetricInfo identify(const pb::Metric& metric) {
        const Aliases& aliases = state_.sparkplug();
        if (metric.has_name() && !metric.name().empty()) {
            return {metric.name(), aliases.find_type(topic_.node, topic_.device, metric.name())};
        }
        if (!metric.has_alias()) return {};
        if (const MetricInfo* known = aliases.find(topic_.node, metric.alias())) return *known;
        device_.problem("alias_unknown", std::to_string(metric.alias()),
                        "no BIRTH has named alias " + std::to_string(metric.alias()) +
                            ": ask the node for a rebirth");
        return {};
    }

    void place(const pb::Metric& metric, const std::string& name, json::value value) {
        if (value.is_null()) return;
        if (is_housekeeping(name)) {
            if (name == make && value.is_string()) make_ = value.get_string();
            if (name == model && value.is_string()) device_.said().model = value.get_string();
            return;
        }
        const std::uint64_t ms = metric.has_timestamp() ? metric.timestamp() : payload_.timestamp();
        if (metric.is_historical() && to_time(ms).at == Instant{}) {
            device_.problem("time_missing", name,
                            name + ": a historical value without a plausible time");
            return;
        }
        if (Group* group = group_of(ms, metric.is_historical())) {
            group->fields[name] = std::move(value);
        } else {
            device_.problem("too_many_times", name, "expected values of <= 512 different times");
        }
    }

    Group* group_of(std::uint64_t ms, bool historical) {
        const auto known = std::find_if(groups_.rbegin(), groups_.rend(), [&](const Group& group) {
            return group.ms == ms && group.historical == historical;
        });
        if (known != groups_.rend()) return &*known;
        if (groups_.size() >= max_groups) return nullptr;
        return &groups_.emplace_back(Group{ms, historical, {}});
    }

    std::vector<Decoded> finish() {
        Decoded& said = device_.said();
        if (!make_.empty()) said.model = said.model.empty() ? make_ : make_ + " " + said.model;
        std::vector<Statement> past;
        for (Group& group : groups_) {
            const json::value fields = std::move(group.fields);
            const std::string_view property = fields.get_object().begin()->key();
            if (!group.historical && group.ms == payload_.timestamp()) {
                device_.read_fields(fields, state_, property);
                continue;
            }
            Statement part("sparkplug", message_, topic_.address());
            part.happened(to_time(group.ms));
            if (group.historical) part.mark(quality::late);
            part.read_fields(fields, state_, property);
            if (pass_on(part)) break;  // and so it would be for the others
            if (!part.empty()) past.push_back(std::move(part));
        }
        const bool needed = past.empty() || !device_.empty() || !said.problems.empty();
        if (needed) past.push_back(std::move(device_));
        return drivers::finish(std::move(past));
    }

    /// Problems are told once, with the device. True when it has no profile.
    bool pass_on(Statement& part) {
        bool missing = false;
        for (Problem& problem : part.said().problems) {
            missing = missing || problem.code == "profile_missing";
            device_.problem(problem.code, problem.property, problem.text);
        }
        part.said().problems.clear();
        return missing;
    }

    const Message& message_;
    const Topic& topic_;
    const pb::Payload& payload_;
    DriverState& state_;
    Statement device_;
    std::vector<Group> groups_;
    std::string make_;
};

}  // namespace

std::vector<Decoded> read_metrics(const Message& message, const Topic& topic,
                                  const pb::Payload& payload, DriverState& state) {
    return Reader(message, topic, payload, state).read();
}

std::optional<std::uint64_t> session_of(const pb::Payload& payload) {
    for (const pb::Metric& metric : payload.metrics()) {
        if (metric.name() != "bdSeq") continue;
        if (metric.value_case() == pb::Metric::kLongValue) return metric.long_value();
        if (metric.value_case() == pb::Metric::kIntValue) return metric.int_value();
    }
    return std::nullopt;
}

EventTime time_of(const pb::Payload& payload) {
    return to_time(payload.timestamp());
}

}  // namespace anju::drivers::sparkplug
