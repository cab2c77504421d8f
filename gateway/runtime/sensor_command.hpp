// What the gateway may ask of a sensor of ours (SensorCommand of proto/anju/v1/sensor.proto).
#pragma once

#include <string>

#include "core/model/household.hpp"
#include "core/model/instant.hpp"

namespace anju {

struct SensorMessage {
    std::string topic;
    std::string payload;
};

/// Asks a sensor to sound and to send a reading that is marked as a test, as its test button does.
/// It does so once for each id, and not after `expires`. It goes out as an acknowledgement does,
/// and nobody repeats it: who does not hear the sensor asks again. `device` must be native.
[[nodiscard]] SensorMessage self_test(const Device& device, const std::string& command_id,
                                      Instant expires);

}  // namespace anju
