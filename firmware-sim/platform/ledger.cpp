#include "firmware-sim/platform/ledger.hpp"

#include <algorithm>

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr auto hole_patience = 1s;  ///< a repetition may be on its way already
constexpr auto tail_patience = 5s;  ///< same for the end of a stream
constexpr auto ask_pause = 2s;
constexpr std::uint64_t tail_chunk = 256;

}  // namespace

const PlatformLedger::Stream* PlatformLedger::find(const StreamKey& key) const {
    const auto found = streams_.find(key);
    return found == streams_.end() ? nullptr : &found->second;
}

std::uint64_t PlatformLedger::highest(const Stream& stream) {
    return stream.beyond.empty() ? stream.through : *stream.beyond.rbegin();
}

bool PlatformLedger::has(const StreamKey& key, std::uint64_t seq) const {
    const auto* stream = find(key);
    return stream != nullptr && (seq <= stream->through || stream->beyond.contains(seq));
}

bool PlatformLedger::add(const StreamKey& key, std::uint64_t seq, SteadyTime now) {
    auto& stream = streams_[key];
    stream.arrived = now;
    if (seq <= stream.through || !stream.beyond.insert(seq).second) return false;
    while (!stream.beyond.empty() && *stream.beyond.begin() == stream.through + 1) {
        ++stream.through;
        stream.beyond.erase(stream.beyond.begin());
    }
    if (stream.beyond.empty()) {
        stream.hole_since.reset();
    } else if (!stream.hole_since) {
        stream.hole_since = now;
    }
    return true;
}

void PlatformLedger::heartbeat(const StreamKey& key, std::uint64_t head,
                               std::uint64_t unacknowledged, SteadyTime now) {
    auto& stream = streams_[key];
    if (stream.arrived == SteadyTime{}) stream.arrived = now;
    stream.head = head;
    stream.unacknowledged = unacknowledged;
}

std::vector<SeqSpan> PlatformLedger::holes(const StreamKey& key, std::size_t limit) const {
    std::vector<SeqSpan> out;
    const auto* stream = find(key);
    if (stream == nullptr) return out;
    auto expected = stream->through + 1;
    for (const auto seq : stream->beyond) {
        if (seq > expected && out.size() < limit) out.emplace_back(expected, seq - 1);
        expected = seq + 1;
    }
    return out;
}

std::vector<SeqSpan> PlatformLedger::missing(const StreamKey& key, SteadyTime now) {
    const auto found = streams_.find(key);
    if (found == streams_.end()) return {};
    auto& stream = found->second;
    if (stream.asked && now - *stream.asked < ask_pause) return {};
    std::vector<SeqSpan> out;
    if (stream.hole_since && now - *stream.hole_since >= hole_patience) out = holes(key);
    const auto top = highest(stream);
    if (out.empty() && stream.head > top) {
        // What the gateway still holds unacknowledged it sends by itself.
        const auto lacking = stream.head - stream.through - stream.beyond.size();
        const bool given_up = lacking > stream.unacknowledged;
        if (given_up || now - stream.arrived >= tail_patience) {
            out.emplace_back(top + 1, std::min(stream.head, top + tail_chunk));
        }
    }
    if (!out.empty()) stream.asked = now;
    return out;
}

v1::DistrictAck PlatformLedger::acknowledge(const StreamKey& key,
                                            const std::vector<std::uint64_t>& seqs) const {
    v1::DistrictAck ack;
    ack.set_gateway_id(key.gateway);
    ack.set_epoch(key.epoch);
    ack.set_lane(key.lane);
    const bool cumulative = key.lane == v1::LANE_BULK;
    const auto all_through = cumulative ? through(key) : 0;
    ack.set_through_seq(all_through);
    for (const auto seq : seqs) {
        if (seq > all_through) ack.add_seqs(seq);
    }
    return ack;
}

std::uint64_t PlatformLedger::through(const StreamKey& key) const {
    const auto* stream = find(key);
    return stream == nullptr ? 0 : stream->through;
}

PlatformLedger::State PlatformLedger::state(const StreamKey& key) const {
    const auto* stream = find(key);
    if (stream == nullptr) return {};
    const auto top = highest(*stream);
    const auto wanted = std::max(top, stream->head);
    return {top, wanted - stream->through - stream->beyond.size(), stream->unacknowledged};
}

std::vector<StreamKey> PlatformLedger::streams() const {
    std::vector<StreamKey> out;
    for (const auto& [key, stream] : streams_) out.push_back(key);
    return out;
}

}  // namespace anju::sim
