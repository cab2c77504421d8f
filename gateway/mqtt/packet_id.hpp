// The packet identifier of a received message.
//
// Paho C fills it in (MQTTAsync_message::msgid); Paho C++ keeps the C message to itself. Access
// checks do not apply to the arguments of an explicit instantiation ([temp.spec.general]), which is
// how it is reached here: a Paho that stores it otherwise does not compile, rather than being
// misread.
#pragma once

#include <mqtt/message.h>

#include <cstdint>

namespace anju::mqtt {

namespace reach {

template <auto Member>
struct Into {
    friend const MQTTAsync_message& c_message(const ::mqtt::message& message) {
        return message.*Member;
    }
};
const MQTTAsync_message& c_message(const ::mqtt::message& message);
template struct Into<&::mqtt::message::msg_>;

}  // namespace reach

/// 1 to 65,535, the same when the broker sends the message again; 0 for QoS 0, which has none.
[[nodiscard]] inline std::uint16_t packet_id(const ::mqtt::message& message) {
    if (message.get_qos() == 0) return 0;
    return static_cast<std::uint16_t>(reach::c_message(message).msgid);
}

}  // namespace anju::mqtt
