#include "firmware-sim/platform/print.hpp"

#include <fmt/format.h>

#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

std::optional<ReadingKind> cause_of(v1::AlertKind kind) {
    switch (kind) {
        case v1::ALERT_KIND_SMOKE:
            return ReadingKind::smoke;
        case v1::ALERT_KIND_GAS_LEAK:
            return ReadingKind::gas;
        case v1::ALERT_KIND_SOS:
            return ReadingKind::sos;
        case v1::ALERT_KIND_FLOOD:
            return ReadingKind::water_leak;
        case v1::ALERT_KIND_TAMPER:
            return ReadingKind::tamper;
        default:
            return std::nullopt;
    }
}

std::optional<double> alert_latency_ms(const v1::DistrictEvent& event, std::int64_t committed_ns,
                                       const ReportReader& sensors) {
    const auto& alert = event.alert();
    const auto cause = cause_of(alert.kind());
    if (!event.has_alert() || !cause || committed_ns == 0 || alert.device_id().empty() ||
        alert.previous_state() != v1::ALERT_STATE_UNSPECIFIED) {
        return std::nullopt;
    }
    const auto sent = sensors.sent_ns(alert.device_id(), *cause, committed_ns);
    if (!sent) return std::nullopt;
    return static_cast<double>(committed_ns - *sent) / 1e6;
}

bool says_something_new(const v1::AlertEvent& alert) {
    return alert.previous_state() == v1::ALERT_STATE_UNSPECIFIED ||
           alert.previous_state() == alert.state() || alert.state() == v1::ALERT_STATE_OPEN;
}

std::string path_of(const AlertSummary& alert) {
    std::string path;
    auto told = alert.steps.back().event.alert().priority();
    for (const auto& step : alert.steps) {
        const auto& each = step.event.alert();
        if (!path.empty()) path += " → ";
        if (each.priority() != told) path += fmt::format("P{} ", static_cast<int>(each.priority()));
        path += name(static_cast<AlertState>(each.state()));
        told = each.priority();
    }
    return path;
}

std::string event_line(const v1::DistrictEvent& event, std::optional<double> latency_ms) {
    const auto at = format_local(from_unix_ms(event.event_time_ms()));
    const auto late = latency_ms ? fmt::format("  [{:.1f} ms]", *latency_ms) : std::string{};
    switch (event.body_case()) {
        case v1::DistrictEvent::kAlert: {
            const auto& alert = event.alert();
            const auto head =
                fmt::format("{}  P{} {} {} → {}{}", at, static_cast<int>(alert.priority()),
                            alert.alert_id(), name(static_cast<AlertKind>(alert.kind())),
                            name(static_cast<AlertState>(alert.state())), late);
            if (says_something_new(alert)) {
                return fmt::format("{}\n    {}\n    {}", head, alert.sentence_zh(),
                                   alert.sentence_en());
            }
            return fmt::format("{}  ({})", head, alert.actor());
        }
        case v1::DistrictEvent::kCommandResult:
            return fmt::format("{}  命令结果 · command {}: {} {}", at,
                               event.command_result().command_id(),
                               v1::CommandResult::Status_Name(event.command_result().status()),
                               event.command_result().text());
        case v1::DistrictEvent::kTombstone:
            return fmt::format("{}  空缺 · hole {} {}: {}", at, v1::Lane_Name(event.lane()),
                               event.seq(), event.tombstone().reason());
        case v1::DistrictEvent::kDevice:
            return fmt::format("{}  设备 · device {}: {}", at, event.device().device_id(),
                               v1::DeviceEvent::Health_Name(event.device().health()));
        case v1::DistrictEvent::kBox:
            return fmt::format("{}  盒子 · box {}: {} warnings", at, event.gateway_id(),
                               event.box().warnings_size());
        case v1::DistrictEvent::BODY_NOT_SET:
            break;
    }
    return fmt::format("{}  未知事件 · an event this platform does not know", at);
}

}  // namespace anju::sim
