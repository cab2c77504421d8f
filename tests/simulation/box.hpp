// The gateway box: the real Gateway, Inbox, Uplink, drivers and engine, put together as anjud does
// (app/anjud/daemon.cpp), in processes that die and are started again. What outlives a process is
// the disk, the machine's clock and what others remember of it.
//
// A process dies between any two things that can be seen from outside: before a commit, after it
// and before anybody has heard, between two acknowledgements, between two events of one batch; with
// the real store also between any two writes, with what was not synced lost or torn.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "drivers/catalog.hpp"
#include "runtime/gateway.hpp"
#include "runtime/inbox.hpp"
#include "tests/simulation/auditor.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/session.hpp"
#include "tests/simulation/store_under_test.hpp"
#include "uplink/uplink.hpp"

namespace anju::whole {

class Box {
public:
    struct Surroundings {
        World& world;
        const Fate& fate;
        const Weather& weather;
        Broker& home;
        Broker& district;
        Radio& district_trouble;
        Auditor& auditor;
        Chronicle& chronicle;
        StoreUnderTest& store;
    };
    /// All must outlive it. `homes` are registered with the first start.
    Box(Surroundings around, std::vector<Household> homes);
    ~Box();
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;

    void switch_on() { start(); }
    /// The list of homes says something else of one; a box that is down hears of it when it starts.
    void home_changed(const Household& home);
    /// Dies after so many more things that can be seen from outside, or a while later; is back
    /// after `down`. `power`: the whole machine does, with what the disk has not synced.
    void doom(bool power, std::uint64_t moments, Duration down);
    /// The machine goes off, and what was on its disk is gone.
    void lose_store(Duration down);
    std::function<void()> store_lost;
    /// A process that is doomed dies now, one that is down comes back.
    void end_of_trouble();
    void cut_home();
    void half_open_home();
    void cut_district();
    void half_open_district();
    /// The wall clock is set.
    void step_clock(Duration by, ClockState state);
    /// NTP is reached: the clock shows true time.
    void set_right();
    [[nodiscard]] bool wrong_time() const { return offset_ != Duration{}; }
    [[nodiscard]] const Engine* engine() const;

private:
    struct Life;
    class BoxClock;
    friend struct Life;

    void start();
    void register_homes();
    void tell_changes();
    void drain();
    void wake();
    void look();
    void arm();
    void handle(const Inbound& message);
    void came(Session& session, Packet packet, Source source, Inbox::Lane lane);
    void hears(bool up);
    /// Somebody outside could see this: true when the process does not live to see it.
    bool moment();
    template <class T>
    bool fine(const result<T>& outcome);
    void bury_soon();
    void bury();
    [[nodiscard]] Instant wall() const { return around_.world.now() + offset_; }
    [[nodiscard]] bool planted(Plant plant) const { return around_.fate.plant == plant; }

    Surroundings around_;
    std::vector<Household> homes_;
    std::set<HouseholdId> changed_;  ///< of homes_: the box does not know it yet
    drivers::Catalog catalog_;
    std::unique_ptr<BoxClock> clock_;
    sim::Random dice_;
    Session alarms_;
    Session sensors_;
    Session foreign_;
    Session up_alarm_;
    Session up_bulk_;
    std::unique_ptr<Life> life_;
    std::uint64_t lives_ = 0;
    Duration offset_{};  ///< what the wall clock shows is off by
    ClockState state_ = ClockState::synchronised;
    Instant machine_on_{};
    std::optional<std::uint64_t> fatal_;  ///< moments left
    bool dead_ = false;
    bool power_ = false;
    bool disk_breaks_ = false;
    Duration down_{};
    std::uint64_t downs_ = 0;
    bool waiting_to_start_ = false;
};

}  // namespace anju::whole
