#include "tests/simulation/platform.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "uplink/uplink.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

SteadyTime steady(Instant at) {
    return SteadyTime{at.time_since_epoch()};
}

}  // namespace

Platform::Platform(World& world, const Weather& weather, Broker& broker, Radio& trouble,
                   Auditor& auditor)
    : world_(world),
      weather_(weather),
      auditor_(auditor),
      session_(world, broker,
               {.client = "platform",
                .clean = false,
                .filters = {{"anju/v1/district/+/up/#", 1}},
                .latency = Duration{2},
                .down = &never_,
                .trouble = &trouble,
                .retry_delay = [](unsigned) { return Duration{500}; }}) {}

void Platform::start() {
    down_ = false;
    session_.start(
        {.message = [this](Packet packet) { heard(std::move(packet)); }, .state = [](bool) {}});
}

void Platform::crash(Duration down) {
    ++life_;
    session_.abandon();
    pending_.clear();
    packets_.clear();
    committing_ = false;
    down_ = true;
    world_.in(down, [this, life = life_] {
        if (life == life_ && down_) start();
    });
}

void Platform::end_of_trouble() {
    if (down_) start();
}

void Platform::heard(Packet packet) {
    v1::DistrictUplink uplink;
    if (!uplink.ParseFromString(packet.payload)) return;
    if (uplink.has_heartbeat()) {
        for (const v1::LaneHead& lane : uplink.heartbeat().lanes()) {
            ledger_.heartbeat(
                {uplink.heartbeat().gateway_id(), uplink.heartbeat().epoch(), lane.lane()},
                lane.head_seq(), lane.unacknowledged(), steady(world_.now()));
        }
        return ask_soon(1s);
    }
    const v1::DistrictEvent& event = uplink.event();
    pending_.push_back(
        {{event.gateway_id(), event.epoch(), event.lane()}, event, std::move(packet.payload)});
    if (packet.qos == 1) packets_.push_back(packet.id);
    if (std::exchange(committing_, true)) return;
    world_.in(weather_.platform_commit, [this, life = life_] { commit(life); });
}

void Platform::commit(std::uint64_t life) {
    if (life != life_) return;
    committing_ = false;
    std::map<sim::StreamKey, std::vector<std::uint64_t>> had;
    for (const Pending& one : std::exchange(pending_, {})) {
        const std::uint64_t seq = one.event.seq();
        had[one.stream].push_back(seq);
        if (!ledger_.add(one.stream, seq, steady(world_.now()))) continue;
        auditor_.delivered(one.stream.epoch, static_cast<Lane>(one.stream.lane), seq, one.bytes,
                           one.event.tombstone().reason());
        if (committed) committed(one.event);
    }
    for (const auto& [stream, seqs] : had) {
        session_.publish(uplink::Uplink::ack_topic(stream.gateway),
                         ledger_.acknowledge(stream, seqs).SerializeAsString(), 1);
    }
    for (const std::uint64_t packet : std::exchange(packets_, {})) session_.acknowledge(packet);
    ask_soon(5s);
}

void Platform::ask_soon(Duration delay) {
    if (std::exchange(asking_, true)) return;
    world_.in(delay, [this] { ask(); });
}

void Platform::ask() {
    asking_ = false;
    bool lacking = false;
    std::uint64_t newest = 0;
    for (const sim::StreamKey& stream : ledger_.streams()) newest = std::max(newest, stream.epoch);
    for (const sim::StreamKey& stream : ledger_.streams()) {
        if (stream.epoch != newest) continue;  // its store is gone: nobody has what is lacking
        lacking = lacking || !ledger_.holes(stream, 1).empty();
        const auto missing = ledger_.missing(stream, steady(world_.now()));
        if (missing.empty()) continue;
        v1::DistrictAck ack = ledger_.acknowledge(stream, {});
        for (const auto& [first, last] : missing) {
            v1::SeqRange& range = *ack.add_missing();
            range.set_first(first);
            range.set_last(last);
        }
        session_.publish(uplink::Uplink::ack_topic(stream.gateway), ack.SerializeAsString(), 1);
    }
    if (lacking) ask_soon(10s);
}

void Platform::command(std::string bytes) {
    session_.publish(uplink::Uplink::command_topic(gateway_name), std::move(bytes), 1);
}

}  // namespace anju::whole
