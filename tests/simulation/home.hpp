// A home with somebody in it: draws water, comes and goes, burns the dinner now and then, calls for
// help. As cheap as it can be while every kind of message still occurs; what a believable life
// looks like is the matter of firmware-sim.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/household.hpp"
#include "firmware-sim/random.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/station.hpp"
#include "tests/simulation/tenant.hpp"

namespace anju::whole {

class Home {
public:
    /// All references must outlive it. Sensors are silent until begin().
    Home(World& world, const Fate& fate, Radio& radio, Broker& broker, Auditor& auditor,
         int number);
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;

    [[nodiscard]] const Household& household() const { return household_; }
    void begin();
    /// One of its sensors loses its memory; `any` chooses.
    void reboot_one(std::uint64_t any);
    /// Nothing new happens any more; what was said is still told.
    void hush() { hushed_ = true; }
    [[nodiscard]] const std::vector<Station*>& stations() const { return all_; }
    /// Somebody told whoever keeps the list of homes that this one is another now.
    std::function<void(const Household&)> changed;

private:
    void new_day();
    void draw(std::int64_t ml) {
        if (!nobody_moves()) register_ml_ += ml;
    }
    void sample();
    void pass_door(bool open);
    void still_there(Station& station);
    void says_alive(Station& station) const;
    void something_happens();
    void burns();
    void spell_begins();
    void falls();
    void lies(Instant found_at_the_latest);
    void is_away(bool away);
    [[nodiscard]] bool nobody_moves() const { return lies_ || away_; }
    [[nodiscard]] v1::SensorReading reading() const;
    [[nodiscard]] Device device(const char* name, SensorKind kind) const;
    std::unique_ptr<Station> station(const Device& device);

    World& world_;
    const Fate& fate_;
    Radio& radio_;
    Broker& broker_;
    Auditor& auditor_;
    sim::Random dice_;
    Household household_;
    bool has_clock_;  ///< its sensors know the time
    bool door_;
    bool zigbee_door_;
    Duration sample_every_;
    Duration deliver_every_;
    std::unique_ptr<Station> water_;
    std::unique_ptr<Station> at_door_;
    std::unique_ptr<Station> smoke_;
    std::unique_ptr<Station> gas_;
    std::unique_ptr<Station> sos_;
    std::vector<Station*> all_;
    std::unique_ptr<Tenant> tenant_;
    std::vector<v1::SensorReading> bundle_;
    std::int64_t register_ml_ = 0;
    std::uint64_t foreign_ = 0;
    std::optional<Auditor::IncidentId> fire_;  ///< or gas
    bool is_gas_ = false;
    Instant fire_ends_{};
    bool lies_ = false;  ///< on the floor
    bool away_ = false;  ///< in hospital
    bool hushed_ = false;
};

}  // namespace anju::whole
