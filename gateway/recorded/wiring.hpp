// A recorded home as a household: which device of ours each sensor is, and how it speaks.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/model/household.hpp"
#include "recorded/recording.hpp"

namespace anju::recorded {

/// How the rows of a sensor become readings.
enum class Speech : std::uint8_t {
    none,        ///< of the gateway, no device
    total,       ///< litres cumulated into the register of a meter
    amounts,     ///< litres of single uses; zeros prove in between that the meter watches
    contact,     ///< opens and closes
    activation,  ///< a contact of which only that it was used is known: opened and closed at once
    occupied,    ///< a bed or seat
    motion,      ///< movement begins and ends
    use,         ///< whatever it says, somebody was there
};

struct Wiring {
    Household household;
    std::vector<Speech> speech;         ///< by sensor
    std::vector<std::size_t> device;    ///< by sensor: index of household.devices
    std::vector<std::size_t> alive;     ///< sensors that say every two hours that they live
    std::vector<std::size_t> watching;  ///< sensors that say every hour that no water ran
    std::vector<bool> entrance;         ///< by sensor: whoever comes or goes passes it

    [[nodiscard]] bool has_entrance() const {
        for (const bool one : entrance) {
            if (one) return true;
        }
        return false;
    }
    [[nodiscard]] bool has(Speech wanted) const {
        for (const Speech one : speech) {
            if (one == wanted) return true;
        }
        return false;
    }
};

/// Every `alive_every` an event sensor says that it lives: recordings leave that out.
inline constexpr Duration alive_every = std::chrono::hours{2};
inline constexpr Duration watching_every = std::chrono::hours{1};

/// `entrances`: sensors of any kind that are the entrance; where the recording has none of them,
/// those of kind door. `told`: false where no door may tell of absence.
[[nodiscard]] Wiring wire(const Recording& recording, const std::set<std::string>& entrances,
                          const Rules& rules, bool told = true);

}  // namespace anju::recorded
