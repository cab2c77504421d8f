// anjud: the inventory. Everything the daemon is made of is constructed here, in order, by name.
#include <google/protobuf/stubs/logging.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <optional>
#include <utility>

#include "access/access.hpp"
#include "access/console_db.hpp"
#include "anjud_version.hpp"
#include "app/anjud/box_watch.hpp"
#include "app/anjud/daemon.hpp"
#include "app/anjud/handlers.hpp"
#include "app/anjud/opening_sign.hpp"
#include "app/anjud/reload.hpp"
#include "app/anjud/web.hpp"
#include "app/anjud/web_console.hpp"
#include "app/known_names.hpp"
#include "app/profile_files.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "control/server.hpp"
#include "store/sqlite_journal.hpp"
#include "system/notify.hpp"
#include "system/system_clock.hpp"
#include "vault/key_file.hpp"

namespace anju {
namespace {

using SealKeys = std::shared_ptr<const vault::Keys>;

/// Null where none is configured.
result<SealKeys> seal_keys(const config::Config& config) {
    if (config.seal_key_file.empty()) return SealKeys{};
    return vault::read_keys(config.seal_key_file);
}

store::Options store_options(const config::Config& config, const SealKeys& keys,
                             OpeningSign& sign) {
    store::Options options;
    options.keys = keys;
    options.progress = [&sign](const store::Progress& progress) { sign.tell(progress); };
    options.data_dir = config.data_dir;
    options.max_bytes = config.max_bytes;
    options.ballast_bytes = config.ballast_bytes;
    options.keep_readings = config.keep_readings;
    options.keep_alerts = config.keep_alerts;
    options.keep_acknowledged = config.keep_acknowledged;
    return options;
}

/// A console that was switched off has left its accounts.
void seal_console(const config::Config& config, const SealKeys& keys, OpeningSign& sign,
                  Instant now) {
    std::error_code none;
    if (!keys || !std::filesystem::exists(config.data_dir / "console.db", none)) return;
    const auto opened =
        access::ConsoleDb::open({.data_dir = config.data_dir,
                                 .vfs = {},
                                 .keys = keys,
                                 .progress = [&](const store::Progress& got) { sign.tell(got); }},
                                now);
    if (!opened) log::error("console_unavailable", {{"error", opened.error().text()}});
}

std::uint32_t entropy() {
    std::uint32_t out = 0;
    if (::getrandom(&out, sizeof out, 0) != sizeof out) std::abort();
    return out;
}

int run(config::Config config) {
    log::start(config.log_level, config.log_json);
    google::protobuf::SetLogHandler(nullptr);  // what is malformed is counted, not printed
    log::info("starting", {{"version", version}, {"gateway", config.gateway_id}});

    system::SystemClock machine_clock;
    std::optional<system::DrivenClock> driven;
    if (config.driven_clock) driven.emplace();
    Clock& clock = driven ? static_cast<Clock&>(*driven) : machine_clock;

    const auto keys = seal_keys(config);
    if (!keys) {
        log::error("store_unavailable", {{"error", keys.error().text()}});
        return EXIT_FAILURE;
    }
    OpeningSign sign(config);
    auto journal = store::SqliteJournal::open(store_options(config, *keys, sign),
                                              machine_clock.read().wall, entropy());
    if (!journal) {
        log::error("store_unavailable", {{"error", journal.error().text()}});
        return EXIT_FAILURE;
    }

    Loop loop;
    Daemon daemon(config, loop, clock, driven ? &*driven : nullptr, **journal);
    store::ReadThreads reads(
        config.data_dir, [&loop](std::function<void()> work) { loop.post(std::move(work)); },
        *keys);
    Handlers handlers(config, machine_clock, daemon, **journal, reads);
    control::ControlServer server(
        loop.context(), {.path = config.control_socket},
        [&](const control::Request& request) { return handlers.answer(request); });
    sign.free_socket();
    if (const auto listening = server.start(); !listening) {
        log::error("control_unavailable", {{"error", listening.error().text()}});
        return EXIT_FAILURE;
    }

    BoxWatch box(config, machine_clock, loop, daemon, **journal);
    handlers.watch_box(box);

    std::unique_ptr<access::Access> access;
    std::optional<WebConsole> console;
    if (config.console) {
        auto opened =
            access::Access::open({.data_dir = config.data_dir,
                                  .sessions = {.idle = config.console->session_idle,
                                               .longest = config.console->session_max},
                                  .audit = {.most_bytes = config.console->max_bytes},
                                  .keys = *keys,
                                  .progress = [&](const store::Progress& got) { sign.tell(got); }},
                                 machine_clock.read().wall);
        if (opened) {
            access = std::move(*opened);
            handlers.open_console(*access);
            for (const std::string& note : access->notes()) {
                log::warn("console", {{"note", note}});
            }
            console.emplace(
                config, *access, machine_clock, loop, daemon, **journal, reads,
                [&](const control::Request& request) { return handlers.answer(request); });
            handlers.stage().on_change(
                [&](const boost::json::object& drill) { console->live().practised(drill); });
        } else {  // the box watches on without
            log::error("console_unavailable", {{"error", opened.error().text()}});
        }
    }

    if (!config.console) seal_console(config, *keys, sign, machine_clock.read().wall);

    // The first word to the watchdog sets it going. How long a start takes is TimeoutStartSec's to
    // bound: a slow card would otherwise be restarted again and again before it is ready.
    bool ready = false;
    const auto started = daemon.start([&] {
        if (ready) system::notify_watchdog();
        handlers.tick();
        if (const auto watched = box.tick(); !watched) Daemon::die(watched.error());
        if (console) console->tick();
    });
    if (!started) Daemon::die(started.error());
    for (const std::string& note : started->notes) log::warn("store", {{"note", note}});
    handlers.started(started->notes);
    const Recovered& recovered = started->recovered;
    log::write(recovered.unusable == 0 ? log::Level::info : log::Level::error, "recovered",
               {{"households", daemon.gateway().engine().household_count()},
                {"inputs", recovered.inputs},
                {"unusable", recovered.unusable},
                {"epoch", started->epoch}});

    handlers.refresh_calendar();
    if (console) {
        if (const auto begun = console->begin(); !begun) {
            log::error("console_unavailable", {{"error", begun.error().text()}});
        }
    }
    std::optional<Web> web;
    if (config.http) {
        // Links are worth nothing without their key, and alarms do not wait for a web page.
        auto key = notify::link_key(config.data_dir);
        if (key) {
            web.emplace(config, std::move(*key), loop, daemon, **journal,
                        console ? &*console : nullptr);
        }
        const auto listening = key ? web->start() : result<void>(key.error());
        if (!listening) log::error("http_unavailable", {{"error", listening.error().text()}});
    }

    bool stopping = false;
    loop.on_signals({SIGTERM, SIGINT, SIGHUP}, [&](int signal) {
        if (signal == SIGHUP) {
            system::notify_reloading();
            reload(config);
            handlers.refresh_calendar();
            system::notify_ready();
        } else if (!stopping) {
            stopping = true;
            system::notify_stopping();
            log::info("stopping", {{"signal", signal}});
            daemon.stop([&] { loop.stop(); });
        }
    });
    ready = true;
    system::notify_ready();
    system::notify_status("正在运行 / running; anjuctl status");
    log::info("ready", {{"control", config.control_socket.string()}});
    try {
        loop.run();
    } catch (const std::exception& error) {
        // Sessions are still waiting for this loop: only the end of the process lets them go.
        Daemon::die({error.what(), "loop", "report this"});
    }
    log::info("stopped");
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace anju

int main(int argc, char** argv) {
    CLI::App app{"Anju edge gateway daemon / 安居边缘网关"};
    app.set_version_flag("--version", std::string("anjud ") + anju::version);
    std::string file = "/etc/anju/anju.toml";
    bool check = false;
    app.add_option("--config", file, "configuration file / 配置文件")->capture_default_str();
    app.add_flag("--check-config", check, "only check the configuration / 仅检查配置");
    CLI11_PARSE(app, argc, argv);

    auto config = anju::config::load(file, anju::driver_names());
    if (!config) {
        for (const anju::Error& error : config.error()) {
            std::fprintf(stderr, "%s\n", error.text().c_str());
        }
        return 2;
    }
    if (check) {
        anju::drivers::Profiles profiles;
        const auto problems = anju::read_profiles(config->profiles_dir, profiles);
        for (const anju::Error& error : problems) {
            std::fprintf(stderr, "%s\n", error.text().c_str());
        }
        return problems.empty() ? EXIT_SUCCESS : 2;
    }
    ::umask(S_IWGRP | S_IRWXO);  // names of residents are for the gateway and its group
    try {
        return anju::run(std::move(*config));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "anjud: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
