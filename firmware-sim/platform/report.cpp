#include "firmware-sim/platform/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>

#include "core/model/names.hpp"
#include "firmware-sim/json_text.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/platform/print.hpp"
#include "firmware-sim/platform/summary.hpp"

namespace anju::sim {

namespace {

namespace json = boost::json;

std::string lane_name(v1::Lane lane) {
    return lane == v1::LANE_ALARM ? "alarm" : lane == v1::LANE_BULK ? "bulk" : "unknown";
}
std::string state_name(v1::AlertState state) {
    return std::string(name(static_cast<AlertState>(state)));
}
std::string kind_name(v1::AlertKind kind) {
    return std::string(name(static_cast<AlertKind>(kind)));
}

json::array to_json(const std::vector<SeqSpan>& spans) {
    json::array out;
    for (const auto& [first, last] : spans) out.push_back(json::array{first, last});
    return out;
}

json::object to_json(const StreamSummary& stream) {
    return {{"gateway", stream.count.stream.gateway},
            {"epoch", stream.count.stream.epoch},
            {"lane", lane_name(stream.count.stream.lane)},
            {"events", stream.events},
            {"highest", stream.highest},
            {"head", stream.count.head},
            {"unacknowledged_at_gateway", stream.count.unacknowledged},
            {"received", stream.count.received},
            {"duplicates", stream.count.duplicates},
            {"tombstones", stream.tombstones},
            {"gaps", to_json(stream.holes)}};
}

json::object to_json(const AlertSummary& alert) {
    const auto& last = alert.steps.back().event.alert();
    json::array history;
    for (const auto& step : alert.steps) {
        const auto& each = step.event.alert();
        const bool raised = each.previous_state() == v1::ALERT_STATE_UNSPECIFIED;
        history.push_back(json::object{{"state", state_name(each.state())},
                                       {"from", raised ? "" : state_name(each.previous_state())},
                                       {"priority", static_cast<int>(each.priority())},
                                       {"at_ms", step.event.event_time_ms()},
                                       {"actor", each.actor()},
                                       {"note", each.note()},
                                       {"repeats", each.repeats()},
                                       {"reopened", each.reopened()},
                                       {"epoch", step.event.epoch()},
                                       {"lane", lane_name(step.event.lane())},
                                       {"seq", step.event.seq()},
                                       {"committed_ns", step.committed_ns}});
    }
    json::object out{{"gateway", alert.steps.back().event.gateway_id()},
                     {"alert_id", last.alert_id()},
                     {"household", last.household_id()},
                     {"resident", last.resident_id()},
                     {"device", last.device_id()},
                     {"kind", kind_name(last.kind())},
                     {"priority", static_cast<int>(last.priority())},
                     {"state", state_name(last.state())},
                     {"rule", last.evidence().rule()},
                     {"once_in_days", last.evidence().once_in_days()},
                     {"raised_at_ms", last.raised_at_ms()},
                     {"raised_events", alert.raised},
                     {"sentence_zh", last.sentence_zh()},
                     {"sentence_en", last.sentence_en()},
                     {"history", std::move(history)},
                     {"latency_ms", nullptr}};
    if (alert.latency_ms) out["latency_ms"] = *alert.latency_ms;
    return out;
}

std::map<std::string, std::vector<double>> latencies(const PlatformSummary& summary) {
    std::map<std::string, std::vector<double>> out;
    for (const auto& [id, alert] : summary.alerts) {
        if (!alert.latency_ms) continue;
        out[kind_name(alert.steps.back().event.alert().kind())].push_back(*alert.latency_ms);
    }
    for (auto& [kind, values] : out) std::sort(values.begin(), values.end());
    return out;
}

void print_json(const PlatformSummary& summary, const std::string& file) {
    json::array streams;
    for (const auto& stream : summary.streams) streams.push_back(to_json(stream));
    json::array alerts;
    for (const auto& [id, alert] : summary.alerts) alerts.push_back(to_json(alert));
    json::array results;
    for (const auto& event : summary.command_results) {
        const auto& result = event.command_result();
        results.push_back(json::object{{"gateway", event.gateway_id()},
                                       {"command_id", result.command_id()},
                                       {"status", v1::CommandResult::Status_Name(result.status())},
                                       {"text", result.text()}});
    }
    json::object latency;
    for (const auto& [kind, values] : latencies(summary)) {
        latency[kind] = json::object{{"count", values.size()},
                                     {"p50", percentile(values, 500)},
                                     {"p99", percentile(values, 990)},
                                     {"max", values.back()}};
    }
    const json::object out{{"file", file},
                           {"events", summary.events()},
                           {"duplicates", summary.duplicates()},
                           {"missing", summary.missing()},
                           {"unreadable", summary.unreadable},
                           {"device_events", summary.device_events.size()},
                           {"streams", std::move(streams)},
                           {"alerts", std::move(alerts)},
                           {"command_results", std::move(results)},
                           {"latency_ms", std::move(latency)}};
    fmt::print("{}\n", json_text(out));
}

void print_text(const PlatformSummary& summary) {
    fmt::print("{:<16} {:>6} {:<6} {:>8} {:>8} {:>10} {:>8}\n", "gateway", "epoch", "lane",
               "events", "highest", "duplicates", "missing");
    for (const auto& stream : summary.streams) {
        std::uint64_t missing = 0;
        for (const auto& [first, last] : stream.holes) missing += last - first + 1;
        fmt::print("{:<16} {:>6} {:<6} {:>8} {:>8} {:>10} {:>8}\n", stream.count.stream.gateway,
                   stream.count.stream.epoch, lane_name(stream.count.stream.lane), stream.events,
                   stream.highest, stream.count.duplicates, missing);
    }
    fmt::print("\n");
    for (const auto& [id, alert] : summary.alerts) {
        const auto& last = alert.steps.back().event.alert();
        fmt::print("{}  {} P{} {}  {}{}\n    {}\n    {}\n",
                   format_local(from_unix_ms(last.raised_at_ms())), last.alert_id(),
                   static_cast<int>(last.priority()), kind_name(last.kind()), path_of(alert),
                   alert.latency_ms ? fmt::format("  [{:.1f} ms]", *alert.latency_ms) : "",
                   last.sentence_zh(), last.sentence_en());
    }
    for (const auto& event : summary.command_results) {
        fmt::print("command {}: {} {}\n", event.command_result().command_id(),
                   v1::CommandResult::Status_Name(event.command_result().status()),
                   event.command_result().text());
    }
    for (const auto& [kind, values] : latencies(summary)) {
        fmt::print(
            "{}: {} alerts, sensor to platform p50 {:.1f} ms, p99 {:.1f} ms, max {:.1f} ms\n", kind,
            values.size(), percentile(values, 500), percentile(values, 990), values.back());
    }
}

}  // namespace

int run_platform_report(const PlatformReportOptions& options) {
    ReportReader sensors(options.sensors);
    if (!options.sensors.empty()) sensors.refresh();
    auto store = PlatformStore::open(options.file, PlatformStore::Mode::read);
    if (!store) {
        fmt::print(stderr, "anju-sim: {}\n", store.error().text());
        return 1;
    }
    const auto summary = summarise(*store, sensors);
    if (!summary) {
        fmt::print(stderr, "anju-sim: {}\n", summary.error().text());
        return 1;
    }
    if (options.json) {
        print_json(*summary, options.file.string());
    } else {
        print_text(*summary);
    }
    return summary->missing() == 0 ? 0 : 3;
}

}  // namespace anju::sim
