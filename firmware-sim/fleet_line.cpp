// The command line of `anju-sim fleet`.
#include <memory>

#include "firmware-sim/command_line.hpp"
#include "firmware-sim/hub_run.hpp"
#include "firmware-sim/platform/fleet_run.hpp"

namespace anju::sim {

namespace {

struct Fleet {
    FleetOptions boxes;
    HubOptions hub;
};

int run(Fleet fleet) {
    if (fleet.hub.homes == 0) return run_fleet(fleet.boxes);
    HubOptions& hub = fleet.hub;
    hub.link.broker = fleet.boxes.broker;
    hub.link.user = fleet.boxes.user;
    hub.link.credentials = fleet.boxes.credentials;
    hub.alarm_rate = fleet.boxes.alarm_rate;
    hub.seconds = fleet.boxes.seconds;
    hub.drain_seconds = fleet.boxes.drain_seconds;
    hub.json = fleet.boxes.json;
    return run_hub(hub);
}

}  // namespace

void add_fleet(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand(
        "fleet", "many boxes' uplinks at a district broker, or many homes at one hub");
    auto fleet = std::make_shared<Fleet>();
    fleet->hub.homes = 0;
    add_broker(*command, fleet->boxes);
    command->add_option("--user", fleet->boxes.user)->capture_default_str();
    auto* homes = command->add_option("--homes", fleet->hub.homes,
                                      "homes at the home broker of a hub, instead of boxes");
    command->add_option("--boxes", fleet->boxes.boxes)->capture_default_str()->excludes(homes);
    command->add_option("--rate", fleet->boxes.rate, "bulk events a second, of boxes")
        ->capture_default_str()
        ->excludes(homes);
    command->add_option("--alarm-rate", fleet->boxes.alarm_rate)->capture_default_str();
    command->add_option("--seconds", fleet->boxes.seconds)->capture_default_str();
    command->add_option("--drain", fleet->boxes.drain_seconds, "seconds to wait for the last acks")
        ->capture_default_str();
    command->add_flag("--json", fleet->boxes.json);

    command->add_option("--every", fleet->hub.every_seconds, "seconds between a sensor's messages")
        ->capture_default_str()
        ->needs(homes);
    command->add_option("--devices-per-home", fleet->hub.per_home)
        ->check(CLI::Range(std::size_t{1}, std::size_t{64}))
        ->capture_default_str()
        ->needs(homes);
    command
        ->add_option("--control", fleet->hub.control, "control socket: registers the homes there")
        ->needs(homes);
    command->add_option("--community", fleet->hub.community, "where the homes are put")
        ->capture_default_str()
        ->needs(homes);
    command->add_flag("--keep", fleet->hub.keep, "leave the homes registered")->needs(homes);
    command->add_option("--connections", fleet->hub.link.connections)
        ->capture_default_str()
        ->needs(homes);
    command->add_option("--watch-pid", fleet->hub.watch_pid, "shows what this process costs too")
        ->check(CLI::PositiveNumber)
        ->needs(homes);
    command->callback([=, &action] { action = [=] { return run(*fleet); }; });
}

}  // namespace anju::sim
