// How far a device can be relied upon: does it still speak, and does its bridge still reach it?
//
// Every device has a time up to which it has proved something: its last word or, for a water
// meter, the time of its newest register, because a meter that talks without measuring is as
// blind as one that is silent. `limit` (stale_after) later it proves nothing any more: sensors
// that give evidence of life are then stale, sensors that protect are offline.
// A bridge may also say outright that a device is unreachable; after five minutes of that it is
// offline. A device that speaks is reachable, whatever its bridge said before.
//
// A device that speaks and says that it cannot do its work is faulty: as little to be relied upon
// as one that is silent.
#pragma once

#include <chrono>
#include <optional>

#include "core/codec/version.hpp"
#include "core/decision.hpp"
#include "core/model/household.hpp"

namespace anju::detect {

/// smoke, gas, water_leak, sos: nothing is heard from them on a good day.
[[nodiscard]] bool protects(SensorKind kind);
/// What such a device says about its surroundings is of now.
[[nodiscard]] bool speaks(DeviceHealth health);

class DeviceSilence {
public:
    static constexpr Duration unreachable_limit = std::chrono::minutes{5};

    DeviceSilence() = default;
    explicit DeviceSilence(Instant watched_since) : watched_since_(watched_since) {}

    void heard(Instant now) {
        last_heard_ = now;
        unreachable_since_ = Instant{};
        excused_ = false;
    }
    /// What the device said describes the home up to `until`.
    void proves(Instant until) { proven_until_ = std::max(proven_until_, until); }
    void bridge_lost_it(Instant now) {
        if (unreachable_since_ == Instant{}) unreachable_since_ = now;
    }

    /// Its own word on whether it can do its work; a fault that goes on began when it was told
    /// first.
    void says_fault(bool fault, Instant event_time) {
        if (!fault) {
            faulty_since_ = Instant{};
        } else if (faulty_since_ == Instant{}) {
            faulty_since_ = event_time;
        }
    }

    /// Nobody listened up to `now`: a device that was well has its whole limit again, and must
    /// speak before it is relied upon. One that was not well stays so. `briefly`: it would speak
    /// if it had something to tell, as before; but not twice without a word of it in between.
    void nobody_listened(Instant now, bool briefly) {
        if (!speaks(health_)) return;
        excused_ = briefly && reliable();
        watched_since_ = now;
        if (unreachable()) unreachable_since_ = now;
    }

    [[nodiscard]] Instant last_heard() const { return last_heard_; }
    [[nodiscard]] DeviceHealth health() const { return health_; }
    [[nodiscard]] bool unreachable() const { return unreachable_since_ != Instant{}; }
    /// Heard since it is watched, and nothing speaks against it.
    [[nodiscard]] bool reliable() const {
        return last_heard_ >= watched_since_ && last_heard_ != Instant{} &&
               health_ == DeviceHealth::ok && !unreachable();
    }
    /// If it had noticed somebody it would have said so.
    [[nodiscard]] bool listens() const {
        return reliable() || (excused_ && health_ == DeviceHealth::ok && !unreachable());
    }
    [[nodiscard]] Instant watched_since() const { return watched_since_; }
    /// Start of the silence, or of being unreachable when that is what counts.
    [[nodiscard]] Instant silent_since() const { return std::max(proven_until_, watched_since_); }
    [[nodiscard]] Instant unreachable_since() const { return unreachable_since_; }
    /// Epoch 0 while it says of no fault.
    [[nodiscard]] Instant faulty_since() const { return faulty_since_; }

    /// Brings the health up to `now` and returns it.
    DeviceHealth judge(Instant now, SensorKind kind, Duration limit);
    /// When the health will change unless the device speaks.
    [[nodiscard]] std::optional<Instant> deadline(Duration limit) const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.watched_since_, self.last_heard_, self.proven_until_, self.unreachable_since_,
                self.health_);
        archive.since(codec::many_drivers, self.faulty_since_);
        archive.since(codec::personal, self.excused_);
    }

private:
    Instant watched_since_{};  // registered, or listened to again after an outage
    Instant last_heard_{};     // never = epoch 0, as for the others
    Instant proven_until_{};
    Instant unreachable_since_{};
    Instant faulty_since_{};
    DeviceHealth health_ = DeviceHealth::ok;
    bool excused_{};  // for not having spoken since watched_since_
};

}  // namespace anju::detect
