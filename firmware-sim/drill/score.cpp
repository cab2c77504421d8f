#include "firmware-sim/drill/score.hpp"

#include <algorithm>
#include <set>

#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "firmware-sim/local_time.hpp"

namespace anju::sim {

namespace {

std::string text(Duration span) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(span);
    return whole.count() < 0 ? "-" + format_duration(-whole) : format_duration(whole);
}

bool is_about(const SeenAlert& alert, const Scenario& scenario, const Expectation& wanted) {
    const SimHome& home = scenario.homes[wanted.home];
    return alert.household == home.id.value && alert.kind == wanted.alert &&
           (!wanted.device || alert.device == home.devices[*wanted.device].device.id.value);
}

void check(const Expectation& wanted, const SeenAlert& alert, Verdict& out) {
    const auto fault = [&](std::string zh, std::string en) {
        out.faults.push_back({std::move(zh), std::move(en)});
    };
    if (wanted.within && out.delay > *wanted.within) {
        fault("太迟：" + text(out.delay) + "，应在" + text(*wanted.within) + "内",
              "too late: after " + text(out.delay) + " instead of " + text(*wanted.within));
    }
    if (out.delay < wanted.not_before) {
        fault("太早：" + text(out.delay), "too early: after " + text(out.delay));
    }
    if (wanted.priority && alert.priority > *wanted.priority) {
        const std::string was{name(alert.priority)};
        const std::string due{name(*wanted.priority)};
        fault("级别为" + was + "，应为" + due, "it was " + was + " instead of " + due);
    }
    for (const Role role : wanted.told) {
        if (std::ranges::find(alert.told, role) != alert.told.end()) continue;
        const std::string who{name(role)};
        fault("未通知" + who, who + " was not told");
    }
    if (wanted.ends && alert.state != *wanted.ends) {
        const std::string is{name(alert.state)};
        const std::string due{name(*wanted.ends)};
        fault("结束时为" + is + "，应为" + due, "at the end it was " + is + " instead of " + due);
    }
}

}  // namespace

Instant world_time(const Scenario& scenario, Instant midnight, Instant shown) {
    Duration all{};
    for (const auto& set : scenario.clock) all += set.by;
    Instant until = midnight + scenario.lasts + std::chrono::hours{24};
    for (auto set = scenario.clock.rbegin(); set != scenario.clock.rend(); ++set) {
        const Instant world = shown - all;
        if (world >= midnight + set->at && world < until) return world;
        until = midnight + set->at;
        all -= set->by;
    }
    return shown;
}

bool Score::passed() const {
    return std::ranges::all_of(verdicts, &Verdict::met);
}

Score judge(const Scenario& scenario, Instant midnight, std::vector<SeenAlert> alerts,
            Duration lag) {
    std::ranges::stable_sort(alerts, {}, &SeenAlert::raised_at);
    Score out{std::move(alerts), {}, {}};
    std::set<std::size_t> told_of;
    for (std::size_t e = 0; e < scenario.expectations.size(); ++e) {
        const Expectation& wanted = scenario.expectations[e];
        const Instant from = midnight + wanted.from;
        Verdict best{e, false, std::nullopt, {}, {}};
        for (std::size_t a = 0; a < out.alerts.size(); ++a) {
            const SeenAlert& alert = out.alerts[a];
            if (!is_about(alert, scenario, wanted)) continue;
            // One that came before its cause is another matter, and remains unexpected.
            if (!wanted.never && alert.raised_at < from - lag) continue;
            Verdict each{e, false, a, std::max(alert.raised_at - from, Duration{}), {}};
            if (wanted.never) {
                each.faults.push_back({"不应出现", "it should not have come"});
            } else {
                check(wanted, alert, each);
            }
            each.met = each.faults.empty();
            if (!best.alert || (each.met && !best.met)) best = std::move(each);
        }
        if (!best.alert) {
            best.met = wanted.never;
            if (!wanted.never) best.faults.push_back({"没有出现", "it did not come"});
        } else {
            told_of.insert(*best.alert);
        }
        out.verdicts.push_back(std::move(best));
    }
    for (std::size_t a = 0; a < out.alerts.size(); ++a) {
        if (!told_of.contains(a)) out.unexpected.push_back(a);
    }
    return out;
}

}  // namespace anju::sim
