// A sensor of another maker behind its own radio: readings in, publications of a receiver or of a
// network out. Keeps what such a device keeps: how everything stands, and the number of its frames.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/reading.hpp"
#include "firmware-sim/random.hpp"
#include "firmware-sim/sensors/behaviour.hpp"
#include "firmware-sim/sensors/envelopes.hpp"
#include "firmware-sim/sensors/protocol.hpp"

namespace anju::sim {

/// Not thread-safe. For wmbus, cjt188_chirpstack and cjt188_ctwing.
class ForeignSensor {
public:
    struct Voice;  ///< of one protocol

    /// `device` as register_device() filled it.
    ForeignSensor(const Device& device, Protocol protocol, const Behaviour& behaviour,
                  std::uint64_t seed);
    ~ForeignSensor();
    ForeignSensor(ForeignSensor&&) noexcept;
    ForeignSensor& operator=(ForeignSensor&&) noexcept;

    /// One frame with the newest of `readings`, heard `copies` times: by several receivers (the
    /// same telegram), or delivered more than once by the network (the same message). `at` is when
    /// the network got it. Empty as long as a meter has nothing to show.
    [[nodiscard]] std::vector<Publication> report(const std::vector<Reading>& readings, Instant at,
                                                  unsigned copies = 1);

    /// It loses its count, as after a change of batteries; a LoRaWAN device joins again.
    [[nodiscard]] std::vector<Publication> reboot(Instant at);

private:
    std::unique_ptr<Voice> voice_;
    std::map<ReadingKind, Reading> stands_;
};

}  // namespace anju::sim
