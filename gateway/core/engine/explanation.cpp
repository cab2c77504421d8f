#include "core/engine/explanation.hpp"

#include <algorithm>
#include <array>

#include "core/engine/foresight.hpp"
#include "core/engine/listening.hpp"
#include "core/engine/step.hpp"

namespace anju {
namespace {

using namespace std::chrono_literals;
using detect::Inactivity;
using detect::Listening;

constexpr double half = 0.5;
constexpr double nearly_all = 0.95;

bool can_be_heard(const Listening& listening) {
    return listening.share > 0 || listening.by_the_hour;
}

Duration rounded_up(Duration length, Duration step) {
    return (length + step - Duration{1}) / step * step;
}

/// nullopt where a sensor that speaks at the moment is heard.
std::optional<MeterPace> only_meters(const Home& home, const Listening& listening) {
    return listening.share > 0 ? std::nullopt : meter_pace(home);
}

HouseholdExplanation::Learning learning_of(const Home& home, Instant now) {
    const Instant begun = home.inactivity.begun();
    HouseholdExplanation::Learning out{.first_sign = begun,
                                       .presets = home.household.rules.presets};
    if (begun == Instant{}) return out;
    out.days = (now - begun) / std::chrono::days{1};
    out.personal_from = begun + home.household.rules.warm_up;
    out.personal = is_personal(home, now);
    return out;
}

Judged judged(const Home& home, Instant now, const Listening& listening) {
    if (!home.watched()) return Judged::not_watched;
    if (home.inactivity.since() == Instant{}) return Judged::no_sign;
    if (!can_be_heard(listening)) return Judged::unheard;
    if (whereabouts_of_silence(home, now).where == Whereabouts::out) return Judged::out;
    if (home.settling.unsettled()) return Judged::unsettled;
    return learning_of(home, now).personal ? Judged::yes : Judged::warm_up;
}

HouseholdExplanation::Silence silence_of(const Home& home, Instant now, Duration utc_offset) {
    const Inactivity& silence = home.inactivity;
    const Listening listening = anju::listening(home, now, utc_offset);
    const Rules& rules = home.household.rules;
    const auto belief = whereabouts(home, now);
    HouseholdExplanation::Silence out{.judged = judged(home, now, listening),
                                      .last_sign = home.last_sign_of_life,
                                      .since = silence.since(),
                                      .known_until = silence.told_until(),
                                      .where = belief.where,
                                      .where_known = belief.known || belief.by_door,
                                      .where_since = belief.since,
                                      .settled = !home.settling.unsettled(),
                                      .phone_told = home.told == Concern::phone,
                                      .alert_told = home.told == Concern::alert};
    if (home.last_spoke > 0 && home.last_spoke <= home.devices.size()) {
        out.last_device = home.household.devices[home.last_spoke - 1];
    }
    if (out.judged == Judged::yes || out.judged == Judged::warm_up) {
        out.half_over = out.since + silence.usual(out.since, half, listening);
        out.nearly_over = out.since + silence.usual(out.since, nearly_all, listening);
    }
    if (out.judged == Judged::yes) {
        out.score = silence.score();
        out.alert_score = silence.threshold(rules.alert_budget_milli, listening);
        if (rules.phone_budget_milli > 0) {
            out.phone_score = silence.threshold(rules.phone_budget_milli, listening);
        }
        if (out.score) out.once_in_days = silence.once_in_days(listening);
    }
    const Foresight next = foresee(home, now, utc_offset);
    out.phone_at = next.phone;
    out.alert_at = next.alert;
    if (const auto pace = only_meters(home, listening)) out.delivery = pace->lag;
    return out;
}

HouseholdExplanation::Day day_of(const Home& home, Instant now, Duration utc_offset) {
    HouseholdExplanation::Day day{.weekend = detect::local_moment(now, utc_offset).weekend,
                                  .hours = {}};
    Listening listening = anju::listening(home, now, utc_offset);
    listening.after = nullptr;
    if (!can_be_heard(listening) || home.inactivity.begun() == Instant{}) return day;
    const Inactivity& learned = home.inactivity;
    const double threshold = learned.threshold(home.household.rules.alert_budget_milli, listening);
    const auto pace = only_meters(home, listening);
    const Instant midnight = std::chrono::floor<std::chrono::days>(now + utc_offset) - utc_offset;
    for (int hour = 0; hour < 24; ++hour) {
        const Instant from = midnight + std::chrono::hours{hour};
        HouseholdExplanation::Hour row{.half_over = learned.usual(from, half, listening),
                                       .nearly_over = learned.usual(from, nearly_all, listening),
                                       .within_hour = learned.over_within(from, 1h, listening),
                                       .alert = {}};
        const Duration delay = learned.delay(from, threshold, listening);
        if (delay < Inactivity::longest) {
            row.alert = pace ? rounded_up(delay, pace->part) + pace->lag : delay;
        }
        day.hours.push_back(row);
    }
    return day;
}

std::optional<Missing> missing(const Home& home, std::size_t device) {
    const detect::DeviceSilence& silence = home.devices[device].silence;
    if (silence.last_heard() == Instant{}) return Missing::never_heard;
    if (silence.health() == DeviceHealth::stale) return Missing::stale;
    if (silence.health() == DeviceHealth::offline) return Missing::offline;
    if (silence.health() == DeviceHealth::faulty) return Missing::faulty;
    if (silence.unreachable()) return Missing::unreachable;
    if (!silence.reliable()) return Missing::not_heard_again;
    if (home.devices[device].muted.muted()) return Missing::muted;
    if (!is_trusted(home, device)) return Missing::doubted;
    return std::nullopt;
}

/// What can be heard, and what cannot.
void add_sensors(HouseholdExplanation& out, const Home& home, Instant now, Duration utc_offset) {
    const Listening listening = anju::listening(home, now, utc_offset);
    out.best_delay = best_delay(home);
    out.hour_meter_heard = listening.by_the_hour;
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const Device& device = home.household.devices[i];
        if (speaks_at_once(device)) out.heard = listening.share;
        const auto why = missing(home, i);
        if (!why) continue;
        out.missing.push_back(
            {.device = device, .why = *why, .last_heard = home.devices[i].silence.last_heard()});
    }
}

/// Beside each budget, what it would have cost so far.
void add_allowances(HouseholdExplanation& out, const Home& home, Instant now, Duration utc_offset) {
    const Listening listening = anju::listening(home, now, utc_offset);
    const auto allowance = [&](std::uint32_t milli) {
        HouseholdExplanation::Allowance some{.milli = milli, .reached = {}};
        if (milli > 0 && can_be_heard(listening)) {
            some.reached =
                home.inactivity.seen_per_month(home.inactivity.threshold(milli, listening));
        }
        return some;
    };
    out.alert = allowance(home.household.rules.alert_budget_milli);
    out.phone = allowance(home.household.rules.phone_budget_milli);
    out.home_backstop = home.household.rules.home_backstop;
    out.unknown_backstop = home.household.rules.unknown_backstop;
}

}  // namespace

std::string_view name(Judged judged) {
    static constexpr std::array<std::string_view, 7> names{
        "yes", "warm_up", "unsettled", "out", "unheard", "no_sign", "not_watched"};
    return names[static_cast<std::size_t>(judged)];
}

std::string_view name(Missing missing) {
    static constexpr std::array<std::string_view, 8> names{
        "never_heard", "not_heard_again", "stale", "offline",
        "faulty",      "unreachable",     "muted", "doubted"};
    return names[static_cast<std::size_t>(missing)];
}

HouseholdExplanation explain(const Home& home, Instant now, Duration utc_offset) {
    now = std::max(now, home.now);
    HouseholdExplanation out;
    out.household = home.household.id;
    out.residents = home.household.residents;
    out.now = now;
    out.learning = learning_of(home, now);
    out.silence = silence_of(home, now, utc_offset);
    out.day = day_of(home, now, utc_offset);
    out.routine = home.routine.view();
    add_sensors(out, home, now, utc_offset);
    add_allowances(out, home, now, utc_offset);
    return out;
}

}  // namespace anju
