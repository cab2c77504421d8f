// What a sensor said, after a driver has understood it and before anybody has judged it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju {

/// What is measured. The number is stored and must never change its meaning.
enum class ReadingKind : std::uint8_t {
    smoke = 1,              ///< value 1: smoke now
    gas = 2,                ///< value 1: combustible gas above the alarm level now
    sos = 3,                ///< value 1: help button pressed
    water_leak = 4,         ///< value 1: water on the floor now
    contact_open = 5,       ///< value 1: door open
    motion = 6,             ///< value 1: movement
    water_total_ml = 7,     ///< register of a meter, millilitres, cumulative
    battery_pct = 8,        ///< 0..100
    battery_low = 9,        ///< value 1: the device calls its battery low
    tamper = 10,            ///< value 1: cover open or device torn off
    online = 11,            ///< value 0: its bridge says the device is unreachable
    alive = 12,             ///< the device spoke and had nothing to say
    bed_occupied = 13,      ///< value 1: somebody lies in the bed
    battery_mv = 14,        ///< millivolts
    carbon_monoxide = 15,   ///< value 1: carbon monoxide above the alarm level now
    vibration = 16,         ///< value 1: something was moved or shaken
    water_flow_mlh = 17,    ///< millilitres an hour; negative: backwards
    water_used_ml = 18,     ///< drawn since the message before, millilitres; an event, not a level
    water_reverse_ml = 19,  ///< register of what ran backwards, millilitres, cumulative
    fault = 20,             ///< value 1: the device says that it cannot do its work
    i_am_well = 21,         ///< value 1: the second function of a help button: no help needed
};

/// Facts about a reading that limit what may be concluded from it. Bits of `Reading::quality`.
namespace quality {
inline constexpr std::uint16_t retained = 1U << 0U;        ///< restores state; not an event
inline constexpr std::uint16_t test = 1U << 1U;            ///< caused by a test button
inline constexpr std::uint16_t clock_replaced = 1U << 2U;  ///< device time implausible, ours taken
inline constexpr std::uint16_t late = 1U << 3U;  ///< arrived after a newer one of its kind
}  // namespace quality

struct Reading {
    ReadingKind kind{};
    std::uint16_t quality{};  ///< see namespace quality
    std::int64_t value{};     ///< unit and range by kind
    Instant event_time{};     ///< when it happened; epoch 0 = the device did not say

    friend bool operator==(const Reading&, const Reading&) = default;
};

[[nodiscard]] constexpr bool is_retained(const Reading& reading) {
    return (reading.quality & quality::retained) != 0;
}

/// Identity of a message among all messages of its device, for as long as the device lives.
struct Sequence {
    std::uint64_t boot{};    ///< changes whenever the device loses its count; never 0
    std::uint64_t number{};  ///< 1, 2, 3 … within a boot

    friend bool operator==(const Sequence&, const Sequence&) = default;
};

/// One message of one known device. All its readings are applied together, so that a meter's
/// bundle of a day is judged as a whole.
struct Observation {
    DeviceId device;
    std::optional<Sequence> sequence;  ///< absent for foreign devices
    std::uint64_t fingerprint{};       ///< of topic, payload, packet identifier; tells a broker's redelivery
    bool redelivered{};                ///< the broker marked it as possibly delivered before
    std::vector<Reading> readings;     ///< 1..64
};

}  // namespace anju
