#include "runtime/box_reports.hpp"

#include <algorithm>

namespace anju {
namespace {

constexpr std::int32_t hot_mc = 80'000;
constexpr std::int32_t cool_again_mc = 75'000;
constexpr std::uint32_t worn_tenths = 9;
constexpr std::uint32_t spare_blocks_go = 2;

bool is_worn(const BoxStorage& storage) {
    return storage.used_tenths.value_or(0) >= worn_tenths ||
           storage.end_of_life.value_or(0) >= spare_blocks_go;
}

}  // namespace

BoxWarnings warnings_of(const BoxHealth& health, const BoxWarnings& before) {
    BoxWarnings out;
    const auto put = [&out](BoxWarning warning, bool holds) {
        if (holds) out.insert(warning);
    };
    const std::int32_t limit = before.contains(BoxWarning::hot) ? cool_again_mc : hot_mc;
    put(BoxWarning::hot, health.temperature_mc && *health.temperature_mc >= limit);
    put(BoxWarning::undervoltage, health.undervoltage);
    put(BoxWarning::storage_worn, std::ranges::any_of(health.storage, is_worn));
    put(BoxWarning::disk_low, health.space_low);
    put(BoxWarning::ballast_gone, !health.ballast);
    put(BoxWarning::read_only, health.root_read_only.value_or(false));
    put(BoxWarning::clock, health.clock == ClockState::unsynchronised);
    put(BoxWarning::home_broker, !health.home_connected);
    const std::uint32_t deaf =
        health.sensors_stale + health.sensors_offline + health.sensors_faulty;
    put(BoxWarning::no_sensor, health.sensors_ok == 0 && deaf > 0);
    return out;
}

std::optional<BoxReports::Report> BoxReports::look(const BoxHealth& health, SteadyTime now) {
    seen_ = warnings_of(health, seen_);
    settled_.look(seen_, now, [this](BoxWarning, bool) { return options_.hold; });
    std::optional<BoxCause> cause;
    // The record of updates may be unreadable for once: what was told stays told.
    const bool ended = health.update && !health.update->ended_as(update_told_);
    if (!last_) {
        cause = BoxCause::started;
    } else if (ended) {
        cause = BoxCause::update;
    } else if (settled_.now() != told_ &&
               (!last_warning_ || now - *last_warning_ >= options_.at_most_every)) {
        cause = BoxCause::warning;
        last_warning_ = now;
    } else if (now - *last_ >= options_.daily) {
        cause = BoxCause::daily;
    }
    if (!cause) return std::nullopt;
    last_ = now;
    told_ = settled_.now();
    if (health.update) update_told_ = *health.update;
    return Report{*cause, told_};
}

}  // namespace anju
