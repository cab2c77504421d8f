#include "core/detect/meter.hpp"

#include <numeric>

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t q4_ml_per_hour = 5'000'000;
constexpr Duration longest_span = std::chrono::days{400};  // keeps products far from overflow
constexpr std::uint8_t steps_wanted = 3;
constexpr std::int64_t coarsest_ml = 1'000'000;

Duration span(Duration elapsed) {
    return std::clamp<Duration>(elapsed, 0ms, longest_span);
}

std::int64_t at_rate(std::int64_t ml, Duration in, Duration elapsed) {
    return ml * span(elapsed).count() / in.count();
}

// Where registers end: 4 to 7 digits of cubic metres, 6 to 8 digits of US gallons, 6 and 7 digits
// of cubic feet, and 32 bits of pulses of 1 mL to 100 L.
constexpr std::int64_t pulses = std::int64_t{1} << 32;
constexpr std::int64_t ends[] = {
    10'000'000'000, 100'000'000'000, 1'000'000'000'000, 10'000'000'000'000, 3'785'411'784,
    37'854'117'840, 378'541'178'400, 28'316'846'592,    283'168'465'920,    pulses,
    pulses * 10,    pulses * 100,    pulses * 1'000,    pulses * 10'000,    pulses * 100'000,
};

}  // namespace

std::int64_t pipe_delivers_ml(Duration elapsed) {
    return at_rate(q4_ml_per_hour, 1h, span(elapsed) + 1h);
}

MeterRegister::Step MeterRegister::observe(std::int64_t register_ml, Instant event_time) {
    Step step;
    if (!mark_) {
        begin(register_ml, event_time);
        step.new_start = event_time;
        return step;
    }
    if (!fits(register_ml, event_time)) {
        step.doubted = true;
        if (!doubt_ || !bears_out(register_ml, event_time)) {
            doubt_ = Seen{register_ml, event_time};
            return step;
        }
        if (event_time - doubt_->at < second_opinion_after) return step;
        believe_doubted(step);
        step.doubted = !fits(register_ml, event_time);
        if (step.doubted) {
            doubt_ = Seen{register_ml, event_time};
            return step;
        }
    }
    step.drawn = take(register_ml, event_time);
    return step;
}

void MeterRegister::observe_reverse(std::int64_t register_ml) {
    const std::int64_t more = register_ml - reverse_.value_or(register_ml);
    reverse_ = register_ml;
    if (more > 0 && more <= backflow_ml) back_ = std::min(back_ + more, backflow_ml);
}

std::int64_t MeterRegister::resolution_ml() const {
    if (steps_ < steps_wanted) return 0;
    std::int64_t step = 1;
    while (step < coarsest_ml && divisor_ % (step * 10) == 0) step *= 10;
    return step;
}

std::int64_t MeterRegister::tolerance() const {
    return std::max(backflow_ml, resolution_ml());
}

std::int64_t MeterRegister::believed_at_once(Duration elapsed) const {
    return backflow_ml + at_rate(a_day_ml, 24h, elapsed) + resolution_ml();
}

bool MeterRegister::fits(std::int64_t ml, Instant at) const {
    const std::int64_t change = ml - *mark_;
    return change >= -tolerance() && change <= believed_at_once(at - known_until_);
}

bool MeterRegister::bursts(const Seen& doubt) const {
    return doubt.ml > *mark_ && doubt.ml - *mark_ <= pipe_delivers_ml(doubt.at - known_until_);
}

bool MeterRegister::bears_out(std::int64_t ml, Instant at) const {
    const std::int64_t change = ml - doubt_->ml;
    const Duration elapsed = at - doubt_->at;
    return change >= -tolerance() &&
           change <= (bursts(*doubt_) ? pipe_delivers_ml(elapsed) : believed_at_once(elapsed));
}

std::optional<std::int64_t> MeterRegister::wrapped(const Seen& doubt) const {
    if (doubt.ml > wrap_near_ml || doubt.ml >= *mark_) return std::nullopt;
    const std::int64_t step = std::max<std::int64_t>(resolution_ml(), 1);
    const std::int64_t pipe = pipe_delivers_ml(doubt.at - known_until_);
    // The last step may have been wrong, and what passes for backflow lie beyond the end.
    const std::int64_t sure = lone_step_ ? lone_step_->ml : *mark_;
    for (const std::int64_t end : ends) {
        if (end < sure - backflow_ml || end - sure > wrap_near_ml || end % step != 0) continue;
        if (end - sure + doubt.ml <= pipe) return end - *mark_ + doubt.ml;
    }
    return std::nullopt;
}

std::int64_t MeterRegister::take(std::int64_t ml, Instant at) {
    const std::int64_t change = ml - *mark_;
    const bool another = !lone_step_ || at - lone_step_->at >= second_opinion_after;
    known_until_ = at;
    doubt_.reset();
    learn(ml);
    if (another) borne_out_ = true;
    if (change < 0) runs_back_ = true;
    if (change <= 0) {
        if (another) lone_step_.reset();
        return 0;
    }
    lone_step_ = Seen{*mark_, at};
    mark_ = ml;
    const std::int64_t came_back = runs_back_ ? 0 : std::min(back_, change);
    back_ = runs_back_ ? 0 : back_ - came_back;
    return change - came_back;
}

void MeterRegister::believe_doubted(Step& step) {
    const Seen doubt = *doubt_;
    step.earlier = doubt.at;
    std::int64_t mark = doubt.ml;
    if (bursts(doubt)) {
        step.drawn_earlier = mark - *mark_;
    } else if (const auto drawn = wrapped(doubt)) {
        step.drawn_earlier = *drawn;
    } else if (mark < *mark_ && lone_step_ && mark >= lone_step_->ml - tolerance()) {
        mark = std::max(mark, lone_step_->ml);
        step.drawn_earlier = mark - *mark_;
    } else {
        return start_anew(doubt, step);
    }
    learn(doubt.ml);
    mark_ = mark;
    known_until_ = doubt.at;
    lone_step_.reset();
    doubt_.reset();
}

void MeterRegister::start_anew(const Seen& seen, Step& step) {
    step.new_start = seen.at;
    step.changed = borne_out_;
    if (step.changed) {
        ++changed_;
        changed_at_ = seen.at;
    }
    begin(seen.ml, seen.at);
}

void MeterRegister::begin(std::int64_t ml, Instant at) {
    mark_ = ml;
    known_until_ = at;
    lone_step_ = Seen{ml, at};
    doubt_.reset();
    divisor_ = ml;
    steps_ = 0;
    borne_out_ = false;
    runs_back_ = false;
    back_ = 0;
}

void MeterRegister::learn(std::int64_t ml) {
    if (divisor_ == 0 || ml % divisor_ != 0) divisor_ = std::gcd(divisor_, ml);
    if (*mark_ != ml && steps_ < steps_wanted) ++steps_;
}

}  // namespace anju::detect
