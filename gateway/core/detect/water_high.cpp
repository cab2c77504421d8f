#include "core/detect/water_high.hpp"

#include <algorithm>

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

constexpr float unusual = 5.7F;          // deviations; see the head of the header
constexpr float least_spread = 0.1F;     // of the mean: nobody's days are more alike than that
constexpr std::uint16_t remembers = 60;  // days: shorter than a season, longer than a visit
constexpr std::int64_t lived_in_ml = 10'000;
constexpr Duration day = 24h;
constexpr Duration day_at_most = 26h;           // a meter read once a day is not read to the minute
constexpr Duration day_at_least = 21h + 36min;  // nine tenths

Instant middle(const WaterInterval& interval) {
    return interval.from + (interval.to - interval.from) / 2;
}

}  // namespace

bool WaterHigh::ends_before(const WaterInterval& interval) const {
    return ends_at_ != Instant{} && middle(interval) >= ends_at_;
}

void WaterHigh::end_day(std::size_t meters) {
    const auto n = static_cast<std::int64_t>(meters);
    if (covered_ >= day_at_least * n && covered_ <= day_at_most * n) {
        if (told_ && ml_ <= unusual_ml()) {
            told_ = false;
            ended_ = true;
        }
        learn();
    }
    begin_day(Instant{});
}

void WaterHigh::observe(const WaterInterval& interval, Duration utc_offset) {
    const Duration length = interval.to - interval.from;
    if (length > day_at_most) return;  // of which day it is nobody knows
    if (ends_at_ == Instant{}) {
        const Instant local = middle(interval) + utc_offset;
        begin_day(std::chrono::floor<std::chrono::days>(local) + day - utc_offset);
    }
    since_ = since_ == Instant{} ? interval.from : std::min(since_, interval.from);
    until_ = std::max(until_, interval.to);
    covered_ += length;
    ml_ = std::max<std::int64_t>(ml_ + interval.ml, 0);
}

std::optional<WaterHigh::Found> WaterHigh::found(std::size_t meters) const {
    if (days_ < days_wanted || told_ || ml_ <= unusual_ml() ||
        covered_ > day_at_most * static_cast<std::int64_t>(meters)) {
        return std::nullopt;
    }
    return Found{since_, until_, ml_, unusual_ml()};
}

bool WaterHigh::take_end() {
    const bool ended = ended_;
    ended_ = false;
    return ended;
}

void WaterHigh::begin_day(Instant ends_at) {
    ends_at_ = ends_at;
    since_ = until_ = Instant{};
    covered_ = Duration{};
    ml_ = 0;
}

void WaterHigh::learn() {
    if (ml_ < lived_in_ml) return;
    const auto today = static_cast<float>(ml_);
    if (days_ < remembers) ++days_;
    if (days_ == 1) {
        usual_ml_ = today;
        return;
    }
    const float weight = 1.0F / static_cast<float>(days_);
    const float above = std::min(today - usual_ml_, unusual_deviation());
    spread_ml_ += weight * (std::max(above, -above) - spread_ml_);
    usual_ml_ += weight * above;
}

float WaterHigh::unusual_deviation() const {
    return unusual * std::max(spread_ml_, least_spread * usual_ml_);
}

std::int64_t WaterHigh::unusual_ml() const {
    return std::max(least_ml, static_cast<std::int64_t>(usual_ml_ + unusual_deviation()));
}

}  // namespace anju::detect
