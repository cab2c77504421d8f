// The ports of the runtime and the uplink, put on MQTT sessions.
#pragma once

#include <string>
#include <utility>

#include "mqtt/session.hpp"
#include "runtime/ports.hpp"

namespace anju {

/// Answers to sensors, on the session that hears their measurements. QoS 0: a sensor that missed
/// its acknowledgement repeats and gets it again.
class MqttSensorLink final : public SensorLink {
public:
    explicit MqttSensorLink(mqtt::Session& session) : session_(session) {}
    void send(std::string topic, std::string payload) override {
        session_.publish(std::move(topic), std::move(payload), 0);
    }

private:
    mqtt::Session& session_;
};

}  // namespace anju
