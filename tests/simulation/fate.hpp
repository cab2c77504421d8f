// Everything that a seed decides before the first event: how many homes, for how long, which kinds
// of trouble there are at all and how much of each. Most seeds know only some kinds of trouble, for
// what hides under a storm of everything shows when little happens (swarm testing; Groce et al.,
// ISSTA 2012).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/instant.hpp"

namespace anju::whole {

/// Bugs that are put into what surrounds the product, to prove that the checkers see such.
enum class Plant : std::uint8_t {
    none,
    ack_before_commit,   ///< a sensor hears "kept" when its message is only in memory
    dedup_forgotten,     ///< what came after the last checkpoint is not applied again at a restart
    deleted_on_publish,  ///< an outbox row goes when it is sent, not when the platform has it
    timer_lost,          ///< after a restart the box wakes for messages only
    sync_lies,           ///< the disk says "synced" and loses what is young at a power cut
    epoch_kept,          ///< after a restart the numbers of a lane begin anew in the same epoch
    epoch_inherited,     ///< a fresh store goes on in the epoch of the lost one
    meter_runs,          ///< a meter counts on while somebody lies on the floor
    absence_unheard,     ///< nobody tells the box that somebody is in hospital
};

struct PlantName {
    Plant plant;
    std::string_view name;
    std::string_view what;
};
inline constexpr PlantName plant_names[] = {
    {Plant::ack_before_commit, "ack-before-commit", "sensors are answered before the commit"},
    {Plant::dedup_forgotten, "dedup-forgotten", "a restart forgets what came after a checkpoint"},
    {Plant::deleted_on_publish, "deleted-on-publish", "outbox rows go when they are sent"},
    {Plant::timer_lost, "timer-lost", "after a restart timers wake nobody"},
    {Plant::sync_lies, "sync-lies", "a power cut takes the last commits with it"},
    {Plant::epoch_kept, "epoch-kept", "event numbers are given out twice in one epoch"},
    {Plant::epoch_inherited, "epoch-inherited", "a fresh store takes the epoch of the lost one"},
    {Plant::meter_runs, "meter-runs", "a meter counts on while somebody lies on the floor"},
    {Plant::absence_unheard, "absence-unheard", "the box is not told who is in hospital"},
};
[[nodiscard]] std::optional<Plant> plant_named(std::string_view name);

struct Fate {
    std::uint64_t seed{};
    Plant plant = Plant::none;
    bool sqlite = false;  ///< the real store on a simulated disk; otherwise MemoryDisk

    int homes{};
    Duration lasts{};
    Duration checkpoint_every{};
    Duration heartbeat_every{};
    Duration keep_readings{};
    Duration keep_acknowledged{};
    Duration incident_every{};  ///< of a home, on average
    bool care{};                ///< a community whose rounds the box plans
    bool zigbee{};              ///< some devices are foreign, at QoS 1
    int doors{};                ///< of 1000 homes: with a sensor at the door, which makes the
                                ///< engine weigh its silence every five minutes
    int hourly{};               ///< of 1000 meters: measure every hour, tell every six
    int daily{};                ///< of 1000 other meters: tell once a day, in a bundle

    int lifelike{};          ///< of 1000 homes: with a person of the life model in it
    int gas{};               ///< of 1000 homes: with a gas alarm
    Duration spell_every{};  ///< of a home, on average: somebody falls or goes to hospital
    Duration alive_every{};  ///< a sensor's word that it is there
    Duration calms{};        ///< between two storms, at most; now and then six times as long

    // Trouble. A rate of zero: this kind does not occur.
    Duration trouble_every{};  ///< of one kind or another, while there is a storm
    int radio_drop{};          ///< of 1000 messages between sensors and their broker
    int radio_twice{};
    Duration radio_delay{};
    int district_drop{};  ///< of 1000 messages; a broker that forgets
    int district_twice{};
    Duration district_delay{};
    int kill{};  ///< weights of the kinds of trouble, 0..10
    int power{};
    int home_cut{};
    int home_half_open{};
    int home_broker{};
    int district_cut{};
    int district_half_open{};
    int district_broker{};
    int district_gone{};
    int platform_crash{};
    int platform_slow{};
    int clock_step{};
    int disk_full{};
    int sensor_reboot{};
    int store_lost{};  ///< only where the store is not the real one
    bool no_rtc{};     ///< a box that loses power wakes in the past
};

/// A pure function of its arguments. `sqlite`: instead of what the seed says.
[[nodiscard]] Fate fate_of(std::uint64_t seed, std::optional<bool> sqlite = std::nullopt);

}  // namespace anju::whole
