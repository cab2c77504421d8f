// The state of one home, as data. What is named in `fields` is saved, restored and shifted; what
// is not follows from the rest.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/alert/book.hpp"
#include "core/codec/fields.hpp"
#include "core/detect/door_unused.hpp"
#include "core/detect/empty_home.hpp"
#include "core/detect/inactivity.hpp"
#include "core/detect/muted.hpp"
#include "core/detect/outings.hpp"
#include "core/detect/presence.hpp"
#include "core/detect/repeat_guard.hpp"
#include "core/detect/routine.hpp"
#include "core/detect/settling.hpp"
#include "core/detect/water_high.hpp"
#include "core/detect/water_low.hpp"
#include "core/engine/device_state.hpp"
#include "core/engine/door_uses.hpp"
#include "core/model/consent.hpp"

namespace anju {

/// A device of whose kind nothing may be collected. To the detectors it does not exist.
struct Withheld {
    std::uint32_t place{};  ///< among the devices as the operator listed them
    Device device;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.place, self.device);
    }
};

/// How far a silence has been told to anybody.
enum class Concern : std::uint8_t { none = 0, phone = 1, alert = 2 };
[[nodiscard]] inline bool is_known(Concern concern) {
    return concern <= Concern::alert;
}

struct Home {
    Household household;
    Instant now{};                     ///< of the last input or due time
    Instant set_at{};                  ///< of the last HouseholdSet
    std::uint64_t decisions{};         ///< number of the last one
    Instant last_sign_of_life{};       ///< epoch 0 = none yet
    std::vector<DeviceState> devices;  ///< beside household.devices
    detect::WaterLedger water;
    detect::DoorUnused door;
    detect::RepeatGuard water_low_guard;
    detect::RepeatGuard inactivity_guard;
    AlertBook book;
    detect::Inactivity inactivity;
    detect::BusyPeriods busy;
    Concern told = Concern::none;     ///< of the silence that goes on
    std::uint32_t last_spoke{};       ///< who gave the last sign of life: its place + 1; 0 = nobody
    detect::RepeatGuard phone_guard;  ///< for "please phone", as inactivity_guard for alerts
    detect::Routine routine;
    detect::WaterHigh water_high;
    detect::Presence presence;
    detect::Settling settling;
    detect::Outings outings;
    detect::EmptyHome empty;         ///< while known_empty()
    DoorUses door_uses;              ///< of entrance doors
    std::vector<Consent> consents;   ///< the last word of each resident and kind, ascending
    std::vector<Withheld> withheld;  ///< ascending by place; no longer among household.devices

    std::vector<Duration> limits;  ///< stale_after() of each device; derived

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.household, self.now, self.set_at, self.decisions, self.last_sign_of_life,
                self.devices, self.water, self.door, self.water_low_guard, self.inactivity_guard,
                self.book);
        archive.since(codec::personal, self.inactivity, self.busy, self.told, self.last_spoke,
                      self.phone_guard);
        archive.since(codec::personal, self.routine);
        archive.since(codec::personal, self.water_high);
        archive.since(codec::personal, self.presence, self.settling, self.outings, self.empty);
        archive.since(codec::cared, self.door_uses);
        archive.since(codec::cared, self.consents, self.withheld);
    }

    /// Whether nobody who lives here has refused this kind or withdrawn it.
    [[nodiscard]] bool collects(SensorKind kind) const;
    /// Everything the operator said of this home, the devices that are withheld in their places.
    [[nodiscard]] Household as_listed() const;
    /// Takes the devices that must be withheld out of household.devices, which holds them all, and
    /// drops what residents said who live here no longer.
    void withhold();

    [[nodiscard]] SensorKind kind(std::size_t device) const {
        return household.devices[device].kind;
    }
    [[nodiscard]] std::size_t count(SensorKind wanted) const {
        std::size_t found = 0;
        for (const Device& device : household.devices) found += device.kind == wanted ? 1 : 0;
        return found;
    }
    /// Whether whoever comes or goes uses this device.
    [[nodiscard]] bool entrance(std::size_t device) const {
        return kind(device) == SensorKind::door && household.devices[device].entrance;
    }
    /// Whether silence may be judged: somebody is at home, as far as anybody said. A home whose
    /// residents nobody entered counts as lived in.
    [[nodiscard]] bool watched() const {
        return household.residents.empty() || std::ranges::any_of(household.residents, is_active);
    }
    /// Whether this resident lives here and is at home, as far as anybody said.
    [[nodiscard]] bool watched(const ResidentId& resident) const {
        return std::ranges::any_of(household.residents, [&](const Resident& one) {
            return one.id == resident && is_active(one);
        });
    }
    /// Enough was learned to judge silence by it: see is_personal().
    [[nodiscard]] bool learned(Instant at) const {
        return inactivity.begun() != Instant{} && inactivity.taught() &&
               at >= inactivity.begun() + household.rules.warm_up;
    }
    /// Whether everybody who lives here is away, in hospital or in an institution, as somebody
    /// said.
    [[nodiscard]] bool known_empty() const {
        for (const Resident& resident : household.residents) {
            if (resident.status != ResidentStatus::away &&
                resident.status != ResidentStatus::hospitalised &&
                resident.status != ResidentStatus::institution) {
                return false;
            }
        }
        return !household.residents.empty();
    }
    /// What keeps alerts of this kind apart; nullptr for kinds that are raised as they come.
    [[nodiscard]] detect::RepeatGuard* guard_of(AlertKind alert) {
        if (alert == AlertKind::water_low) return &water_low_guard;
        if (alert == AlertKind::inactivity) return &inactivity_guard;
        return nullptr;
    }
    [[nodiscard]] bool has(Preset preset) const {
        for (const Preset wanted : household.rules.presets) {
            if (wanted == preset) return true;
        }
        return false;
    }
};

}  // namespace anju
