// From the registers of a water meter to the water that was drawn.
//
// Registers count up for ever, so the difference of two proves what was used between them, even
// across a hole in the data. Where the register does not count up, nothing was used:
//  - up to 100 L back is water pressed back into the pipe; what then flows forward again over
//    the old mark was never used, so only what exceeds the highest register counts;
//  - further back, or more than 20 m³ forward, is a reset or another meter. The register is
//    taken as a new start and the interval before it proves nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/instant.hpp"

namespace anju::detect {

class MeterRegister {
public:
    static constexpr std::int64_t backflow_ml = 100'000;
    static constexpr std::int64_t jump_ml = 20'000'000;

    struct Step {
        bool new_start{};      ///< nothing is known of the time before
        std::int64_t drawn{};  ///< millilitres since the register before
    };

    /// A live register of at least 0, not older than the one before.
    Step observe(std::int64_t register_ml, Instant event_time) {
        newest_ = event_time;
        const std::int64_t change = register_ml - highest_.value_or(register_ml);
        if (!highest_ || change < -backflow_ml || change > jump_ml) {
            highest_ = register_ml;
            return {.new_start = true};
        }
        if (change <= 0) return {};
        highest_ = register_ml;
        return {.drawn = change};
    }

    /// Event time of the newest register: up to here the meter knows; epoch 0 = none yet.
    [[nodiscard]] Instant known_until() const { return newest_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.highest_, self.newest_);
    }

private:
    std::optional<std::int64_t> highest_;
    Instant newest_{};
};

}  // namespace anju::detect
