// The result of residents.explain. Durations are seconds, scores are in nats, and what is not to be
// expected or not known is null.
#include "control/render.hpp"

#include <cmath>

#include "core/model/names.hpp"

namespace anju::control {
namespace {

namespace json = boost::json;

json::string text(std::string_view text) {
    return json::string(text);
}

std::int64_t seconds(Duration length) {
    return length.count() / 1000;
}

/// To a tenth, or a hundredth: more digits would promise what was not learned.
json::value rounded(const std::optional<double>& number, double steps) {
    if (!number) return nullptr;
    return std::round(*number * steps) / steps;
}

json::object device_named(const Device& device) {
    return {{"device", device.id.value},
            {"kind", text(anju::name(device.kind))},
            {"label", device.label}};
}

json::array residents(const std::vector<Resident>& all) {
    json::array out;
    for (const Resident& one : all) {
        out.push_back(
            {{"id", one.id.value}, {"name", one.name}, {"status", text(anju::name(one.status))}});
    }
    return out;
}

json::array hours(const HouseholdExplanation::Day& day) {
    json::array out;
    for (std::size_t hour = 0; hour < day.hours.size(); ++hour) {
        const auto& row = day.hours[hour];
        out.push_back({{"hour", hour},
                       {"half_over_s", seconds(row.half_over)},
                       {"nearly_over_s", seconds(row.nearly_over)},
                       {"within_hour", rounded(row.within_hour, 100)},
                       {"alert_s", row.alert ? json::value(seconds(*row.alert)) : nullptr}});
    }
    return out;
}

json::array slots(const std::array<bool, detect::RoutineSigns::slots>& signs) {
    json::array out;
    for (const bool sign : signs) out.push_back(sign ? 1 : 0);
    return out;
}

json::array routine(const detect::RoutineView& view) {
    json::array out;
    for (std::size_t i = 0; i < view.features.size(); ++i) {
        const auto feature = static_cast<detect::RoutineFeature>(i);
        const auto& seen = view.features[i];
        const auto known = [](std::uint32_t days, std::int64_t value) {
            return days > 0 ? json::value(value) : json::value(nullptr);
        };
        out.push_back({{"feature", text(detect::name(feature))},
                       {"unit", text(anju::name(detect::unit_of(feature)))},
                       {"usual", known(seen.days, seen.usual)},
                       {"usual_days", seen.days},
                       {"recent", known(seen.recent_days, seen.recent)},
                       {"recent_days", seen.recent_days}});
    }
    return out;
}

json::object allowance(const HouseholdExplanation::Allowance& some) {
    return {{"per_month", static_cast<double>(some.milli) / 1000},
            {"reached_per_month", rounded(some.reached, 100)}};
}

}  // namespace

json::object Render::explanation(const HouseholdExplanation& what) const {
    json::array presets;
    for (const Preset preset : what.learning.presets) presets.push_back(text(anju::name(preset)));
    const auto& silence = what.silence;
    json::object now{{"judged", text(anju::name(silence.judged))},
                     {"last_sign", time(silence.last_sign)},
                     {"last_device", nullptr},
                     {"since", time(silence.since)},
                     {"known_until", time(silence.known_until)},
                     {"silent_s", seconds(silence.known_until - silence.since)},
                     {"whereabouts", text(anju::name(silence.where))},
                     {"whereabouts_known", silence.where_known},
                     {"whereabouts_since", time(silence.where_since)},
                     {"settled", silence.settled},
                     {"surprise", rounded(silence.score, 10)},
                     {"surprise_alert", rounded(silence.alert_score, 10)},
                     {"surprise_phone", rounded(silence.phone_score, 10)},
                     {"once_in_days", nullptr},
                     {"half_over", time(silence.half_over)},
                     {"nearly_over", time(silence.nearly_over)},
                     {"phone_told", silence.phone_told},
                     {"alert_told", silence.alert_told},
                     {"phone_at", time(silence.phone_at)},
                     {"alert_at", time(silence.alert_at)},
                     {"delivery_s", seconds(silence.delivery)}};
    if (silence.last_device) now["last_device"] = device_named(*silence.last_device);
    if (silence.once_in_days > 0) now["once_in_days"] = silence.once_in_days;
    json::array missing;
    for (const auto& gap : what.missing) {
        json::object one = device_named(gap.device);
        one["why"] = text(anju::name(gap.why));
        one["last_heard"] = time(gap.last_heard);
        missing.push_back(std::move(one));
    }
    json::object out{{"household", what.household.value},
                     {"residents", residents(what.residents)},
                     {"now", time(what.now)},
                     {"learning",
                      {{"first_sign", time(what.learning.first_sign)},
                       {"days", what.learning.days},
                       {"personal", what.learning.personal},
                       {"personal_from", time(what.learning.personal_from)},
                       {"presets", std::move(presets)}}},
                     {"silence", std::move(now)},
                     {"day",
                      {{"weekend", what.day.weekend},
                       {"hours", hours(what.day)},
                       {"began", time(what.routine.day)},
                       {"today", slots(what.routine.today)},
                       {"yesterday", slots(what.routine.yesterday)}}},
                     {"best_delay", nullptr},
                     {"heard_part", rounded(what.heard, 100)},
                     {"hour_meter_heard", what.hour_meter_heard},
                     {"missing", std::move(missing)},
                     {"routine", routine(what.routine)},
                     {"alerts", allowance(what.alert)},
                     {"phone_calls", allowance(what.phone)},
                     {"home_backstop_s", seconds(what.home_backstop)},
                     {"unknown_backstop_s", seconds(what.unknown_backstop)}};
    if (what.best_delay) out["best_delay"] = delay(*what.best_delay);
    return out;
}

}  // namespace anju::control
