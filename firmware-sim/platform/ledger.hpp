// What the stand-in platform has committed, stream by stream, in memory: finds duplicates and
// holes and decides what to acknowledge and what to ask for. Pure; time is handed in.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "anju/v1/command.pb.h"
#include "anju/v1/common.pb.h"
#include "firmware-sim/sim_clock.hpp"

namespace anju::sim {

/// A numbering of its own.
struct StreamKey {
    std::string gateway;
    std::uint64_t epoch{};
    v1::Lane lane{};
    friend auto operator<=>(const StreamKey&, const StreamKey&) = default;
};

using SeqSpan = std::pair<std::uint64_t, std::uint64_t>;  ///< first and last, inclusive

/// Not thread-safe.
class PlatformLedger {
public:
    [[nodiscard]] bool has(const StreamKey& key, std::uint64_t seq) const;
    /// `seq` is committed. False: it was already.
    bool add(const StreamKey& key, std::uint64_t seq, SteadyTime now);
    void heartbeat(const StreamKey& key, std::uint64_t head, std::uint64_t unacknowledged,
                   SteadyTime now);

    /// Numbers below the highest one seen that are not committed, lowest first, at most `limit`
    /// spans.
    [[nodiscard]] std::vector<SeqSpan> holes(const StreamKey& key, std::size_t limit = 16) const;

    /// What to ask the gateway for at `now`: holes that have stood for a second, and numbers
    /// behind the highest that the gateway believes delivered or does not deliver. Each asking
    /// is followed by a pause of 2 s per stream. Empty: nothing.
    [[nodiscard]] std::vector<SeqSpan> missing(const StreamKey& key, SteadyTime now);

    /// An acknowledgement for what has just been committed or found committed: alarms one by
    /// one, bulk by its contiguous beginning and the numbers beyond.
    [[nodiscard]] v1::DistrictAck acknowledge(const StreamKey& key,
                                              const std::vector<std::uint64_t>& seqs) const;

    /// Every seq <= this is committed.
    [[nodiscard]] std::uint64_t through(const StreamKey& key) const;
    [[nodiscard]] std::vector<StreamKey> streams() const;

    struct State {
        std::uint64_t highest{};
        std::uint64_t missing{};  ///< below the highest, and up to the head of the last heartbeat
        std::uint64_t unacknowledged{};  ///< by the last heartbeat
    };
    [[nodiscard]] State state(const StreamKey& key) const;

private:
    struct Stream {
        std::uint64_t through{};
        std::set<std::uint64_t> beyond;
        std::uint64_t head{};
        std::uint64_t unacknowledged{};
        SteadyTime arrived{};
        std::optional<SteadyTime> hole_since;
        std::optional<SteadyTime> asked;
    };

    [[nodiscard]] const Stream* find(const StreamKey& key) const;
    [[nodiscard]] static std::uint64_t highest(const Stream& stream);

    std::map<StreamKey, Stream> streams_;
};

}  // namespace anju::sim
