#include "firmware-sim/drill/drill_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/model/names.hpp"
#include "firmware-sim/directory.hpp"
#include "firmware-sim/drill/box.hpp"
#include "firmware-sim/drill/drill_lock.hpp"
#include "firmware-sim/drill/link_proxies.hpp"
#include "firmware-sim/drill/report_page.hpp"
#include "firmware-sim/json_text.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;

constexpr auto prefix = "drill-";
/// A box whose clock is put forward, or is the world's, may date by so much too early.
constexpr Duration standing_lag = 1s;
/// As long as somebody watches a drill that lasts as long as the world does.
constexpr auto longest_real = 4h;

int fail(const Error& error) {
    fmt::print(stderr, "anju-sim: {}\n", error.text());
    return 1;
}

void print_score(const Scenario& scenario, const Score& score) {
    for (const auto& verdict : score.verdicts) {
        const auto& wanted = scenario.expectations[verdict.expectation];
        std::string faults;
        for (const auto& fault : verdict.faults) {
            faults += fmt::format("; {} · {}", fault.zh, fault.en);
        }
        const auto after =
            verdict.alert && !wanted.never
                ? " +" + format_duration(std::chrono::floor<std::chrono::seconds>(verdict.delay))
                : "";
        fmt::print("{} {} {}{}{}{}\n", verdict.met ? "ok   " : "WRONG",
                   scenario.homes[wanted.home].id.value, wanted.never ? "never " : "",
                   name(wanted.alert), after, faults);
    }
    for (const auto index : score.unexpected) {
        const auto& alert = score.alerts[index];
        fmt::print("      {} {} {}：未预期 · nobody expected it\n", alert.household,
                   name(alert.kind), format_local(alert.raised_at));
    }
}

boost::json::object score_json(const Scenario& scenario, const Score& score, const BoxState& box,
                               bool aborted) {
    boost::json::array verdicts;
    for (const auto& verdict : score.verdicts) {
        const auto& wanted = scenario.expectations[verdict.expectation];
        boost::json::object row{{"home", scenario.homes[wanted.home].id.value},
                                {"alert", std::string(name(wanted.alert))},
                                {"never", wanted.never},
                                {"met", verdict.met}};
        if (verdict.alert) {
            const auto& alert = score.alerts[*verdict.alert];
            row["id"] = alert.id;
            row["priority"] = std::string(name(alert.priority));
            row["delay_ms"] = verdict.delay.count();
        }
        boost::json::array faults;
        for (const auto& fault : verdict.faults) {
            faults.push_back({{"zh", fault.zh}, {"en", fault.en}});
        }
        row["faults"] = std::move(faults);
        verdicts.push_back(std::move(row));
    }
    boost::json::array unexpected;
    for (const auto index : score.unexpected) {
        const auto& alert = score.alerts[index];
        unexpected.push_back({{"id", alert.id},
                              {"home", alert.household},
                              {"alert", std::string(name(alert.kind))}});
    }
    return {{"scenario", scenario.name},
            {"box", box.id},
            {"version", box.version},
            {"passed", score.passed() && !aborted},
            {"aborted", aborted},
            {"expectations", std::move(verdicts)},
            {"unexpected", std::move(unexpected)}};
}

Error cannot_write(const DrillOptions& options) {
    return Error{"cannot write the report", options.report.string(),
                 "name a file in a directory that exists and may be written to"};
}

/// Before the drill: who has played for an hour wants a sheet to sign. What stands there stays.
result<void> check_report(const DrillOptions& options) {
    if (options.report.empty()) return {};
    const bool is_new = !std::filesystem::exists(options.report);
    const bool can = bool(std::ofstream(options.report, std::ios::binary | std::ios::app));
    if (!can) return cannot_write(options);
    std::error_code ignored;
    if (is_new) std::filesystem::remove(options.report, ignored);
    return {};
}

result<void> write_report(const DrillOptions& options, const DrillReport& report) {
    std::ofstream file(options.report, std::ios::binary | std::ios::trunc);
    file << report_page(report, options.english ? ReportLanguage::en : ReportLanguage::zh);
    file.flush();
    if (file) return {};
    return cannot_write(options);
}

}  // namespace

Scenario as_drill(Scenario scenario, const std::string& community) {
    for (auto& spell : scenario.network) {
        if (spell.link != "home" && spell.link != "district") spell.link.insert(0, prefix);
    }
    for (auto& home : scenario.homes) {
        home.id.value.insert(0, prefix);
        home.resident.id.value.insert(0, prefix);
        if (!community.empty()) home.community = community;
        for (auto& device : home.devices) {
            device.device.id.value.insert(0, prefix);
            device.device.address.insert(0, prefix);
        }
    }
    for (auto& each : scenario.communities) {
        for (auto& errand : each.errands) errand.resident.value.insert(0, prefix);
        // The rounds, which would end it, know nobody of a home that is made up.
        const auto errands = each.errands;
        for (auto errand : errands) {
            if (!errand.suspends) continue;
            errand.suspends = ResidentStatus::active;
            errand.at += errand.lasts;
            each.errands.push_back(errand);
        }
        std::ranges::stable_sort(each.errands, {}, &Errand::at);
    }
    return scenario;
}

result<void> playable(const Scenario& scenario, const BoxState& box) {
    if (!box.drills_allowed) {
        return Error{"drills are not allowed on this box", box.id,
                     "set allowed = true in [drill] of its configuration and restart it"};
    }
    if (scenario.expectations.empty()) {
        return Error{"the scenario expects nothing, so nothing can be judged", scenario.name,
                     "add an [[expect]], or play it with 'anju-sim home'"};
    }
    for (const auto& home : scenario.homes) {
        for (const auto& device : home.devices) {
            if (device.protocol == Protocol::native) continue;
            // The bridge's list of devices is one retained message, that of the real bridge.
            return Error{"a drill cannot stand beside a Zigbee bridge", device.device.id.value,
                         "take protocol = \"native\""};
        }
    }
    if (!box.driven_clock && !scenario.clock.empty()) {
        return Error{"the scenario sets the box's clock, and this one has the real one",
                     scenario.name, "take a box for tests with a driven clock"};
    }
    if (!box.driven_clock && scenario.lasts > longest_real) {
        return Error{"the scenario takes " + format_duration(scenario.lasts) +
                         ", and the clock of this box is the real one",
                     scenario.name,
                     "take one of at most " + format_duration(longest_real) +
                         ", or a box for tests with a driven clock"};
    }
    return {};
}

/// The time is told every half second; until it is, a gateway may be so much behind.
Duration clock_lag(double rate) {
    return Duration{static_cast<std::int64_t>(500 * rate)};
}

Instant drill_start(const Scenario& scenario, const BoxState& box) {
    if (!box.driven_clock) return box.now;
    auto start = scenario.start;
    while (start < box.now) start += 24h * 7;
    return start;
}

result<void> remove_drill_homes(const Box& box) {
    const auto homes = box.drill_homes(prefix);
    if (!homes) return homes.error();
    result<void> out;
    for (const auto& home : *homes) {
        if (const auto gone = box.remove(home); !gone && out) out = gone.error();
    }
    return out;
}

int run_drill(const DrillOptions& options, DrillProblem* problem) {
    const auto failed = [&](DrillProblem kind, const Error& error) {
        if (problem != nullptr) *problem = kind;
        return fail(error);
    };
    auto loaded = load_scenario(options.home.scenario);
    if (!loaded) return failed(DrillProblem::scenario, loaded.error());
    if (const auto can = check_report(options); !can) return fail(can.error());
    LinkProxies proxies;
    for (const auto& [link, where] :
         {std::pair{"home", options.home_proxy}, {"district", options.district_proxy}}) {
        if (where.empty()) continue;
        if (const auto stands = proxies.stand_in(link, where); !stands) return fail(stands.error());
    }
    const Box box(options.home.control);
    const auto state = box.state();
    if (!state) return failed(DrillProblem::box, state.error());
    if (const auto can = playable(*loaded, *state); !can) {
        return failed(DrillProblem::scenario, can.error());
    }
    const auto scenario = as_drill(std::move(*loaded), options.community);
    const DrillLock alone(options.home.control);
    if (alone.state() == DrillLock::State::taken) {
        return failed(DrillProblem::busy, {"another drill is played on this box", state->id,
                                           "wait for its end, or end it"});
    }
    if (const auto clean = remove_drill_homes(box); !clean) {
        return failed(DrillProblem::box, clean.error());
    }

    auto home = options.home;
    home.faults = &proxies;
    home.own_clock = state->driven_clock;
    const auto start = state->driven_clock ? drill_start(scenario, *state) : scenario.start;
    home.start = start;
    auto homes = scenario.homes;
    const auto enter = [&] {
        return box.add(directory_toml(homes, {}, options.staff ? "staff" : "maintainers"));
    };
    // Until the homes have met their broker, that is what hinders them.
    auto hinders = DrillProblem::broker;
    home.prepare = [&]() -> result<void> {
        hinders = DrillProblem::box;
        // A home that is registered before the box has the time was silent since.
        const auto shown = box.state();
        if (!shown) return shown.error();
        if (shown->driven_clock && shown->now < start - 1s) {
            hinders = DrillProblem::clock;
            return Error{"the box does not take the time", shown->id,
                         "check that it reaches the home broker and that its user 'simulator' may "
                         "publish anju/v1/clock"};
        }
        auto entered = enter();
        if (entered) hinders = DrillProblem::other;
        return entered;
    };
    home.set_status = [&](const ResidentId& who, ResidentStatus status) {
        for (auto& each : homes) {
            if (each.resident.id == who) each.resident.status = status;
        }
        return enter();
    };
    const bool stepped = state->driven_clock && !options.home.rate;
    if (stepped) {
        home.gateway_time = [&]() -> result<Instant> {
            const auto shown = box.state();
            if (!shown) return shown.error();
            return shown->now;
        };
    }
    const auto ran = run_scenario(home, scenario);
    auto alerts = box.alerts(scenario.homes);
    if (const auto clean = remove_drill_homes(box); !clean) (void)fail(clean.error());
    if (ran.status == 1) {
        if (problem != nullptr) *problem = hinders;
        return 1;
    }
    if (!alerts) return failed(DrillProblem::box, alerts.error());
    for (auto& alert : *alerts) {
        // Relatives and neighbours of a home that is made up are never told.
        std::erase_if(alert.told, [](Role role) {
            return role == Role::emergency_contact || role == Role::neighbour;
        });
    }
    const Instant midnight = local_midnight(start) + ran.shift;
    if (!scenario.clock.empty()) {
        for (auto& alert : *alerts) {
            alert.raised_at = world_time(scenario, midnight, alert.recorded_at);
        }
    }
    // What an earlier drill left in the journal is no part of this one.
    std::erase_if(*alerts,
                  [&](const SeenAlert& alert) { return alert.raised_at < start + ran.shift; });
    const bool runs = state->driven_clock && !stepped;
    const Duration lag = runs ? clock_lag(options.home.rate.value_or(1)) : standing_lag;
    const auto score = judge(scenario, midnight, *alerts, lag);
    if (options.json) {
        fmt::print("{}\n", json_text(score_json(scenario, score, *state, ran.aborted)));
    } else {
        print_score(scenario, score);
    }
    const Instant began = start + ran.shift;
    if (!options.report.empty()) {
        const auto after = box.state();  // how far it came
        const DrillReport report{
            .scenario = scenario,
            .score = score,
            .box = *state,
            .began = began,
            .ended = std::min(after ? after->now : began + scenario.lasts, began + scenario.lasts),
            .staff = options.staff,
            .aborted = ran.aborted};
        if (const auto written = write_report(options, report); !written) {
            return fail(written.error());
        }
    }
    if (ran.aborted) {
        fmt::print(stderr, "anju-sim: the drill was aborted; its homes are off the box\n");
        return 3;
    }
    return score.passed() ? 0 : 2;
}

}  // namespace anju::sim
