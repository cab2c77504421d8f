// A way on which single messages are lost, doubled and overtaken: the air between sensors and their
// broker, and a district broker that forgets. The district's protocol promises to live with that,
// which is more than MQTT asks of it.
#pragma once

#include <utility>

#include "firmware-sim/random.hpp"
#include "tests/simulation/weather.hpp"
#include "tests/simulation/world.hpp"

namespace anju::whole {

class Radio {
public:
    /// Of 1000 messages; all must outlive it, and change with the weather.
    struct Quality {
        const int& drop;
        const int& twice;
        const Duration& delay;  ///< at most
    };
    Radio(World& world, Quality quality, std::uint64_t seed)
        : world_(world), quality_(quality), dice_(seed) {}

    /// Calls `arrive` once, twice or not at all, later.
    template <class Arrive>
    void carry(Arrive arrive) {
        if (dice_.chance(quality_.drop)) return;
        if (dice_.chance(quality_.twice)) world_.in(some_time(), arrive);
        world_.in(some_time(), std::move(arrive));
    }
    /// Nothing is lost or doubled.
    [[nodiscard]] bool clear() const { return quality_.drop == 0 && quality_.twice == 0; }

private:
    [[nodiscard]] Duration some_time() {
        return Duration{dice_.between(1, quality_.delay.count())};
    }

    World& world_;
    Quality quality_;
    sim::Random dice_;
};

}  // namespace anju::whole
