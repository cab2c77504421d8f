// What the sensors of a recorded home say: its rows as messages, and between them that they live,
// which recordings leave out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/model/reading.hpp"
#include "recorded/wiring.hpp"

namespace anju::recorded {

/// One message of one sensor.
struct Said {
    std::size_t device{};           ///< index of Wiring::household.devices
    std::uint64_t number{};         ///< 1, 2 … of this sensor
    std::vector<Reading> readings;  ///< at least one; without a time of their own
};

/// Not thread-safe. Copies go on from the same moment, each by itself.
class Voices {
public:
    /// `wiring` outlives it and all its copies.
    Voices(const Wiring& wiring, Instant begin);

    /// When a sensor says next by itself that it lives; Instant::max(): none does.
    [[nodiscard]] Instant next_sign() const { return beat_at(next_rhythm()); }
    /// It says so now.
    [[nodiscard]] Said sign();
    /// `row` is of a sensor, not of the gateway's status.
    [[nodiscard]] Said say(const Row& row);
    /// Nobody heard them until `now`: doors and beds were used meanwhile, so that what they say
    /// next is a use, whatever it is.
    void unheard_until(Instant now);

private:
    struct State {
        std::uint64_t messages{};
        std::int64_t register_ml{};
        bool known{};  ///< what it said last, if anything
        bool on{};
    };

    [[nodiscard]] const std::vector<std::size_t>& sensors_of(std::size_t rhythm) const;
    [[nodiscard]] Instant beat_at(std::size_t rhythm) const;
    [[nodiscard]] std::size_t next_rhythm() const;
    [[nodiscard]] Said message(std::size_t sensor, std::vector<Reading> readings);
    [[nodiscard]] std::vector<Reading> changed(const Row& row, ReadingKind kind);

    const Wiring* wiring_;
    Instant begin_;
    std::vector<State> sensors_;
    std::array<std::uint64_t, 2> beats_{};  ///< of those that live, of those that watch
};

}  // namespace anju::recorded
