// When did it happen? A sensor's clock is believed only as far as it is plausible.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "core/codec/version.hpp"
#include "core/model/reading.hpp"

namespace anju::admission {

/// Before this no device of ours existed: a clock that says so was never set.
inline constexpr Instant earliest_plausible =
    std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
inline constexpr Duration furthest_ahead = std::chrono::minutes{2};
inline constexpr Duration furthest_back = std::chrono::days{35};

/// The newest time of each kind of reading of one device.
class NewestTimes {
public:
    /// `reading` as it may be judged: with a time, and marked where that time is ours
    /// (quality::clock_replaced) or older than one known already (quality::late). A retained
    /// reading is dated but not remembered: it repeats something that may be long past.
    [[nodiscard]] Reading admit(Reading reading, Instant now) {
        if (reading.event_time == Instant{}) {
            reading.event_time = now;
        } else if (reading.event_time < earliest_plausible ||
                   reading.event_time > now + furthest_ahead ||
                   reading.event_time < now - furthest_back) {
            reading.event_time = now;
            reading.quality |= quality::clock_replaced;
        }
        Instant& newest = newest_[slot(reading.kind)];
        if (reading.event_time < newest) {
            reading.quality |= quality::late;
        } else if ((reading.quality & quality::retained) == 0) {
            newest = reading.event_time;
        }
        return reading;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive.first(archive.version() < codec::many_drivers ? kinds_before : kinds, self.newest_);
    }

private:
    static constexpr std::size_t kinds = 21;  // slot 0 takes what is no known kind
    static constexpr std::size_t kinds_before = 15;
    static std::size_t slot(ReadingKind kind) {
        const auto number = static_cast<std::size_t>(kind);
        return number < kinds ? number : 0;
    }

    std::array<Instant, kinds> newest_{};
};

}  // namespace anju::admission
