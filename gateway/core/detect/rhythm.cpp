#include "core/detect/rhythm.hpp"

#include <algorithm>
#include <array>

#include "core/detect/arithmetic.hpp"

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

// What is usual, before a home has been listened to. Rounded from what one-person homes with
// motion sensors and with hourly meters have in common: at night little, after getting up most; a
// silence that has lasted half an hour is as likely to end in its fourth hour as in its first; one
// that has lasted longer than people sleep is overdue. Of water the longer nothing was drawn the
// less likely it becomes that somebody is there to draw it.
constexpr std::array<std::int16_t, 20> moment_lapses{
    5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 420, 480, 540, 600, 720, 900};
constexpr std::array<float, 24> moment_hour{0.5F, 0.35F, 0.3F, 0.3F, 0.35F, 0.5F, 0.8F, 1.4F,
                                            2.2F, 2.4F,  2.5F, 2.3F, 2.3F,  1.6F, 1.2F, 1.1F,
                                            1.1F, 1.2F,  1.3F, 1.5F, 1.6F,  1.2F, 0.8F, 0.65F};
constexpr std::array<float, 21> moment_lapse{21,    3.7F,  2.2F, 1.55F, 1.4F, 1.2F, 1.05F,
                                             1.05F, 1.05F, 1,    1,     1,    1.1F, 1.5F,
                                             1.7F,  1.9F,  2.1F, 2.3F,  2.6F, 3,    3.5F};

constexpr std::array<std::int16_t, 14> hour_lapses{30,  90,  150, 210, 270, 330,  390,
                                                   450, 510, 630, 750, 870, 1050, 1470};
constexpr std::array<float, 24> hour_hour{0.18F, 0.10F, 0.06F, 0.05F, 0.05F, 0.07F, 0.13F, 0.25F,
                                          0.35F, 0.36F, 0.33F, 0.32F, 0.34F, 0.36F, 0.34F, 0.28F,
                                          0.26F, 0.27F, 0.30F, 0.33F, 0.36F, 0.38F, 0.36F, 0.28F};
constexpr std::array<float, 15> hour_lapse{1.4F, 1.2F,  1.05F, 1,     0.95F, 0.9F,  0.9F, 0.9F,
                                           0.9F, 0.85F, 0.8F,  0.75F, 0.55F, 0.37F, 0.22F};

// Weights of the lapses beside a cell.
constexpr std::array<double, 3> near_lapses{1, 0.6, 0.25};
constexpr std::array<double, 2> close_lapses{1, 0.5};
constexpr std::array<double, 1> this_lapse{1};

// The longest part of a silence that counts at once: a meter that told late told of one hour.
constexpr Duration longest_part = 90min;
constexpr Duration shortest_word = 45min;

double hours_in(Duration length) {
    return static_cast<double>(length.count()) / static_cast<double>(Duration{1h}.count());
}

/// Of 24 on a working day and 24 on another.
std::size_t hour_of(const LocalMoment& when) {
    const auto hour = std::clamp<std::int64_t>(when.clock / Duration{1h}, 0, 23);
    return static_cast<std::size_t>(hour) + (when.weekend ? 24 : 0);
}

/// Bell-shaped weights by distance in slots, down to a twentieth.
struct Bell {
    explicit constexpr Bell(double spread) {
        for (std::size_t d = 0; d < weight.size(); ++d) {
            const double z = static_cast<double>(d) / spread;
            weight[d] = exponential(-0.5 * z * z);
            if (weight[d] < 0.05) break;
            reach = d;
        }
    }
    std::array<double, 8> weight{};
    std::size_t reach{};
};

/// For the three questions about counts.
constexpr std::array<Bell, 3> moment_bells{Bell{2}, Bell{2.45}, Bell{1.2}};
constexpr std::array<Bell, 3> hour_bells{Bell{1}, Bell{1.2}, Bell{0.75}};

std::span<const Bell> bells_of(bool by_the_hour) {
    return by_the_hour ? hour_bells : moment_bells;
}

}  // namespace

constexpr RhythmForm moments{.lapses = moment_lapses,
                             .slots = 48,
                             .first_told = 3,
                             .by_the_hour = false,
                             .usual_hour = moment_hour,
                             .usual_lapse = moment_lapse,
                             .trust_hour = 3,
                             .trust_lapse = 4,
                             .trust_cell = 6,
                             .trust_day = 20,
                             .least = 0.02,
                             .most = 36};  // 95 % within five minutes

constexpr RhythmForm hours{.lapses = hour_lapses,
                           .slots = 24,
                           .first_told = 1,
                           .by_the_hour = true,
                           .usual_hour = hour_hour,
                           .usual_lapse = hour_lapse,
                           .trust_hour = 4,
                           .trust_lapse = 1,
                           .trust_cell = 2,
                           .trust_day = 20,
                           .least = 0.002,
                           .most = 0.85};

LocalMoment local_moment(Instant at, Duration utc_offset) {
    const Instant local = at + utc_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::weekday weekday{day};
    return {.clock = local - day,
            .weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday};
}

struct Rhythm::Window {
    std::size_t first{};  // lapse
    std::size_t middle{};
    std::span<const double> weights;  // by distance from `middle`; empty: all alike, to the end
    const Bell& bell;
};

std::size_t Rhythm::cells() const {
    return (form_->lapses.size() + 1) * form_->slots;
}

std::size_t Rhythm::lapse_of(Duration elapsed) const {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(elapsed).count();
    const auto found = std::ranges::upper_bound(form_->lapses, minutes);
    return static_cast<std::size_t>(found - form_->lapses.begin());
}

std::size_t Rhythm::slot_of(Duration clock) const {
    const auto slots = static_cast<std::int64_t>(form_->slots);
    const auto part = clock.count() * slots / Duration{24h}.count();
    return static_cast<std::size_t>(std::clamp<std::int64_t>(part, 0, slots - 1));
}

double Rhythm::usual(std::size_t lapse, std::size_t slot) const {
    return double{form_->usual_hour[slot * 24 / form_->slots]} * double{form_->usual_lapse[lapse]};
}

void Rhythm::learn(Duration elapsed, const LocalMoment& when, Duration length, bool ended,
                   double share) {
    if (empty()) {
        exposed_.assign(cells(), 0);
        ended_.assign(cells(), 0);
    }
    const std::size_t lapse = lapse_of(elapsed);
    const std::size_t slot = slot_of(when.clock);
    // What is told by the hour is counted by the hour: it is a chance, not a rate.
    const double weight = (form_->by_the_hour ? 1 : hours_in(length)) * share;
    if (lapse >= form_->first_told) {
        const std::size_t hour = hour_of(when);
        day_expected_[hour] += static_cast<float>(any_day(lapse, slot) * weight);
        if (ended) day_ended_[hour] += 1;
    }
    exposed_[lapse * form_->slots + slot] += static_cast<float>(weight);
    if (ended) ended_[lapse * form_->slots + slot] += 1;
    learned_of(slot);
}

Rhythm::Sum Rhythm::within(const Window& window, std::size_t slot) const {
    const std::size_t lapses = form_->lapses.size() + 1;
    const std::size_t reach = window.weights.empty() ? lapses : window.weights.size() - 1;
    const std::size_t last = std::min(lapses - 1, window.middle + reach);
    Sum sum;
    for (std::size_t lapse = window.first; lapse <= last; ++lapse) {
        const std::size_t away =
            lapse > window.middle ? lapse - window.middle : window.middle - lapse;
        const double weight = window.weights.empty() ? 1 : window.weights[away];
        double ended = 0;
        double expected = 0;
        const auto add = [&](std::size_t where, double bell) {
            const std::size_t cell = lapse * form_->slots + where;
            ended += bell * double{ended_[cell]};
            expected += bell * double{exposed_[cell]} *
                        double{form_->usual_hour[where * 24 / form_->slots]};
        };
        add(slot, 1);
        for (std::size_t d = 1; d <= window.bell.reach; ++d) {
            add((slot + d) % form_->slots, window.bell.weight[d]);
            add((slot + form_->slots - d) % form_->slots, window.bell.weight[d]);
        }
        sum.ended += weight * ended;
        sum.expected += weight * expected * double{form_->usual_lapse[lapse]};
    }
    return sum;
}

double Rhythm::any_day(std::size_t lapse, std::size_t slot) const {
    if (empty()) return usual(lapse, slot);
    if (kept_.of.empty()) {
        kept_.rates.resize(2 * form_->slots);
        kept_.of.resize(2 * form_->slots);
    }
    const std::size_t place = 2 * slot + lapse % 2;
    const auto of = static_cast<std::uint8_t>(lapse + 1);
    if (kept_.of[place] != of) {
        kept_.rates[place] = work_out(lapse, slot);
        kept_.of[place] = of;
    }
    return kept_.rates[place];
}

Rhythm::Sum Rhythm::of_the_hour(std::size_t slot) const {
    if (kept_.has.empty()) {
        kept_.hours.resize(form_->slots);
        kept_.has.resize(form_->slots);
    }
    if (kept_.has[slot] == 0) {
        kept_.hours[slot] = within(
            {form_->first_told, form_->first_told, {}, bells_of(form_->by_the_hour)[0]}, slot);
        kept_.has[slot] = 1;
    }
    return kept_.hours[slot];
}

void Rhythm::learned_of(std::size_t slot) {
    if (kept_.of.empty()) return;
    std::size_t reach = 0;
    for (const Bell& bell : bells_of(form_->by_the_hour)) reach = std::max(reach, bell.reach);
    for (std::size_t d = 0; d <= 2 * reach; ++d) {
        const std::size_t near = (slot + form_->slots - reach + d) % form_->slots;
        kept_.of[2 * near] = kept_.of[2 * near + 1] = 0;
        if (!kept_.has.empty()) kept_.has[near] = 0;
    }
}

double Rhythm::work_out(std::size_t lapse, std::size_t slot) const {
    const std::span<const Bell> bells = bells_of(form_->by_the_hour);
    // Told by the hour, the hour of the sign itself is like no later one.
    const bool alone = form_->by_the_hour && lapse == 0;
    const auto near = [&](std::span<const double> weights, const Bell& bell) {
        if (alone) weights = this_lapse;
        const std::size_t reach = weights.size() - 1;
        return within({lapse > reach ? lapse - reach : 0, lapse, weights, bell}, slot);
    };
    double ratio = of_the_hour(slot).ratio(form_->trust_hour, 1);
    ratio *= near(near_lapses, bells[1]).ratio(form_->trust_lapse, ratio);
    ratio *= near(close_lapses, bells[2]).ratio(form_->trust_cell, ratio);
    return usual(lapse, slot) * ratio;
}

double Rhythm::day_ratio(const LocalMoment& when) const {
    const std::size_t hour = hour_of(when);
    const std::size_t first = hour - hour % 24;
    double ended = form_->trust_day;
    double expected = form_->trust_day;
    const auto add = [&](std::size_t from, double weight) {
        ended += weight * double{day_ended_[from]};
        expected += weight * double{day_expected_[from]};
    };
    add(hour, 1);
    add(first + (hour + 1) % 24, 0.5);
    add(first + (hour + 23) % 24, 0.5);
    return ended / expected;
}

double Rhythm::rate(Duration elapsed, const LocalMoment& when) const {
    const double rate = any_day(lapse_of(elapsed), slot_of(when.clock)) * day_ratio(when);
    return std::clamp(rate, form_->least, form_->most);
}

double Rhythm::surprise(Duration elapsed, const LocalMoment& when, Duration length) const {
    const double part = hours_in(std::min(length, longest_part));
    if (!form_->by_the_hour) return rate(elapsed + length / 2, when) * part;
    // The chance was counted a word at a time: three quarters of an hour are one word too.
    const double words = length >= shortest_word ? std::max(part, 1.0) : part;
    return -logarithm(1 - rate(elapsed, when)) * words;
}

void Rhythm::fade(double days) {
    const double half = static_cast<double>(half_life / Duration{24h});
    const auto factor = static_cast<float>(exponential(-arithmetic::ln2 * days / half));
    for (float& cell : exposed_) cell *= factor;
    for (float& cell : ended_) cell *= factor;
    for (float& hour : day_expected_) hour *= factor;
    for (float& hour : day_ended_) hour *= factor;
    kept_ = {};
}

double Rhythm::hours_counted() const {
    double sum = 0;
    for (const float cell : exposed_) sum += double{cell};
    return sum;
}

}  // namespace anju::detect
