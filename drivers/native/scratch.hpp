// Kept apart from native.hpp so that only the driver itself sees the generated code.
#pragma once

#include "anju/v1/sensor.pb.h"

namespace anju::drivers::native {

struct Scratch {
    v1::SensorUplink uplink;
};

}  // namespace anju::drivers::native
