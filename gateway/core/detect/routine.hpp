// Slow change of routine: weeks in which somebody rises later, is up at night, uses less water or
// no longer goes out. Nobody is called for it; the next visitor should ask.
//
// Days are collected as they come (routine_day.hpp). One is closed when the day after it is over,
// because a meter may deliver a whole day at once. The last 14 closed days are recent; a day that
// leaves them joins the long past (routine_norm.hpp). Once a week, Monday 09:00 local time, the two
// are compared. The fortnight then ends with Saturday's day and has each day of the week twice.
//
// Of a day on which a sensor was not heard, or the resident not watched, what that sensor tells is
// not known and does not count.
//
// At most one change is told in four weeks. With it the recent days become the whole past: what was
// told is the routine now, and the next change is judged against it when it has 28 days again.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/detect/routine_day.hpp"
#include "core/detect/routine_norm.hpp"
#include "core/model/alert.hpp"

namespace anju::detect {

/// wake_time, night_visits, water_per_day, outings: the rule of an alert.
[[nodiscard]] std::string_view name(RoutineFeature feature);
/// The unit of what is told of it.
[[nodiscard]] EvidenceUnit unit_of(RoutineFeature feature);

struct RoutineChange {
    RoutineFeature feature{};
    std::int64_t recent{};  ///< in unit_of(feature)
    std::int64_t usual{};
    Instant since{};  ///< the recent days begin
    Instant until{};  ///< and end
};

/// What is known, for whoever asks. Values in unit_of() of each feature.
struct RoutineView {
    struct Feature {
        std::int64_t usual{};
        std::int64_t recent{};
        std::uint32_t days{};         ///< of the long past; 0: `usual` is not known
        std::uint32_t recent_days{};  ///< of the last 14; 0: `recent` is not known
    };
    std::array<Feature, routine_feature_count> features;  ///< by RoutineFeature
    Instant day{};  ///< the day that goes on began, 04:00 local time; epoch 0: none yet
    std::array<bool, RoutineSigns::slots> today{};  ///< signs of life, by ten minutes
    std::array<bool, RoutineSigns::slots> yesterday{};
};

class Routine {
public:
    static constexpr std::size_t recent_length = 14;
    static constexpr Duration pause = std::chrono::weeks{4};

    // `utc_offset` is that of local time. `at` may be older than what came before; what belongs to
    // a closed day is not counted any more.

    void sign(Instant at, Duration utc_offset);
    void drawn(std::int64_t ml, Instant at, Duration utc_offset);
    /// An entrance door was used.
    void passed(Instant at, Duration utc_offset);

    /// From now on these are not known: no device tells them, one that does is silent, or nobody
    /// watches. While nothing is known nothing is due.
    void blind(RoutineFeatures features, Instant now, Duration utc_offset);
    /// From `since` until now these were not known.
    void spoil(RoutineFeatures features, Instant since, Instant now, Duration utc_offset);
    /// Nothing was heard from `since` until now. What is shorter than the grain of the signs
    /// changes no value: a program that is restarted in seconds costs no day.
    void unheard(Instant since, Instant now, Duration utc_offset) {
        if (now - since >= RoutineSigns::slot) spoil(all_routine_features, since, now, utc_offset);
    }
    /// Other sensors, or another resident: what was learned of these is not comparable.
    void forget(RoutineFeatures features);
    /// The clock was set, and instants moved: no open day has a known length.
    void clock_set(Instant now, Duration utc_offset);

    /// When to compare next; nullopt before the first sign of life.
    [[nodiscard]] std::optional<Instant> due() const {
        if (due_ == Instant{} || blind_ == all_routine_features) return std::nullopt;
        return due_;
    }
    /// Closes the days that are over and sets the next due time.
    void turn_week(Instant now, Duration utc_offset);
    /// The most significant change, unless one was told within `pause`.
    [[nodiscard]] std::optional<RoutineChange> change(Instant now) const;
    /// The change was told: the recent days become the past.
    void told(Instant now);

    [[nodiscard]] RoutineView view() const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.day_, self.due_, self.told_, self.blind_, self.today_, self.yesterday_,
                self.recent_, self.past_);
    }

private:
    void enter(Instant at, Duration utc_offset);
    void close_day();
    void learn(const RoutineDay& day);
    [[nodiscard]] RoutineSigns* signs_at(Instant at, Duration& since_begin);
    [[nodiscard]] std::optional<RoutineShift> shift(RoutineFeature feature) const;

    Instant day_{};   // today_ began; epoch 0: nothing known yet
    Instant due_{};   // epoch 0 with day_
    Instant told_{};  // epoch 0: never
    RoutineFeatures blind_ = 0;
    RoutineSigns today_;
    RoutineSigns yesterday_;
    std::array<RoutineDay, recent_length> recent_;  // newest first, one for each calendar day
    std::array<RoutineNorm, routine_feature_count> past_;
};

}  // namespace anju::detect
