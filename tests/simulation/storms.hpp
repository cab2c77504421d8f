// Makes trouble, in the measure that the seed gives, and ends it: storms and calms by turns. A calm
// begins with everything mended, so that from there on whatever is owed has a bound.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "tests/simulation/box.hpp"
#include "tests/simulation/home.hpp"
#include "tests/simulation/platform.hpp"

namespace anju::whole {

class Storms {
public:
    struct Targets {
        World& world;
        const Fate& fate;
        Weather& weather;
        Box& box;
        Platform& platform;
        Broker& home;
        Broker& district;
        std::vector<std::unique_ptr<Home>>& homes;
        Chronicle& chronicle;
    };
    explicit Storms(Targets targets);

    /// The first storm comes after a few hours.
    void begin();
    /// A calm that lasts.
    void end();
    [[nodiscard]] std::uint64_t troubles() const;
    /// How often each kind happened, by its name.
    [[nodiscard]] std::map<std::string_view, std::uint64_t> by_kind() const;

private:
    struct Kind {
        std::string_view name;
        int weight;
        void (Storms::*happen)();
        std::uint64_t times = 0;
    };
    void storm();
    void calm();
    void next_trouble(std::uint64_t storm);

    void kill();
    void power();
    void cut_home();
    void half_open_home();
    void home_broker();
    void cut_district();
    void half_open_district();
    void district_broker();
    void district_gone();
    void platform_crash();
    void platform_slow();
    void clock_step();
    void disk_full();
    void sensor_reboot();
    void store_lost();

    [[nodiscard]] Duration some(Duration from, Duration to) {
        return Duration{dice_.between(from.count(), to.count())};
    }

    Targets to_;
    sim::Random dice_;
    std::vector<Kind> kinds_;
    std::int64_t weights_ = 0;
    std::uint64_t storm_ = 0;  ///< counts storms and calms
    bool over_ = false;
};

}  // namespace anju::whole
