// What can go wrong in a home, and what a gateway may make of it: the words of [[home.incident]].
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "core/model/household.hpp"
#include "core/model/instant.hpp"
#include "firmware-sim/life/act.hpp"

namespace anju::sim {

enum class IncidentKind : std::uint8_t {
    smoke,              ///< the smoke alarm sounds, and is clear again afterwards
    gas,                ///< same for gas
    leak,               ///< same for water on the floor
    sos,                ///< the help button is pressed once
    all_well,           ///< its second function, "I am well", is pressed once
    silence,            ///< the person stops; every sensor goes on reporting
    fall,               ///< seen in `room` a last time, then as silence; found at the end
    travel,             ///< leaves by the door, comes home at the end
    hospital,           ///< is fetched, comes home at the end
    illness,            ///< stays in bed but for the bathroom and something to drink
    visitor,            ///< somebody comes, is about the home, and leaves at the end
    device_silent,      ///< a device stops reporting and comes back afterwards
    dead_battery,       ///< the battery falls to the end within `lasts`, then silence
    door_left_open,     ///< the person opens the door and does not close it
    tap_running,        ///< `litres_an_hour` run through the meter
    backflow,           ///< the register runs back by `litres` within `lasts`
    meter_replaced,     ///< the register begins at nothing
    tamper,             ///< the cover is off, and on again at the end
    burst,              ///< a device repeats its last message `per_second` times
    reboot,             ///< a device starts anew and forgets what it had not delivered
    clock_without_ntp,  ///< a device stamps its readings 1970; right again at the end
};

struct Incident {
    IncidentKind kind{};
    Duration at{};           ///< since local midnight of the first day
    Duration lasts{};        ///< 0: to the end of the scenario, or a moment
    std::size_t device = 0;  ///< index into SimHome::devices; unused where the kind has none
    life::Room room = life::Room::living;  ///< of a fall
    std::int64_t amount = 0;               ///< litres an hour, litres or messages a second
    unsigned line = 0;                     ///< in its file
};

/// What an incident of a kind needs, and what it can lead to.
struct IncidentTraits {
    IncidentKind kind{};
    std::string_view name;
    enum class On : std::uint8_t { person, device, meter, home } on{};
    /// The sensor it must be; nullopt: any device, or none.
    std::optional<SensorKind> sensor;
    bool needs_end{};         ///< `lasts` may not be left out
    bool moment{};            ///< over at once: `lasts` may not be given
    std::string_view amount;  ///< key of the amount; empty: has none
    std::int64_t usual_amount{};
    std::int64_t largest_amount{};
    std::span<const AlertKind> causes;
};

[[nodiscard]] std::span<const IncidentTraits> incident_table();
[[nodiscard]] const IncidentTraits& traits_of(IncidentKind kind);
[[nodiscard]] const IncidentTraits* find_incident(std::string_view name);

/// Whether an alert of `alert` can come of an incident of `kind`, on whichever gateway rules.
[[nodiscard]] bool can_cause(IncidentKind kind, AlertKind alert);

}  // namespace anju::sim
