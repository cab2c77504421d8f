#include "uplink/uplink.hpp"

#include <algorithm>
#include <utility>

#include "anju/v1/command.pb.h"
#include "anju/v1/event.pb.h"
#include "base/log.hpp"
#include "uplink/event_encoder.hpp"
#include "uplink/parse.hpp"

namespace anju::uplink {

namespace {

constexpr std::size_t max_ack_bytes = 256 * 1024;
constexpr int max_missing_ranges = 1024;

std::string district_topic(std::string_view gateway_id, std::string_view rest) {
    return "anju/v1/district/" + std::string(gateway_id) + "/" + std::string(rest);
}

}  // namespace

Uplink::Uplink(Options options, Journal& journal, const Clock& clock, Link& alarm, Link& bulk,
               std::function<Census()> census)
    : options_(std::move(options)),
      journal_(journal),
      clock_(clock),
      census_(std::move(census)),
      ends_{LaneEnd{Lane::alarm, alarm, LaneSender(options_.alarm, {}),
                    up_topic(options_.gateway_id, Lane::alarm)},
            LaneEnd{Lane::bulk, bulk, LaneSender(options_.bulk, {}),
                    up_topic(options_.gateway_id, Lane::bulk)}} {}

std::string Uplink::up_topic(std::string_view gateway_id, Lane lane) {
    return district_topic(gateway_id, "up/" + std::string(lane_name(lane)));
}

std::string Uplink::ack_topic(std::string_view gateway_id) {
    return district_topic(gateway_id, "down/ack");
}

std::string Uplink::command_topic(std::string_view gateway_id) {
    return district_topic(gateway_id, "down/command");
}

void Uplink::start(std::uint64_t epoch) {
    epoch_ = epoch;
    started_ = true;
    end(Lane::alarm).sender = LaneSender(options_.alarm, journal_.lane(Lane::alarm));
    end(Lane::bulk).sender = LaneSender(options_.bulk, journal_.lane(Lane::bulk));
    note_waiting();
}

std::optional<Lane> Uplink::lane_of(const Decision& decision) const {
    return uplink::lane_of(decision);
}

std::string Uplink::encode(const Decision& decision, Lane lane, const Envelope& envelope) const {
    return encode_event(options_.gateway_id, decision, lane, envelope);
}

std::string Uplink::encode(const BoxHealth& health, BoxCause cause, const BoxWarnings& warnings,
                           const Envelope& envelope) const {
    return encode_box(options_.gateway_id, health, cause, warnings, envelope);
}

void Uplink::committed(std::span<const OutboxEvent> events) {
    if (!started_) return;
    for (const auto& event : events) end(event.lane).sender.head(event.seq);
    const auto now = clock_.read().steady;
    for (auto& one : ends_) {
        if (one.lane == Lane::bulk && bulk_waits(now)) continue;
        send_fresh(one, events, now);
    }
    note_waiting();
    const auto urgent = [](const OutboxEvent& event) { return event.lane == Lane::alarm; };
    if (std::any_of(events.begin(), events.end(), urgent)) hurry_alarms();
}

/// Straight from memory, as long as the lane is in step with what has just been committed.
void Uplink::send_fresh(LaneEnd& end, std::span<const OutboxEvent> events, SteadyTime now) {
    for (const auto& event : events) {
        if (event.lane != end.lane) continue;
        const auto batch = end.sender.next(now, 1);
        if (!batch || batch->why != LaneSender::Why::fresh || batch->range.first != event.seq) {
            return;
        }
        if (!send(end, batch->why, event.seq, &event.bytes, now)) return;
    }
}

std::string_view Uplink::missing(LaneEnd& end, std::uint64_t seq) {
    if (end.unreadable.contains(seq)) return "unreadable";
    if (end.sender.is_acknowledged(seq)) return "removed_after_acknowledgement";
    end.unreadable.add({seq, seq});
    ++unreadable_;
    log::error("outbox_event_unreadable",
               {{"lane", lane_name(end.lane)}, {"epoch", epoch_}, {"seq", seq}});
    return "unreadable";
}

/// `bytes` null: the event is not in the journal any more.
bool Uplink::send(LaneEnd& end, LaneSender::Why why, std::uint64_t seq, const std::string* bytes,
                  SteadyTime now) {
    std::string payload;
    if (bytes != nullptr) {
        payload = *bytes;
    } else {
        const auto time = clock_.read();
        payload = encode_tombstone(options_.gateway_id, end.lane,
                                   {epoch_, seq, time.wall, time.state}, missing(end, seq));
        ++tombstones_;
    }
    if (!end.link.publish(end.topic, std::move(payload), 1)) {
        end.sender.refused(now);
        return false;
    }
    end.sender.sent(seq, why, now);
    return true;
}

result<void> Uplink::pump(LaneEnd& end, SteadyTime now, std::size_t budget) {
    while (budget > 0) {
        const auto batch = end.sender.next(now, std::min(budget, options_.page));
        if (!batch) return {};
        const auto [first, last] = batch->range;
        const auto count = static_cast<std::size_t>(last - first + 1);
        const auto events = journal_.events(end.lane, first, last, count);
        if (!events) return events.error();
        auto at = events->begin();
        for (auto seq = first; seq <= last; ++seq) {
            const bool present = at != events->end() && at->seq == seq;
            if (!send(end, batch->why, seq, present ? &at->bytes : nullptr, now)) return {};
            if (present) ++at;
        }
        budget -= count;
    }
    return {};
}

result<void> Uplink::poll(SteadyTime now) {
    if (!started_) return {};
    auto& alarm = end(Lane::alarm);
    if (!hurried_ && alarm_waiting_) hurry_alarms();
    // Requests for old alarms are unbounded, so alarms have a budget, too; a large one.
    if (auto done = pump(alarm, now, options_.alarm.window + options_.page); !done) return done;
    if (next_heartbeat_ && now >= *next_heartbeat_) beat(now);
    if (bulk_waits(now)) return {};
    return pump(end(Lane::bulk), now, options_.bulk_per_poll);
}

bool Uplink::bulk_waits(SteadyTime now) const {
    return now < bulk_waits_until_ && !end(Lane::alarm).sender.all_acknowledged();
}

void Uplink::beat(SteadyTime now) {
    next_heartbeat_ = now + options_.heartbeat_every;
    const auto time = clock_.read();
    const auto census = census_();
    v1::DistrictUplink uplink;
    auto& out = *uplink.mutable_heartbeat();
    out.set_gateway_id(options_.gateway_id);
    out.set_epoch(epoch_);
    out.set_time_ms(to_unix_ms(time.wall));
    out.set_clock_state(static_cast<v1::ClockState>(time.state));
    for (const auto& one : ends_) {
        const auto stats = one.sender.stats();
        auto& lane = *out.add_lanes();
        lane.set_lane(static_cast<v1::Lane>(one.lane));
        lane.set_head_seq(stats.head);
        lane.set_unacknowledged(stats.unacknowledged);
    }
    out.set_software_version(options_.software_version);
    out.set_households(census.households);
    out.set_devices(census.devices);
    out.set_open_alerts(census.open_alerts);
    auto& bulk = end(Lane::bulk);
    if (bulk.link.publish(bulk.topic, uplink.SerializeAsString(), 0)) ++heartbeats_;
}

void Uplink::link_changed(Lane lane, bool connected, SteadyTime now) {
    auto& sender = end(lane).sender;
    end(lane).connected = connected;
    if (lane == Lane::alarm) hurried_ = false;
    if (connected) {
        sender.connected(now);
    } else {
        sender.disconnected();
    }
    if (lane != Lane::bulk) return;
    next_heartbeat_.reset();
    if (!connected) return;
    next_heartbeat_ = now;
    bulk_waits_until_ = now + options_.alarms_first;
}

std::optional<OutboxAck> Uplink::on_ack(std::string_view bytes, SteadyTime now) {
    v1::DistrictAck message;
    const bool readable = started_ && bytes.size() <= max_ack_bytes && parse(message, bytes);
    if (!readable || message.gateway_id() != options_.gateway_id || message.epoch() != epoch_ ||
        (message.lane() != v1::LANE_ALARM && message.lane() != v1::LANE_BULK)) {
        ++acks_ignored_;
        return std::nullopt;
    }
    ++acks_;
    auto& sender = end(static_cast<Lane>(message.lane())).sender;
    const auto head = sender.head();

    // Numbers that were never given out acknowledge nothing, neither here nor in the store.
    OutboxAck ack{.lane = static_cast<Lane>(message.lane()), .through = 0, .seqs = {}};
    if (message.through_seq() <= head) ack.through = message.through_seq();
    for (const auto seq : message.seqs()) {
        if (seq != 0 && seq <= head) ack.seqs.push_back(seq);
    }
    const auto taken = sender.acknowledged(ack, now);
    const int ranges = std::min(message.missing_size(), max_missing_ranges);
    for (int index = 0; index < ranges; ++index) {
        const auto& range = message.missing(index);
        sender.request({range.first(), range.last()});
    }
    note_waiting();
    if (taken == 0) return std::nullopt;
    return ack;
}

bool Uplink::resend(std::uint64_t epoch, Lane lane, std::uint64_t first, std::uint64_t last) {
    if (!started_ || epoch != epoch_) return false;
    auto& sender = end(lane).sender;
    const auto head = sender.head();
    if (first == 0 || first > head) return false;
    sender.request({first, last == 0 ? head : last});
    return true;
}

std::optional<SteadyTime> Uplink::deadline() const {
    auto earliest = next_heartbeat_;
    for (const auto& one : ends_) {
        auto due = one.sender.deadline();
        // While bulk waits, its own deadline may lie in the past: nothing happens until then.
        if (due && one.lane == Lane::bulk && bulk_waits(*due)) due = bulk_waits_until_;
        if (due && (!earliest || *due < *earliest)) earliest = due;
    }
    return earliest;
}

/// Once for every alarm that is committed and once for those that an outage finds waiting: what
/// comes after that is the measured pace of the retries.
void Uplink::hurry_alarms() {
    auto& alarm = end(Lane::alarm);
    if (alarm.connected) return;
    hurried_ = true;
    alarm.link.hurry();
}

void Uplink::note_waiting() {
    alarm_waiting_ = !end(Lane::alarm).sender.all_acknowledged();
}

Uplink::Stats Uplink::stats() const {
    return {.alarm = end(Lane::alarm).sender.stats(),
            .bulk = end(Lane::bulk).sender.stats(),
            .acks = acks_,
            .acks_ignored = acks_ignored_,
            .tombstones = tombstones_,
            .unreadable = unreadable_,
            .heartbeats = heartbeats_};
}

}  // namespace anju::uplink
