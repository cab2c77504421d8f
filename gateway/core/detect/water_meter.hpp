// A water meter in all the ways in which one can speak: a register that counts for ever, a second
// one for what ran backwards, amounts drawn since the message before, and the flow of the moment.
//
//  - A register tells all. While one is heard from this device, amounts are not counted besides.
//  - An amount is water drawn; one of zero proves that the meter watched. Lost messages are lost
//    water, so a pause longer than the device's limit is a new start. Late ones still count.
//  - Flow is a sign that somebody has opened a tap, told once until it stops: a cistern that leaks
//    or a bridge that repeats its memory must not look like a person day and night. One litre a
//    minute is more than meters of dwellings call their minimum flow (ISO 4064-1: Q1 of Q3 = 2.5
//    m³/h is 62.5 L/h at R = 40) and less than any open tap gives.
#pragma once

#include "core/detect/level.hpp"
#include "core/detect/meter.hpp"

namespace anju::detect {

class WaterMeter {
public:
    static constexpr std::int64_t open_tap_mlh = 60'000;

    /// `late` readings are refused: a newer register has told it already.
    [[nodiscard]] MeterRegister::Step observe_total(std::int64_t register_ml, Instant event_time) {
        return total_.observe(register_ml, event_time);
    }
    void observe_reverse(std::int64_t register_ml) { total_.observe_reverse(register_ml); }
    /// `limit`: how long after its last word the device proves nothing any more.
    [[nodiscard]] MeterRegister::Step observe_used(std::int64_t ml, Instant event_time, bool late,
                                                   Duration limit);
    /// True when a tap has been opened. Millilitres an hour; not a late reading.
    [[nodiscard]] bool observe_flow(std::int64_t mlh) {
        return move(flow_, mlh >= open_tap_mlh) == Edge::began;
    }

    /// Up to here it is known what was drawn; epoch 0 = nothing yet.
    [[nodiscard]] Instant known_until() const {
        return std::max(total_.known_until(), used_until_);
    }
    [[nodiscard]] const MeterRegister& total() const { return total_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.total_);
        archive.since(codec::many_drivers, self.used_until_, self.flow_);
    }

private:
    MeterRegister total_;
    Instant used_until_{};  // event time of the newest amount
    Level flow_ = Level::unknown;
};

}  // namespace anju::detect
