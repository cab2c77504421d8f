// The district's end: takes events, keeps them in a store of its own, and acknowledges after that
// and only then. What it decides (what is lacking, what to acknowledge) is decided by the stand-in
// platform's own ledger. It crashes, too: what it had not committed it has never had.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "anju/v1/event.pb.h"
#include "firmware-sim/platform/ledger.hpp"
#include "tests/simulation/auditor.hpp"
#include "tests/simulation/session.hpp"

namespace anju::whole {

inline constexpr const char* gateway_name = "box";

class Platform {
public:
    /// All references must outlive it. `trouble`: of the district broker.
    Platform(World& world, const Weather& weather, Broker& broker, Radio& trouble,
             Auditor& auditor);

    void start();
    void crash(Duration down);
    /// If it is down, it is back now.
    void end_of_trouble();
    void command(std::string bytes);
    /// Sees every event once, after its commit.
    std::function<void(const v1::DistrictEvent&)> committed;

private:
    struct Pending {
        sim::StreamKey stream;
        v1::DistrictEvent event;
        std::string bytes;
    };
    void heard(Packet packet);
    void commit(std::uint64_t life);
    void ask();
    void ask_soon(Duration delay);

    World& world_;
    const Weather& weather_;
    Auditor& auditor_;
    Session session_;
    sim::PlatformLedger ledger_;
    std::vector<Pending> pending_;
    std::vector<std::uint64_t> packets_;  ///< to be acknowledged to the broker after the commit
    std::uint64_t life_ = 0;
    bool committing_ = false;
    bool asking_ = false;
    bool down_ = false;
    bool never_ = false;
};

}  // namespace anju::whole
