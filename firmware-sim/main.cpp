// anju-sim: the command line, nothing else.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>

#include "base/log.hpp"
#include "firmware-sim/command_line.hpp"
#include "firmware-sim/credentials.hpp"
#include "firmware-sim/directory.hpp"
#include "firmware-sim/drill/attend.hpp"
#include "firmware-sim/drill/drill_run.hpp"
#include "firmware-sim/homes/home_run.hpp"
#include "firmware-sim/life_run.hpp"
#include "firmware-sim/load_run.hpp"
#include "firmware-sim/local_time.hpp"
#include "firmware-sim/net/proxy_run.hpp"
#include "firmware-sim/platform/report.hpp"
#include "firmware-sim/platform/run.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace {

using namespace anju;
using namespace anju::sim;

struct Homes {
    std::string scenario = "demo-day";
    std::size_t count = 0;
    bool load = false;
    std::size_t devices = 200;
    std::size_t per_home = 5;

    void add_to(CLI::App& command) {
        command.add_option("--scenario", scenario, "name or .toml file")->capture_default_str();
        command.add_option("--homes", count, "0 = those of the scenario")->capture_default_str();
        command.add_flag("--load", load, "the devices of 'anju-sim load' instead of a scenario");
        command.add_option("--devices", devices, "with --load")->capture_default_str();
        command.add_option("--devices-per-home", per_home, "with --load")
            ->check(CLI::Range(std::size_t{1}, std::size_t{64}))
            ->capture_default_str();
    }
    /// With a scenario, its communities.
    [[nodiscard]] std::vector<SimCommunity> communities() const {
        if (load) return {};
        auto loaded = load_scenario(scenario);
        return loaded ? std::move(loaded->communities) : std::vector<SimCommunity>{};
    }
    [[nodiscard]] result<std::vector<SimHome>> get() const {
        if (load) return load_homes(devices, per_home);
        auto loaded = load_scenario(scenario);
        if (!loaded) return loaded.error();
        return populate(*loaded, count);
    }
};

void add_home(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("home", "simulated homes on the home broker");
    auto options = std::make_shared<HomeOptions>();
    auto start = std::make_shared<std::string>();
    add_broker(*command, options->link);
    add_seconds(*command, "--connect-limit", options->connect_limit, "to reach the broker");
    add_seconds(*command, "--await-gateway", options->await_gateway,
                "for the gateway to answer before time runs; 0 = run at once");
    add_seconds(*command, "--ack-limit", options->ack_limit, "for --until-acked");
    command->add_flag("--shared", options->link.shared,
                      "one connection as user 'simulator' instead of one a device");
    command->add_option("--scenario", options->scenario, "name or .toml file")
        ->capture_default_str();
    command->add_option("--homes", options->homes, "0 = those of the scenario");
    command->add_option("--rate", options->rate, "simulated seconds a second")
        ->check(CLI::Range(0.001, 100'000.0));
    command->add_option("--start", *start, "like 2026-03-02T06:00+08:00");
    command->add_option("--seed", options->seed)->capture_default_str();
    command->add_flag("--story", options->story, "tell what happens in the homes");
    command->add_option("--report", options->report, "JSON lines of every message and ack");
    command->add_option("--control", options->control,
                        "control socket of the gateway, for what the workers enter");
    command->add_flag("--until-acked", options->until_acked,
                      "end only when the gateway has acknowledged everything");
    command->callback([=, &action] {
        action = [=] {
            if (!start->empty()) {
                options->start = parse_instant(*start);
                if (!options->start) {
                    return fail({"not a time", "--start " + *start,
                                 "write it like 2026-03-02T06:00+08:00"});
                }
            }
            return run_home(*options);
        };
    });
}

void add_drill(CLI::App& app, std::function<int()>& action) {
    auto* command =
        app.add_subcommand("drill", "a scenario played on a running box, and its worth");
    auto options = std::make_shared<DrillOptions>();
    add_broker(*command, options->home.link);
    options->home.link.shared = true;
    options->home.until_acked = true;
    command->add_option("scenario", options->home.scenario, "name or .toml file")->required();
    command->add_option("--control", options->home.control, "control socket of the box")
        ->required();
    command->add_option("--community", options->community, "where the homes are put");
    command->add_option("--rate", options->home.rate, "on a box with a driven clock only")
        ->check(CLI::Range(0.001, 100'000.0));
    command->add_option("--home-proxy", options->home_proxy,
                        "LISTEN=BROKER: stand between the box and its home broker");
    command->add_option("--district-proxy", options->district_proxy,
                        "LISTEN=BROKER: the same for the district's");
    command->add_flag("--staff", options->staff,
                      "whoever works in the community is told, not the maintainers alone");
    auto language = std::make_shared<std::string>("zh");
    command->add_option("--report", options->report, "HTML for a sheet of paper, to be signed");
    command->add_option("--language", *language, "of the report")
        ->check(CLI::IsMember({"zh", "en"}))
        ->capture_default_str();
    command->add_flag("--json", options->json);
    command->callback([=, &action] {
        options->english = *language == "en";
        action = [=] { return run_drill(*options); };
    });

    auto* list = app.add_subcommand("scenarios", "what can be played, and what it is about");
    list->callback([&action] {
        action = [] {
            for (const auto& name : scenario_names()) {
                const auto scenario = load_scenario(name);
                if (!scenario) return fail(scenario.error());
                fmt::print("{:<22} {} · {}\n", name, scenario->title_zh, scenario->title_en);
            }
            return 0;
        };
    });
}

void add_attend(CLI::App& app, std::function<int()>& action) {
    auto* command =
        app.add_subcommand("attend", "stands ready for drills that the box's console asks for");
    auto options = std::make_shared<DrillOptions>();
    add_broker(*command, options->home.link);
    options->home.link.shared = true;
    options->home.until_acked = true;
    command->add_option("--control", options->home.control, "control socket of the box")
        ->required();
    command->add_option("--rate", options->home.rate, "on a box with a driven clock only")
        ->check(CLI::Range(0.001, 100'000.0));
    command->callback([=, &action] { action = [=] { return run_attend(*options); }; });
}

void add_directory(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("directory", "prints the homes.toml of these homes");
    auto homes = std::make_shared<Homes>();
    homes->add_to(*command);
    command->callback([=, &action] {
        action = [=] {
            const auto list = homes->get();
            if (!list) return fail(list.error());
            fmt::print("{}", directory_toml(*list, homes->communities()));
            return 0;
        };
    });
}

void add_credentials(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand(
        "credentials", "makes a password for every user these homes need on the home broker");
    auto homes = std::make_shared<Homes>();
    auto dir = std::make_shared<std::string>();
    auto more = std::make_shared<std::vector<std::string>>();
    homes->add_to(*command);
    command->add_option("--dir", *dir, "where the files go; users.txt is for mosquitto_passwd -U")
        ->required();
    command->add_option("--user", *more, "further users");
    command->callback([=, &action] {
        action = [=] {
            const auto list = homes->get();
            if (!list) return fail(list.error());
            auto users = homes->load ? std::vector<std::string>{clock_user} : home_users(*list);
            users.insert(users.end(), more->begin(), more->end());
            const auto made = make_credentials(*dir, users);
            return made ? 0 : fail(made.error());
        };
    });
}

void add_platform(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("platform", "a stand-in district platform");
    auto options = std::make_shared<PlatformOptions>();
    add_broker(*command, *options);
    command->add_option("--user", options->user)->capture_default_str();
    command->add_option("--store", options->file, "its SQLite file")->required();
    command->add_flag("--print", options->print, "tell what arrives");
    command->add_option("--sensors", options->sensors,
                        "--report of 'home', to print how long alarms took");
    command->add_option("--page", options->page, "serves its page at 127.0.0.1:PORT");
    command->add_option("--outage", options->outages, "like 'after 60s for 5m'; several may be");
    command->add_option("--slow", options->slow, "before every commit, like 500ms");
    command->add_option("--drop-acks", options->drop_acks, "share of acks not sent")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--drop-events", options->drop_events, "share of events lost on arrival")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--stop-after", options->stop_after,
                        "end after so many stored events, the last ones unacknowledged");
    command->add_option("--seed", options->seed, "of the faults")->capture_default_str();
    command->callback([=, &action] { action = [=] { return run_platform(*options); }; });

    auto* report = app.add_subcommand("platform-report", "what a platform's file says");
    auto report_options = std::make_shared<PlatformReportOptions>();
    report->add_option("file", report_options->file)->required();
    report->add_flag("--json", report_options->json);
    report->add_option("--sensors", report_options->sensors, "--report of 'home' or 'load'");
    report->callback(
        [=, &action] { action = [=] { return run_platform_report(*report_options); }; });
}

void add_load(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("load", "measured load from many native sensors");
    auto options = std::make_shared<LoadOptions>();
    add_broker(*command, *options);
    command->add_option("--user", options->user)->capture_default_str();
    command->add_option("--devices", options->devices)->capture_default_str();
    command->add_option("--devices-per-home", options->per_home)->capture_default_str();
    command->add_option("--rate", options->rate, "measurements a second")->capture_default_str();
    command->add_option("--alarm-rate", options->alarm_rate, "smoke alarms a second");
    command->add_option("--seconds", options->seconds)->capture_default_str();
    command->add_option("--drain", options->drain_seconds, "seconds to wait for the last acks")
        ->capture_default_str();
    command->add_option("--connections", options->connections)->capture_default_str();
    command->add_option("--window", options->window, "unacknowledged messages of one sensor")
        ->check(CLI::Range(std::size_t{1}, std::size_t{64}))
        ->capture_default_str();
    command->add_flag("!--no-event-time", options->event_time, "sensors without a clock");
    command->add_option("--report", options->report, "JSON lines of the alarms sent");
    command->add_flag("--json", options->json);
    command->callback([=, &action] { action = [=] { return run_load(*options); }; });
}

void add_life(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("life", "a simulated home as a recording, and the truth");
    auto options = std::make_shared<LifeOptions>();
    auto first = std::make_shared<std::string>();
    command->add_option("--kind", options->kind, "of resident, or a twin of a recorded home")
        ->capture_default_str();
    command->add_option("--days", options->days)
        ->check(CLI::Range(1, 36'500))
        ->capture_default_str();
    command->add_option("--seed", options->seed)->capture_default_str();
    command->add_option("--start", *first, "the first day, like 2026-03-02");
    command->add_option("--csv", options->csv, "the recording, as anju-score reads it; - = stdout");
    command->add_option("--truth", options->truth, "where the person was and what happened, CSV");
    command->add_flag("--json", options->json, "the truth as lines of JSON");
    command->add_flag("--acts", options->acts, "every act in the truth");
    command->add_flag("!--no-water", options->water, "without the water meter");
    command->add_flag("!--no-door", options->door, "without the door contact");
    command->add_flag("!--no-motion", options->motion, "without motion sensors");
    command->add_flag("--bed", options->bed, "with a bed sensor");
    command->add_flag("!--no-falls", options->falls, "the person never falls");
    command->add_flag("--median", options->median, "the kind itself, not a person of the kind");
    command->callback([=, &action] {
        action = [=] {
            if (!first->empty()) {
                const auto at = parse_instant(*first + "T00:00Z");
                if (!at)
                    return fail({"not a day", "--start " + *first, "write it like 2026-03-02"});
                options->first = std::chrono::floor<std::chrono::days>(*at);
            }
            return run_life(*options);
        };
    });
}

void add_proxy(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("proxy", "a TCP proxy that misbehaves on demand");
    auto options = std::make_shared<ProxyOptions>();
    command->add_option("--listen", options->listen, "address:port; port 0 = any")->required();
    command->add_option("--to", options->to, "host:port")->required();
    command->add_option("--script", options->script, "lines like 'after 30s stall up for 2m'");
    command->callback([=, &action] { action = [=] { return run_proxy(*options); }; });
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Simulated sensors, people, load and a stand-in district platform for Anju."};
    app.require_subcommand(1);
    std::function<int()> action;
    add_home(app, action);
    add_drill(app, action);
    add_attend(app, action);
    add_directory(app, action);
    add_credentials(app, action);
    add_platform(app, action);
    add_command(app, action);
    add_load(app, action);
    add_life(app, action);
    add_replay(app, action);
    add_proxy(app, action);
    add_fleet(app, action);
    CLI11_PARSE(app, argc, argv);
    log::start("warn", false);
    try {
        return action();
    } catch (const std::exception& error) {
        return fail({error.what(), {}, {}});
    }
}
