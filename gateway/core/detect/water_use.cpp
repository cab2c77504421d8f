#include "core/detect/water_use.hpp"

#include <algorithm>

#include "core/detect/water_meter.hpp"

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

// What has no clock of its own is dated when it arrives, and no rhythm is kept to the second.
constexpr Duration jitter = 1min;
constexpr Duration flow_pause = 5min;
constexpr Duration half_hour = 30min;
constexpr Duration leak_pause = 50min;  // an hour, as hourly meters keep it
constexpr Duration longest_interval = 2h;
constexpr std::int64_t most_ml = 2'000'000'000;  // an hour; no pipe of a dwelling gives it

Duration local_time_of_day(Instant at, Duration utc_offset) {
    const Instant local = at + utc_offset;
    return local - std::chrono::floor<std::chrono::days>(local);
}

bool open_tap(std::int64_t ml, Duration length) {
    return ml >= WaterMeter::open_tap_mlh * length.count() / Duration{1h}.count();
}

void extend(Instant& since, std::int64_t& sum, const WaterInterval& interval) {
    if (since == Instant{}) {
        since = interval.from;
        sum = 0;
    }
    sum += interval.ml;
}

}  // namespace

void WaterFlow::observe(const WaterInterval& interval) {
    if (interval.from != until_ || interval.ml < 0) forget();
    until_ = interval.to;
    if (blind_) {
        blind_ = false;
        return;
    }
    if (interval.ml > 0) {
        use(interval);
    } else if (interval.ml == 0) {
        pause(interval);
    }
}

void WaterFlow::use(const WaterInterval& interval) {
    const Duration length = interval.to - interval.from;
    dry_since_ = Instant{};
    least_ml_ = least_ml_ == 0 ? interval.ml : std::min(least_ml_, interval.ml);

    if (length > half_hour + jitter) {
        steady_ = {};
    } else if (length > flow_pause + jitter && !open_tap(interval.ml, length)) {
        over(Form::continuous_flow);
    } else {
        extend(steady_.since, steady_.ml, interval);
    }
    if (length > longest_interval + jitter) return forget_unbroken();
    extend(unbroken_.since, unbroken_.ml, interval);
    if (intervals_ < leak_intervals) ++intervals_;
    count_hour(interval);
}

void WaterFlow::pause(const WaterInterval& interval) {
    if (dry_since_ == Instant{}) dry_since_ = interval.from;
    const Duration dry = interval.to - dry_since_;
    if (dry >= flow_pause - jitter) over(Form::continuous_flow);
    if (dry >= leak_pause) over(Form::leak);
}

void WaterFlow::count_hour(const WaterInterval& interval) {
    extend(hour_.since, hour_.ml, interval);
    const Duration length = interval.to - hour_.since;
    if (length < 1h - jitter) return;
    const std::int64_t ml = std::min(hour_.ml, most_ml) * Duration{1h}.count() / length.count();
    hours_.push_back(
        {.until = interval.to, .ml = static_cast<std::int32_t>(std::min(ml, most_ml))});
    hour_ = {.since = interval.to, .ml = 0};
    std::erase_if(hours_, [&](const Hour& h) { return h.until <= interval.to - leak_lasts; });
}

void WaterFlow::hole() {
    forget();
    blind_ = true;
}

void WaterFlow::forget() {
    steady_ = {};
    dry_since_ = Instant{};
    forget_unbroken();
}

void WaterFlow::forget_unbroken() {
    unbroken_ = {};
    intervals_ = 0;
    hour_ = {};
    hours_.clear();
}

void WaterFlow::over(Form form) {
    if (told_ == form) told_ = Form::over;
    if (form == Form::leak) return forget_unbroken();
    steady_ = {};
}

bool WaterFlow::flows(Duration utc_offset) const {
    // Two hours of daylight: what ran all night is told at eight.
    return steady_.since != Instant{} && until_ - steady_.since >= flow_lasts &&
           local_time_of_day(until_ - flow_lasts, utc_offset) >= 6h &&
           local_time_of_day(until_ - flow_lasts, utc_offset) <= 22h - flow_lasts;
}

bool WaterFlow::leaks() const {
    return unbroken_.since != Instant{} && until_ - unbroken_.since >= leak_lasts &&
           intervals_ >= leak_intervals && least_ml_ < coarse_ml;
}

std::optional<WaterFlow::Found> WaterFlow::found(Duration utc_offset) const {
    if (told_ != Form::leak && leaks() &&
        (leak_told_at_ == Instant{} || until_ >= leak_told_at_ + leak_told_every)) {
        return Found{Form::leak, unbroken_.since, until_, unbroken_.ml};
    }
    if (!told() && flows(utc_offset)) {
        return Found{Form::continuous_flow, steady_.since, until_, steady_.ml};
    }
    return std::nullopt;
}

void WaterFlow::tell(const Found& found) {
    told_ = found.form;
    if (found.form == Form::leak) leak_told_at_ = found.until;
}

bool WaterFlow::take_end() {
    if (told_ != Form::over) return false;
    told_ = Form::none;
    return true;
}

std::int64_t WaterFlow::leak_ml_per_hour(Instant now) const {
    if (!leaks() || now - until_ > longest_interval + jitter || hours_.empty()) return 0;
    return std::ranges::min(hours_, {}, &Hour::ml).ml;
}

}  // namespace anju::detect
