// One sensor: the real sending half of the sensor contract (SensorOutbox), on the air.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "firmware-sim/homes/sensor_outbox.hpp"
#include "tests/simulation/auditor.hpp"
#include "tests/simulation/broker.hpp"
#include "tests/simulation/radio.hpp"

namespace anju::whole {

class Station {
public:
    /// All references must outlive it.
    Station(World& world, Radio& radio, Broker& broker, Auditor& auditor, std::string device,
            std::uint64_t first_boot);
    Station(const Station&) = delete;
    Station& operator=(const Station&) = delete;

    void say(std::vector<v1::SensorReading> readings);
    /// An alarm that tells of an incident: told until it is kept, or until the memory is lost.
    void alarm(v1::SensorReading reading, Auditor::IncidentId incident);
    /// A SensorDownlink came.
    void hear(const std::string& payload);
    /// Loses its count and everything that it had not got rid of.
    void reboot();
    [[nodiscard]] const std::string& device() const { return outbox_.options().device_id; }

private:
    void poll();
    void note_told(const sim::Transmission& sending);

    World& world_;
    Radio& radio_;
    Broker& broker_;
    Auditor& auditor_;
    sim::SensorOutbox outbox_;
    Instant wakes_at_ = Instant::max();
    std::deque<std::pair<std::int64_t, Auditor::IncidentId>> untold_;  ///< by event time
};

}  // namespace anju::whole
