#include "firmware-sim/load_tracker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::chrono::seconds, 6> waits{2s, 4s, 8s, 16s, 32s, 60s};
constexpr std::size_t first_of_data = 3;  // a measurement may wait for a commit with others
constexpr std::string_view prefix = "load-";

}  // namespace

LoadTracker::LoadTracker(const Options& options) : options_(options), devices_(options.devices) {}

std::string LoadTracker::device_id(std::size_t device) {
    return fmt::format("{}{:06}", prefix, device);
}

std::optional<std::size_t> LoadTracker::device_of(std::string_view id) const {
    if (!id.starts_with(prefix)) return std::nullopt;
    id.remove_prefix(prefix.size());
    std::size_t device = 0;
    const auto [stop, error] = std::from_chars(id.data(), id.data() + id.size(), device);
    if (error != std::errc{} || stop != id.data() + id.size() || device >= devices_.size()) {
        return std::nullopt;
    }
    return device;
}

LoadMessage LoadTracker::build(std::size_t device, std::uint64_t seq, const Slot& slot) {
    scratch_.Clear();
    scratch_.set_device_id(device_id(device));
    scratch_.set_boot_id(options_.boot_id);
    scratch_.set_seq(seq);
    auto& reading = *scratch_.add_readings();
    reading.set_event_time_ms(slot.event_ms);
    const auto place = device % options_.per_home;
    if (slot.topic == Topic::alarm) {
        reading.set_smoke(true);
    } else if (place == 0) {
        reading.set_alive(true);
    } else if (place == 1) {
        reading.set_water_total_ml(static_cast<std::int64_t>(seq * 100));
    } else if (place % 2 == 0) {
        reading.set_contact_open(seq % 2 == 1);
    } else {
        reading.set_motion(seq % 2 == 1);
    }
    return {device, seq, slot.topic, scratch_.SerializeAsString()};
}

std::optional<LoadMessage> LoadTracker::make(std::size_t device, Topic topic, std::int64_t event_ms,
                                             SteadyTime now) {
    auto& state = devices_[device];
    if (state.unacknowledged >= options_.window) return std::nullopt;
    const auto seq = state.base + state.slots.size();
    state.slots.push_back({now, event_ms, topic, false});
    ++state.unacknowledged;
    ++unacknowledged_;
    const std::size_t level = topic == Topic::alarm ? 0 : first_of_data;
    waiting_[level].push_back({now + waits[level], static_cast<std::uint32_t>(device), seq});
    return build(device, seq, state.slots.back());
}

LoadTracker::Slot* LoadTracker::find(std::size_t device, std::uint64_t seq) {
    auto& state = devices_[device];
    if (seq < state.base || seq - state.base >= state.slots.size()) return nullptr;
    return &state.slots[static_cast<std::size_t>(seq - state.base)];
}

std::optional<LoadMessage> LoadTracker::repeat(SteadyTime now) {
    for (std::size_t level = 0; level < waiting_.size(); ++level) {
        auto& queue = waiting_[level];
        while (!queue.empty() && queue.front().due <= now) {
            const auto entry = queue.front();
            queue.pop_front();
            const auto* slot = find(entry.device, entry.seq);
            if (slot == nullptr || slot->settled) continue;
            const auto next = std::min(level + 1, waiting_.size() - 1);
            waiting_[next].push_back({now + waits[next], entry.device, entry.seq});
            return build(entry.device, entry.seq, *slot);
        }
    }
    return std::nullopt;
}

std::optional<LoadSettled> LoadTracker::settle(std::size_t device, std::uint64_t seq,
                                               bool refused) {
    auto* slot = find(device, seq);
    if (slot == nullptr || slot->settled) return std::nullopt;
    slot->settled = true;
    const LoadSettled out{device, seq, slot->topic, refused, slot->first_sent};
    auto& state = devices_[device];
    --state.unacknowledged;
    --unacknowledged_;
    while (!state.slots.empty() && state.slots.front().settled) {
        state.slots.pop_front();
        ++state.base;
    }
    return out;
}

std::optional<SteadyTime> LoadTracker::oldest_unacknowledged() const {
    std::optional<SteadyTime> oldest;
    for (const Device& device : devices_) {
        if (device.slots.empty()) continue;  // what is settled does not stand in front
        const auto first = device.slots.front().first_sent;
        oldest = oldest ? std::min(*oldest, first) : first;
    }
    return oldest;
}

}  // namespace anju::sim
