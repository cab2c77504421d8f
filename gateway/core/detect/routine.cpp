#include "core/detect/routine.hpp"

#include <algorithm>
#include <string_view>

namespace anju::detect {
namespace {

constexpr Duration one_day = std::chrono::days{1};
constexpr std::array<RoutineFeature, routine_feature_count> every_feature{
    RoutineFeature::wake_time, RoutineFeature::night_visits, RoutineFeature::water_per_day,
    RoutineFeature::outings};

constexpr std::size_t index(RoutineFeature feature) {
    return static_cast<std::size_t>(feature);
}

/// The begin of the local day that `at` belongs to.
Instant day_of(Instant at, Duration utc_offset) {
    const Duration moved = utc_offset - RoutineSigns::begins;
    return std::chrono::floor<std::chrono::days>(at + moved) - moved;
}

/// The first Monday 09:00 local time after `at`.
Instant next_check(Instant at, Duration utc_offset) {
    const auto today = std::chrono::floor<std::chrono::days>(at + utc_offset);
    const auto since_monday = std::chrono::weekday{today} - std::chrono::Monday;
    const Instant check = today - since_monday + std::chrono::hours{9} - utc_offset;
    return check > at ? check : check + std::chrono::weeks{1};
}

/// From the units of RoutineDay to those of the evidence. Times are told to ten minutes, the grain
/// of the signs; the other values are means of a fortnight.
std::int64_t told_value(RoutineFeature feature, double value) {
    switch (feature) {
        case RoutineFeature::wake_time:
            return static_cast<std::int64_t>(value / 10 + 0.5) * 600'000;
        case RoutineFeature::water_per_day:
            return static_cast<std::int64_t>(value * 100 + 0.5);
        case RoutineFeature::night_visits:
        case RoutineFeature::outings:
            break;
    }
    return static_cast<std::int64_t>(value * 1000 + 0.5);
}

struct Recent {
    std::array<double, Routine::recent_length> values{};
    std::size_t count = 0;
    [[nodiscard]] std::span<const double> known() const { return std::span(values).first(count); }
};

Recent recent_of(RoutineFeature feature, std::span<const RoutineDay> days) {
    Recent recent;
    for (const RoutineDay& day : days) {
        if ((day.complete & bit(feature)) == 0) continue;
        recent.values[recent.count++] = day.values[index(feature)];
    }
    return recent;
}

}  // namespace

std::string_view name(RoutineFeature feature) {
    static constexpr std::array<std::string_view, routine_feature_count> names{
        "wake_time", "night_visits", "water_per_day", "outings"};
    return names[index(feature)];
}

EvidenceUnit unit_of(RoutineFeature feature) {
    switch (feature) {
        case RoutineFeature::wake_time:
            return EvidenceUnit::time_of_day;
        case RoutineFeature::water_per_day:
            return EvidenceUnit::millilitres;
        case RoutineFeature::night_visits:
        case RoutineFeature::outings:
            break;
    }
    return EvidenceUnit::thousandths;
}

void Routine::sign(Instant at, Duration utc_offset) {
    enter(at, utc_offset);
    Duration since_begin{};
    if (RoutineSigns* signs = signs_at(at, since_begin)) signs->sign(since_begin);
}

void Routine::drawn(std::int64_t ml, Instant at, Duration utc_offset) {
    enter(at, utc_offset);
    Duration since_begin{};
    if (RoutineSigns* signs = signs_at(at, since_begin)) signs->drawn(ml);
}

void Routine::passed(Instant at, Duration utc_offset) {
    enter(at, utc_offset);
    Duration since_begin{};
    if (RoutineSigns* signs = signs_at(at, since_begin)) signs->passed(since_begin);
}

void Routine::blind(RoutineFeatures features, Instant now, Duration utc_offset) {
    if (day_ != Instant{}) {
        enter(now, utc_offset);  // the days until now were as blind as before
        if (blind_ == all_routine_features) due_ = next_check(now, utc_offset);
    }
    blind_ = features;
    today_.spoil(features);
}

void Routine::spoil(RoutineFeatures features, Instant since, Instant now, Duration utc_offset) {
    if (day_ == Instant{}) return;  // the first day is spoilt anyway
    enter(now, utc_offset);
    today_.spoil(features);
    if (since < day_) yesterday_.spoil(features);
    Instant end = day_ - one_day;
    for (RoutineDay& day : recent_) {
        if (end <= since) break;
        day.complete = static_cast<RoutineFeatures>(day.complete & ~features);
        end -= one_day;
    }
}

void Routine::forget(RoutineFeatures features) {
    today_.spoil(features);
    yesterday_.spoil(features);
    for (RoutineDay& day : recent_) {
        day.complete = static_cast<RoutineFeatures>(day.complete & ~features);
    }
    for (const RoutineFeature feature : every_feature) {
        if ((features & bit(feature)) != 0) past_[index(feature)] = RoutineNorm{};
    }
}

void Routine::clock_set(Instant now, Duration utc_offset) {
    if (day_ == Instant{}) return;
    day_ = day_of(now, utc_offset);
    due_ = next_check(now, utc_offset);
    today_.spoil(all_routine_features);
    yesterday_.spoil(all_routine_features);
}

void Routine::turn_week(Instant now, Duration utc_offset) {
    enter(now, utc_offset);
    due_ = next_check(now, utc_offset);
}

std::optional<RoutineChange> Routine::change(Instant now) const {
    if (told_ != Instant{} && now < told_ + pause) return std::nullopt;
    std::optional<RoutineChange> found;
    double most = 0;
    for (const RoutineFeature feature : every_feature) {
        const auto seen = shift(feature);
        if (!seen || seen->significance <= most || !is_change(*seen, scale_of(feature))) continue;
        most = seen->significance;
        found = {.feature = feature,
                 .recent = told_value(feature, seen->recent),
                 .usual = told_value(feature, seen->usual),
                 .since = day_ - one_day * static_cast<int>(recent_length + 1),
                 .until = day_ - one_day};
    }
    return found;
}

void Routine::told(Instant now) {
    told_ = now;
    past_ = {};
    for (auto day = recent_.rbegin(); day != recent_.rend(); ++day) learn(*day);
    recent_ = {};
}

RoutineView Routine::view() const {
    RoutineView view;
    view.day = day_;
    view.today = today_.life();
    view.yesterday = yesterday_.life();
    for (const RoutineFeature feature : every_feature) {
        const RoutineNorm& norm = past_[index(feature)];
        const Recent recent = recent_of(feature, recent_);
        RoutineView::Feature& seen = view.features[index(feature)];
        seen.usual = told_value(feature, norm.mean());
        seen.days = norm.days();
        seen.recent_days = static_cast<std::uint32_t>(recent.count);
        double sum = 0;
        for (const double value : recent.known()) sum += value;
        if (recent.count > 0) seen.recent = told_value(feature, sum / seen.recent_days);
    }
    return view;
}

void Routine::enter(Instant at, Duration utc_offset) {
    if (day_ != Instant{} && at < day_ + one_day) return;
    const Instant day = day_of(at, utc_offset);
    if (day_ == Instant{}) {
        due_ = next_check(at, utc_offset);
        today_.spoil(all_routine_features);  // it began unseen
        yesterday_.spoil(all_routine_features);
    } else {
        // After as many empty days nothing recent is left to move.
        const auto passed = std::min((day - day_) / one_day, std::int64_t{recent_length + 2});
        for (auto left = passed; left > 0; --left) close_day();
    }
    day_ = day;
}

void Routine::close_day() {
    learn(recent_.back());
    std::shift_right(recent_.begin(), recent_.end(), 1);
    recent_.front() = yesterday_.close();
    yesterday_ = today_;
    today_ = RoutineSigns(blind_);
}

void Routine::learn(const RoutineDay& day) {
    for (const RoutineFeature feature : every_feature) {
        if ((day.complete & bit(feature)) == 0) continue;
        past_[index(feature)].learn(day.values[index(feature)], scale_of(feature).grain);
    }
}

RoutineSigns* Routine::signs_at(Instant at, Duration& since_begin) {
    since_begin = at - day_;
    if (since_begin >= Duration{}) return &today_;
    since_begin += one_day;
    return since_begin >= Duration{} ? &yesterday_ : nullptr;
}

std::optional<RoutineShift> Routine::shift(RoutineFeature feature) const {
    const Recent recent = recent_of(feature, recent_);
    return compare(past_[index(feature)], recent.known(), scale_of(feature));
}

}  // namespace anju::detect
