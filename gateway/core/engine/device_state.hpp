// Everything remembered of one device: what it said last, and its own detectors.
#pragma once

#include "core/admission/messages.hpp"
#include "core/admission/times.hpp"
#include "core/codec/archive.hpp"
#include "core/detect/battery.hpp"
#include "core/detect/door_open.hpp"
#include "core/detect/hazard.hpp"
#include "core/detect/silence.hpp"
#include "core/detect/water_meter.hpp"

namespace anju {

struct DeviceState {
    admission::MessageFilter messages;
    admission::NewestTimes newest;
    detect::DeviceSilence silence;
    detect::HazardWatch smoke;
    detect::HazardWatch gas;
    detect::HazardWatch leak;
    detect::DoorOpenWatch door;
    detect::WaterMeter meter;
    detect::BatteryWatch battery;
    detect::Level tamper = detect::Level::unknown;
    detect::Level bed = detect::Level::unknown;
    detect::HazardWatch carbon_monoxide;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.messages, self.newest, self.silence, self.smoke, self.gas, self.leak,
                self.door, self.meter, self.battery, self.tamper, self.bed);
        archive.since(codec::many_drivers, self.carbon_monoxide);
    }
};

}  // namespace anju
