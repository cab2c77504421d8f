#include "firmware-sim/platform/tally.hpp"

#include <algorithm>

#include "core/text/catalogue.hpp"
#include "http/page_words.hpp"

namespace anju::sim {

namespace {

void name_kind(PlatformView::Event& event, text::Wording words) {
    event.kind_zh = words.zh;
    event.kind_en = words.en;
}

PlatformView::Event describe(const v1::DistrictEvent& event) {
    PlatformView::Event out;
    switch (event.body_case()) {
        case v1::DistrictEvent::kAlert: {
            const auto& alert = event.alert();
            name_kind(out, http::words(static_cast<AlertKind>(alert.kind())));
            const auto state = text::state_name(static_cast<AlertState>(alert.state()));
            out.state_zh = state.zh;
            out.state_en = state.en;
            out.household = alert.household_id();
            out.alert = alert.alert_id();
            out.test = alert.kind() == v1::ALERT_KIND_TEST;
            out.waiting = alert.state() == v1::ALERT_STATE_OPEN;
            out.sentence_zh = alert.sentence_zh();
            out.sentence_en = alert.sentence_en();
            break;
        }
        case v1::DistrictEvent::kCommandResult:
            name_kind(out, {"命令结果", "command result"});
            out.state_zh = out.state_en =
                v1::CommandResult::Status_Name(event.command_result().status());
            out.sentence_zh = out.sentence_en = event.command_result().text();
            break;
        case v1::DistrictEvent::kTombstone:
            name_kind(out, {"空缺", "tombstone"});
            out.sentence_zh = out.sentence_en = event.tombstone().reason();
            break;
        case v1::DistrictEvent::kDevice:
            name_kind(out, {"设备", "device"});
            out.state_zh = out.state_en = v1::DeviceEvent::Health_Name(event.device().health());
            out.household = event.device().household_id();
            out.sentence_zh = out.sentence_en = event.device().device_id();
            break;
        case v1::DistrictEvent::kBox: {
            name_kind(out, {"盒子", "box"});
            std::string warnings;
            for (const int one : event.box().warnings()) {
                warnings += (warnings.empty() ? "" : " ") +
                            v1::BoxHealth::Warning_Name(static_cast<v1::BoxHealth::Warning>(one));
            }
            out.state_zh = warnings.empty() ? "正常" : warnings;
            out.state_en = warnings.empty() ? "well" : warnings;
            break;
        }
        case v1::DistrictEvent::BODY_NOT_SET:
            name_kind(out, {"未知事件", "unknown event"});
            break;
    }
    return out;
}

}  // namespace

void PlatformTally::count(const StreamCount& count) {
    auto& counts = counts_[count.stream];
    counts.received += count.received;
    counts.duplicates += count.duplicates;
}

void PlatformTally::event(const v1::DistrictEvent& event, std::int64_t received_ns) {
    auto shown = describe(event);
    shown.key = {event.gateway_id(), event.epoch(), event.lane()};
    shown.seq = event.seq();
    shown.received_ms = received_ns / 1'000'000;
    // With a clock that the simulator drives this would compare two worlds; and what comes from
    // outside may say anything.
    constexpr std::int64_t month_ms = 30 * std::int64_t{86'400'000};
    const auto recorded = event.record_time_ms();
    if (recorded > 0 && recorded <= shown.received_ms && shown.received_ms - recorded < month_ms) {
        counts_[shown.key].delay_ms = shown.received_ms - recorded;
    }
    if (!shown.alert.empty()) {
        for (auto& older : events_) {
            const bool same = older.alert == shown.alert && older.key.gateway == shown.key.gateway;
            if (same) older.waiting = false;
        }
    }
    events_.push_front(std::move(shown));
    if (events_.size() > event_limit) events_.pop_back();
}

bool PlatformTally::is_waiting(const std::string& gateway, const std::string& alert) const {
    return std::any_of(events_.begin(), events_.end(), [&](const auto& event) {
        return event.waiting && event.key.gateway == gateway && event.alert == alert;
    });
}

PlatformView PlatformTally::view(const PlatformLedger& ledger) const {
    PlatformView out;
    for (const auto& key : ledger.streams()) {
        if (out.lanes.size() == lane_limit) break;
        const auto state = ledger.state(key);
        const auto found = counts_.find(key);
        const auto counts = found == counts_.end() ? Counts{} : found->second;
        out.lanes.push_back({key, state.highest, state.missing, counts.received, counts.duplicates,
                             state.unacknowledged, counts.delay_ms});
    }
    out.events.assign(events_.begin(), events_.end());
    return out;
}

}  // namespace anju::sim
