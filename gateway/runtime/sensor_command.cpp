#include "runtime/sensor_command.hpp"

#include "anju/v1/sensor.pb.h"

namespace anju {

SensorMessage self_test(const Device& device, const std::string& command_id, Instant expires) {
    v1::SensorDownlink downlink;
    v1::SensorCommand& command = *downlink.mutable_command();
    command.set_command_id(command_id);
    command.set_expires_ms(to_unix_ms(expires));
    command.set_self_test(true);
    return {"anju/v1/down/" + device.address, downlink.SerializeAsString()};
}

}  // namespace anju
