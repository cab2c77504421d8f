#include "core/detect/routine_day.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace anju::detect {
namespace {

constexpr std::size_t slot_at(std::chrono::minutes since_begin) {
    return static_cast<std::size_t>(since_begin / RoutineSigns::slot);
}
constexpr std::size_t next_sign_earliest = slot_at(std::chrono::minutes{30});  // > 20 min apart
constexpr std::size_t next_sign_latest = slot_at(std::chrono::minutes{70});    // < 80 min apart
constexpr std::size_t until_05 = slot_at(std::chrono::hours{1});
constexpr std::size_t from_23 = slot_at(std::chrono::hours{19});

}  // namespace

RoutineFeatures features_told_by(const Device& device) {
    constexpr auto life = static_cast<RoutineFeatures>(bit(RoutineFeature::wake_time) |
                                                       bit(RoutineFeature::night_visits));
    switch (device.kind) {
        case SensorKind::water_meter:
            return life | bit(RoutineFeature::water_per_day);
        case SensorKind::door:
            return device.entrance ? life | bit(RoutineFeature::outings) : life;
        case SensorKind::motion:
        case SensorKind::bed:
            return life;
        case SensorKind::smoke:
        case SensorKind::gas:
        case SensorKind::water_leak:
        case SensorKind::sos:
            break;
    }
    return 0;
}

void RoutineSigns::set(Slots& of, Duration since_begin) {
    const auto number = static_cast<std::size_t>(since_begin / slot);
    if (since_begin.count() < 0 || number >= slots) return;
    of[number / 64] |= std::uint64_t{1} << (number % 64);
}

bool RoutineSigns::is_set(const Slots& of, std::size_t slot) {
    return (of[slot / 64] >> (slot % 64) & 1U) != 0;
}

std::uint16_t RoutineSigns::episodes(const Slots& of, std::size_t from, std::size_t to) {
    std::uint16_t count = 0;
    for (std::size_t i = from; i < to; ++i) {
        if (is_set(of, i) && (i == from || !is_set(of, i - 1))) ++count;
    }
    return count;
}

std::array<bool, RoutineSigns::slots> RoutineSigns::life() const {
    std::array<bool, slots> out{};
    for (std::size_t i = 0; i < slots; ++i) out[i] = is_set(life_, i);
    return out;
}

RoutineDay RoutineSigns::close() const {
    const auto goes_on = [this](std::size_t first) {
        const std::size_t last = std::min(first + next_sign_latest, slots - 1);
        for (std::size_t i = first + next_sign_earliest; i <= last; ++i) {
            if (is_set(life_, i)) return true;
        }
        return false;
    };
    std::size_t wake = 0;
    while (wake < slots && !(is_set(life_, wake) && goes_on(wake))) ++wake;
    if (wake == slots) return {};

    constexpr std::int64_t most = std::numeric_limits<std::uint16_t>::max();
    const Duration woke = begins + slot * static_cast<std::int64_t>(wake) + slot / 2;
    const auto nights =
        static_cast<std::uint16_t>(episodes(life_, 0, until_05) + episodes(life_, from_23, slots));
    return {
        .values = {static_cast<std::uint16_t>(woke / std::chrono::minutes{1}), nights,
                   static_cast<std::uint16_t>(std::clamp<std::int64_t>(drawn_ml_ / 100, 0, most)),
                   episodes(entrance_, 0, slots)},
        .complete = static_cast<RoutineFeatures>(all_routine_features & ~unknown_)};
}

}  // namespace anju::detect
