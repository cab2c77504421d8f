// Smoke, gas, water on the floor: an alarm at once, and one alarm per occurrence.
//
// Sensors repeat "smoke" for as long as it lasts, and bridges repeat it for longer: Zigbee2MQTT
// sends its cached state along with every battery report. So an alarm is the change to "on".
// Three exceptions keep a real fire from being taken for a repetition:
//  - a sensor that measures each time it speaks (it numbers its messages) and says "on" after
//    more than the reopen window without a word of it reports a new occurrence;
//  - a device that fell silent is unknown again, so its first "on" afterwards is an alarm;
//  - a late "on" between two known readings, never heard of before, is an alarm of the past.
// A retained "on" is no event, and the live one that follows must still be an alarm: it leaves
// the level unknown.
#pragma once

#include <algorithm>

#include "core/detect/level.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

enum class HazardSign : std::uint8_t { none, repetition, alarm };

class HazardWatch {
public:
    struct Report {
        bool on{};
        bool late{};      ///< older than a reading known already
        bool measured{};  ///< taken for this message, not a bridge's memory
        Instant event_time{};
    };

    [[nodiscard]] HazardSign observe(const Report& report, Instant now, Duration reopen_window) {
        if (!report.on) {
            if (!report.late) level_ = Level::off;
            return HazardSign::none;
        }
        const bool unheard_of = report.late ? report.event_time > newest_on_ : level_ != Level::on;
        const bool anew = report.measured && !report.late && now - last_on_ > reopen_window;
        newest_on_ = std::max(newest_on_, report.event_time);
        last_on_ = now;
        if (!report.late) level_ = Level::on;
        return unheard_of || anew ? HazardSign::alarm : HazardSign::repetition;
    }

    void restore(bool on) {
        if (!on && level_ == Level::unknown) level_ = Level::off;
    }
    void forget() { level_ = Level::unknown; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.level_, self.newest_on_, self.last_on_);
    }

private:
    Level level_ = Level::unknown;
    Instant newest_on_{};  // event time of the newest "on"
    Instant last_on_{};    // when the last "on" came in
};

}  // namespace anju::detect
