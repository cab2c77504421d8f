// Everything remembered of one device: what it said last, and its own detectors.
#pragma once

#include "core/admission/messages.hpp"
#include "core/admission/times.hpp"
#include "core/codec/archive.hpp"
#include "core/detect/battery.hpp"
#include "core/detect/door_open.hpp"
#include "core/detect/hazard.hpp"
#include "core/detect/inactivity.hpp"
#include "core/detect/muted.hpp"
#include "core/detect/passage_habit.hpp"
#include "core/detect/silence.hpp"
#include "core/detect/water_meter.hpp"
#include "core/detect/water_use.hpp"

namespace anju {

struct DeviceState {
    // What is looked at for every device of a home whenever one of them speaks stands together.
    detect::DeviceSilence silence;
    detect::MutedWatch muted;
    float ended_silences = 0;  ///< how many it ended that were longer than half an hour, faded
    detect::DoorOpenWatch door;
    detect::Level tamper = detect::Level::unknown;
    detect::Level bed = detect::Level::unknown;
    detect::BatteryWatch battery;
    admission::MessageFilter messages;
    admission::NewestTimes newest;
    detect::HazardWatch smoke;
    detect::HazardWatch gas;
    detect::HazardWatch carbon_monoxide;
    detect::HazardWatch leak;
    detect::WaterMeter meter;
    detect::LastHeard after;  ///< how silences go on after it was the last to speak
    detect::WaterFlow flow;
    detect::PassageHabit habit;

    /// After every instant of it was shifted: forgets what cannot be compared any more.
    void clock_set() {
        for (detect::HazardWatch* watch : {&smoke, &gas, &carbon_monoxide, &leak}) {
            watch->clock_set();
        }
        flow.hole();
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.messages, self.newest, self.silence, self.smoke, self.gas, self.leak,
                self.door, self.meter, self.battery, self.tamper, self.bed);
        archive.since(codec::many_drivers, self.carbon_monoxide);
        archive.since(codec::personal, self.muted, self.after, self.ended_silences);
        archive.since(codec::personal, self.flow);
        archive.since(codec::personal, self.habit);
    }
};

}  // namespace anju
