// How a device's firmware, its clock and its radio behave. Everything is off by default: a sensor
// that says at once and exactly what it measures, and is always heard.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "core/model/household.hpp"
#include "core/model/instant.hpp"
#include "firmware-sim/sensors/battery.hpp"
#include "firmware-sim/sensors/protocol.hpp"

namespace anju::sim {

struct Behaviour {
    // The radio, of every kind.
    int loss_per_mille = 0;  ///< 0..1000, of frames that nobody hears
    int repeats = 0;         ///< 0..5 times more the same frame is heard, at most
    WmbusSecurity security = WmbusSecurity::mode_5;  ///< of wmbus
    Duration latest{};  ///< a network delivers within this, not in order (NB-IoT, queues)
    // The clock, of sensors that say when something happened.
    double drift_ppm = 0;      ///< -1000..1000; since it was switched on
    bool clock_unset = false;  ///< never told the time: counts from 1970 on
    // Meters.
    std::int64_t resolution_ml = 1;  ///< weight of a pulse or of the last digit
    std::int64_t wraps_at_ml = 0;    ///< the register is 0 again there; 0: never in our time
    Duration replaced_after{};       ///< so long after the start another is fitted; 0: none
    int backflow_per_mille = 0;      ///< of what flows, so much flows back; said where a meter can
    // Batteries.
    int celsius = 20;  ///< where it hangs, -40..60; cold cells give less
    /// What it says of its battery it calculates from the voltage of such a cell; of wmbus, whose
    /// meters tell the voltage, the cell itself. nullopt: what is left in it.
    std::optional<Cell> cell = {};
    // Doors.
    int bounce_per_mille = 0;        ///< of movements that are said three times within a second
    int missed_close_per_mille = 0;  ///< of closings that are not said before the next heartbeat
    // Motion.
    Duration blind{};  ///< sees nothing for so long after it saw something
    Duration clear{};  ///< says "nobody" so long after it last saw somebody; 0: as the person does
    // Smoke.
    Duration hush_after{};   ///< somebody silences it so long after it began; 0: nobody does
    Duration age{};          ///< at the start; at ten years it says that its life is over
    int dust_per_mille = 0;  ///< of heartbeats at meal times that come with a false alarm
    // Gas.
    Duration warm_up{};      ///< measures nothing for so long after power came
    Duration fails_after{};  ///< its element fails so long after the start; 0: it does not
    // Buttons.
    int press_again_per_mille = 0;  ///< of calls that are pressed several times in fright
    // Beds.
    Duration gap_every{};  ///< somebody lies so lightly that it says "empty" for moments; 0: never

    friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

/// Firmware that a scenario can name, with the numbers of its datasheet.
struct NamedFirmware {
    std::string_view name;
    SensorKind kind;
    Behaviour behaviour;
    std::string_view source;  ///< where the numbers come from
};
[[nodiscard]] const std::vector<NamedFirmware>& named_firmware();
/// nullptr: no such name for this kind.
[[nodiscard]] const NamedFirmware* find_firmware(std::string_view name, SensorKind kind);

}  // namespace anju::sim
