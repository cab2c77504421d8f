// Everything remembered of one device: what it said last, and its own detectors.
#pragma once

#include "core/admission/messages.hpp"
#include "core/admission/times.hpp"
#include "core/codec/archive.hpp"
#include "core/detect/battery.hpp"
#include "core/detect/door_open.hpp"
#include "core/detect/hazard.hpp"
#include "core/detect/meter.hpp"
#include "core/detect/silence.hpp"

namespace anju {

struct DeviceState {
    admission::MessageFilter messages;
    admission::NewestTimes newest;
    detect::DeviceSilence silence;
    detect::HazardWatch smoke;
    detect::HazardWatch gas;
    detect::HazardWatch leak;
    detect::DoorOpenWatch door;
    detect::MeterRegister meter;
    detect::BatteryWatch battery;
    detect::Level tamper = detect::Level::unknown;
    detect::Level bed = detect::Level::unknown;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.messages, self.newest, self.silence, self.smoke, self.gas, self.leak,
                self.door, self.meter, self.battery, self.tamper, self.bed);
    }
};

}  // namespace anju
