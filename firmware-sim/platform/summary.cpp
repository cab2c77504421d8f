#include "firmware-sim/platform/summary.hpp"

#include <algorithm>
#include <set>

#include "firmware-sim/platform/print.hpp"

namespace anju::sim {

namespace {

void add_event(PlatformSummary& out, StreamSummary& stream, const StoredEvent& stored) {
    ++stream.events;
    stream.highest = std::max(stream.highest, stored.seq);
    v1::DistrictEvent event;
    if (!event.ParseFromString(stored.bytes)) {
        ++out.unreadable;
        return;
    }
    switch (event.body_case()) {
        case v1::DistrictEvent::kAlert: {
            auto& alert = out.alerts[{event.gateway_id(), event.alert().alert_id()}];
            if (event.alert().previous_state() == v1::ALERT_STATE_UNSPECIFIED) ++alert.raised;
            alert.steps.push_back({std::move(event), stored.committed_ns});
            break;
        }
        case v1::DistrictEvent::kCommandResult:
            out.command_results.push_back(std::move(event));
            break;
        case v1::DistrictEvent::kDevice:
            out.device_events.push_back(std::move(event));
            break;
        case v1::DistrictEvent::kTombstone:
            ++stream.tombstones;
            break;
        case v1::DistrictEvent::kBox:
            ++out.box_reports;
            break;
        case v1::DistrictEvent::BODY_NOT_SET:
            ++out.unreadable;
            break;
    }
}

}  // namespace

std::uint64_t PlatformSummary::events() const {
    std::uint64_t sum = 0;
    for (const auto& stream : streams) sum += stream.events;
    return sum;
}

std::uint64_t PlatformSummary::duplicates() const {
    std::uint64_t sum = 0;
    for (const auto& stream : streams) sum += stream.count.duplicates;
    return sum;
}

std::uint64_t PlatformSummary::missing() const {
    std::uint64_t sum = 0;
    for (const auto& stream : streams) {
        for (const auto& [first, last] : stream.holes) sum += last - first + 1;
    }
    return sum;
}

double percentile(const std::vector<double>& values, unsigned per_mille) {
    const auto rank = (values.size() * per_mille + 999) / 1000;
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

result<PlatformSummary> summarise(const PlatformStore& store, const ReportReader& sensors) {
    PlatformSummary out;
    std::map<StreamKey, StreamSummary> streams;
    PlatformLedger ledger;
    auto counts = store.counts();
    if (!counts) return counts.error();
    for (const auto& count : *counts) streams[count.stream].count = count;
    auto read = store.events([&](const StoredEvent& stored) {
        auto& stream = streams[stored.stream];
        stream.count.stream = stored.stream;
        ledger.add(stored.stream, stored.seq, SteadyTime{});
        add_event(out, stream, stored);
        return true;
    });
    if (!read) return read.error();
    for (auto& [key, stream] : streams) {
        stream.holes = ledger.holes(key, 1000);
        if (stream.count.head > stream.highest) {
            stream.holes.emplace_back(stream.highest + 1, stream.count.head);
        }
        out.streams.push_back(std::move(stream));
    }
    for (auto& [id, alert] : out.alerts) {
        std::stable_sort(alert.steps.begin(), alert.steps.end(),
                         [](const AlertStep& left, const AlertStep& right) {
                             return left.event.alert().decision() < right.event.alert().decision();
                         });
        for (const auto& step : alert.steps) {
            if (alert.latency_ms) break;
            alert.latency_ms = alert_latency_ms(step.event, step.committed_ns, sensors);
        }
    }
    return out;
}

}  // namespace anju::sim
