#include "drivers/sparkplug/sparkplug.hpp"

#include <google/protobuf/arena.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <utility>

#include "drivers/sparkplug/aliases.hpp"
#include "drivers/sparkplug/metrics.hpp"
#include "drivers/sparkplug/topic.hpp"
#include "drivers/state.hpp"
#include "drivers/statement.hpp"

namespace anju::drivers::sparkplug {
namespace {

namespace pb = sparkplug_b;

constexpr std::size_t max_birth_bytes = 128 * 1024;
constexpr std::size_t max_metrics = 4096;

DecodeError refusal(const char* code, std::string text, const Topic& topic) {
    DecodeError error;
    error.code = code;
    error.text = std::move(text);
    error.address = topic.address();
    return error;
}

/// Counted before they are parsed, for two bytes of a metric become a hundred in memory.
std::size_t count_metrics(std::string_view payload) {
    using Wire = google::protobuf::internal::WireFormatLite;
    const auto bytes = bytes_of(payload);
    google::protobuf::io::CodedInputStream in(bytes.data(), static_cast<int>(bytes.size()));
    constexpr auto metric =
        Wire::MakeTag(pb::Payload::kMetricsFieldNumber, Wire::WIRETYPE_LENGTH_DELIMITED);
    std::size_t count = 0;
    while (const std::uint32_t tag = in.ReadTag()) {
        if (tag == metric) ++count;
        if (!Wire::SkipField(&in, tag)) break;
    }
    return count;
}

/// An NDEATH is left with the broker when the node connects. It may be delivered after the node has
/// come back; bdSeq tells to which session it belongs (6.4.21).
bool is_of_earlier_session(const Topic& topic, const pb::Payload& payload, const Aliases& aliases) {
    const auto now = aliases.session(topic.node);
    const auto then = session_of(payload);
    return now && then && *now != *then;
}

std::vector<Decoded> read_death(const Message& message, const Topic& topic,
                                const pb::Payload& payload, const Aliases& aliases) {
    const bool of_node = topic.device.empty();
    if (of_node && is_of_earlier_session(topic, payload, aliases)) return {};
    std::vector<Statement> statements;
    const auto offline = [&](std::string address) {
        Statement& statement = statements.emplace_back("sparkplug", message, std::move(address));
        // The node's own was written when it connected, so its time is not that of its end.
        if (!of_node) statement.happened(time_of(payload));
        statement.level(ReadingKind::online, 0);
    };
    offline(topic.address());
    if (of_node) {
        if (const auto* devices = aliases.devices(topic.node)) {
            for (const std::string& device : *devices) offline(topic.node + "/" + device);
        }
    }
    return finish(std::move(statements));
}

}  // namespace

DecodeResult decode(const Message& message, DriverState& state) {
    const auto topic = parse_topic(message.topic);
    if (!topic) {
        return envelope_error("topic_malformed",
                              "expected spBv1.0/{group}/NDATA/{node} or "
                              "spBv1.0/{group}/DDATA/{node}/{device}");
    }
    if (message.payload.size() > max_payload(message)) {
        return envelope_error("payload_too_large",
                              std::to_string(message.payload.size()) +
                                  " bytes: expected <= " + std::to_string(max_payload(message)));
    }
    const bool cleared = message.payload.empty() && message.retained;
    if (topic->verb == Verb::ignored || cleared) return std::vector<Decoded>{};
    if (count_metrics(message.payload) > max_metrics) {
        return refusal("too_many_metrics", "expected <= 4096 metrics in one message", *topic);
    }
    google::protobuf::Arena arena;
    auto& payload = *google::protobuf::Arena::CreateMessage<pb::Payload>(&arena);
    if (!payload.ParseFromArray(message.payload.data(), static_cast<int>(message.payload.size()))) {
        return refusal("not_protobuf", "the payload is not a Sparkplug B payload", *topic);
    }
    if (topic->verb == Verb::death) {
        return read_death(message, *topic, payload, state.sparkplug());
    }
    return read_metrics(message, *topic, payload, state);
}

std::size_t max_payload(const Message& message) {
    const bool birth = message.topic.find("BIRTH/") != std::string_view::npos;
    return birth ? max_birth_bytes : 4 * max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {{"", "Sparkplug B edge nodes and devices", "online; with a profile any metric",
             "a profile per device names the metrics; after a restart of the node without a BIRTH "
             "heard, its aliases are not understood"}};
}

}  // namespace anju::drivers::sparkplug
