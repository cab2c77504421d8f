// What a day in a home looked like, in four numbers that a visitor can talk about.
//
// A local day runs from 04:00 to 04:00, so that an evening belongs to the day it ends. Its signs of
// life are kept as bits of ten minutes: messages may come late, repeated and in any order (a meter
// may deliver a whole day at once), the numbers are the same.
//
//  - wake_time: the first sign that is followed by another 20 to 80 min later. A visit to the
//    bathroom leaves several signs within minutes and then none; whoever is up leaves more. An
//    hourly register is a sign that comes again after 60 min.
//  - night_visits: signs between 23:00 and 05:00; an empty ten minutes separates two visits.
//  - water_per_day: what was drawn.
//  - outings: uses of entrance doors, an empty ten minutes separates two; out and back are two.
//
// A day without a waking is no day that somebody lived here: it counts for nothing.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/model/household.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

enum class RoutineFeature : std::uint8_t { wake_time, night_visits, water_per_day, outings };
inline constexpr std::size_t routine_feature_count = 4;

/// One bit for each RoutineFeature.
using RoutineFeatures = std::uint8_t;
inline constexpr RoutineFeatures all_routine_features = 0b1111;
[[nodiscard]] constexpr RoutineFeatures bit(RoutineFeature feature) {
    return static_cast<RoutineFeatures>(1U << static_cast<unsigned>(feature));
}
/// What is not known when this device is silent, and not comparable when it is new.
[[nodiscard]] RoutineFeatures features_told_by(const Device& device);

/// A day that is over.
struct RoutineDay {
    /// By RoutineFeature: minutes since local midnight, visits, tenths of a litre, uses.
    std::array<std::uint16_t, routine_feature_count> values{};
    RoutineFeatures complete = 0;  ///< those whose value is known

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.values, self.complete);
    }
};

/// A day that goes on.
class RoutineSigns {
public:
    static constexpr Duration begins = std::chrono::hours{4};  ///< after local midnight
    static constexpr Duration slot = std::chrono::minutes{10};
    static constexpr std::size_t slots = 144;

    RoutineSigns() = default;
    explicit RoutineSigns(RoutineFeatures unknown) : unknown_(unknown) {}

    // `since_begin` in [0 h, 24 h).
    void sign(Duration since_begin) { set(life_, since_begin); }
    void passed(Duration since_begin) { set(entrance_, since_begin); }
    void drawn(std::int64_t ml) { drawn_ml_ += ml; }
    /// These will not be known of this day.
    void spoil(RoutineFeatures features) {
        unknown_ = static_cast<RoutineFeatures>(unknown_ | features);
    }

    [[nodiscard]] RoutineDay close() const;
    /// By slot: whether there was a sign of life.
    [[nodiscard]] std::array<bool, slots> life() const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.life_, self.entrance_, self.drawn_ml_, self.unknown_);
    }

private:
    using Slots = std::array<std::uint64_t, 3>;
    static_assert(slots <= std::tuple_size_v<Slots> * 64);
    static void set(Slots& of, Duration since_begin);
    [[nodiscard]] static bool is_set(const Slots& of, std::size_t slot);
    [[nodiscard]] static std::uint16_t episodes(const Slots& of, std::size_t from, std::size_t to);

    Slots life_{};
    Slots entrance_{};
    std::int64_t drawn_ml_{};
    RoutineFeatures unknown_ = 0;
};

}  // namespace anju::detect
