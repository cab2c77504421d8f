// Smoke, gas, water on the floor: an alarm at once, and one alarm per occurrence.
//
// Sensors repeat "smoke" for as long as it lasts, and bridges repeat it for longer: Zigbee2MQTT
// sends its cached state along with every battery report. So an alarm is the change to "on".
// These exceptions keep a real fire from being taken for a repetition:
//  - a device that fell silent is unknown again, so its first "on" afterwards is an alarm;
//  - a late "on" between two known readings, never heard of before, is an alarm of the past;
//  - an "on" after the alert was ended says that it burns still, or again where the all-clear was
//    lost. A sensor that measures each time it speaks (it numbers its messages) is believed at
//    once. With a bridge nobody can tell memory from smoke: after the reopen window it is believed
//    too, life before fatigue, but at most once in 24 hours until it says "off".
// A retained "on" is no event, and the live one that follows must still be an alarm: it leaves
// the level unknown.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/detect/level.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

enum class HazardSign : std::uint8_t { none, repetition, alarm };

class HazardWatch {
public:
    static constexpr Duration insist_every = std::chrono::hours{24};

    struct Report {
        bool on{};
        bool late{};      ///< older than a reading known already, and not the newest by number
        bool measured{};  ///< taken for this message, not a bridge's memory
        Instant event_time{};
    };

    /// `ended`: when the alert of this hazard ended, epoch 0 when none is known, nullopt while one
    /// is open.
    [[nodiscard]] HazardSign observe(const Report& report, Instant now,
                                     std::optional<Instant> ended, Duration reopen_window) {
        if (!report.on) {
            if (!report.late) become(Level::off);
            return HazardSign::none;
        }
        const bool incomparable = level_ == Level::on && newest_on_ == Instant{};
        const bool unheard_of = report.late ? report.event_time > newest_on_ : level_ != Level::on;
        const bool insists =
            !report.late && ended &&
            (report.measured ? report.event_time > *ended || incomparable
                             : now >= *ended + reopen_window && now >= doubted_until_);
        newest_on_ = report.late ? std::max(newest_on_, report.event_time) : report.event_time;
        if (!report.late && level_ != Level::on) become(Level::on);
        if (unheard_of) return HazardSign::alarm;
        if (!insists) return HazardSign::repetition;
        doubted_until_ = now + insist_every;
        return HazardSign::alarm;
    }

    void restore(bool on) {
        if (!on && level_ == Level::unknown) become(Level::off);
    }
    void forget() { become(Level::unknown); }
    /// The gateway's clock was set. Sensors date by clocks of their own: what was known of their
    /// past cannot be compared with what they say from now on.
    void clock_set() { newest_on_ = Instant{}; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.level_, self.newest_on_, self.doubted_until_);
    }

private:
    void become(Level level) {
        level_ = level;
        doubted_until_ = Instant{};
    }

    Level level_ = Level::unknown;
    Instant newest_on_{};      // event time of the newest "on" since the clock was set
    Instant doubted_until_{};  // a bridge that insisted is not believed again before this
};

}  // namespace anju::detect
