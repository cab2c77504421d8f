// What the platform's page tells: counts of each stream and the last events. In memory, bounded;
// filled from the store at the start and with every commit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "anju/v1/event.pb.h"
#include "firmware-sim/platform/page.hpp"
#include "firmware-sim/platform/store.hpp"

namespace anju::sim {

/// Not thread-safe.
class PlatformTally {
public:
    static constexpr std::size_t event_limit = 50;  ///< older ones are forgotten here
    static constexpr std::size_t lane_limit = 200;  ///< shown; the store knows all

    /// Adds, as PlatformStore::commit() does.
    void count(const StreamCount& count);
    /// `event` is committed.
    void event(const v1::DistrictEvent& event, std::int64_t received_ns);

    /// Among the last events, an alert's newest says that nobody has it yet.
    [[nodiscard]] bool is_waiting(const std::string& gateway, const std::string& alert) const;

    /// Lanes and events; the rest is the caller's.
    [[nodiscard]] PlatformView view(const PlatformLedger& ledger) const;

private:
    struct Counts {
        std::uint64_t received{};
        std::uint64_t duplicates{};
        std::optional<std::int64_t> delay_ms;
    };
    std::map<StreamKey, Counts> counts_;
    std::deque<PlatformView::Event> events_;  ///< newest first
};

}  // namespace anju::sim
