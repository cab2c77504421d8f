#include "core/detect/inactivity.hpp"

#include <algorithm>

#include "core/detect/arithmetic.hpp"

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

constexpr Duration day = 24h;
constexpr std::size_t most_parts = 64;
// What is reached after fifty hours of certainty; keeps R within a float.
constexpr double most_odds = 1e30;
// An answer is awaited for so long at most.
constexpr double longest_wait = 14;
// Below this a score is not worked out: no budget is as generous.
constexpr double least_score = 1;
constexpr Duration book_every = 6h;

double hours_in(Duration length) {
    return static_cast<double>(length.count()) / static_cast<double>(Duration{1h}.count());
}

LocalMoment middle(Instant from, Instant to, Duration utc_offset) {
    return local_moment(from + (to - from) / 2, utc_offset);
}

Instant next_round(Instant after) {
    const Duration since_epoch = after.time_since_epoch();
    return Instant{(since_epoch / Inactivity::every + 1) * Inactivity::every};
}

}  // namespace

std::optional<std::size_t> LastHeard::place(Duration elapsed, const LocalMoment& when) {
    constexpr std::array<Duration, 5> begins{15min, 30min, 60min, 120min, 240min};
    if (elapsed < begins[0]) return std::nullopt;
    std::size_t lapse = 0;
    while (lapse + 1 < begins.size() && elapsed >= begins[lapse + 1]) ++lapse;
    const bool night = when.clock < 7h || when.clock >= 22h;
    return lapse * 2 + (night ? 0 : 1);
}

double LastHeard::factor(Duration elapsed, const LocalMoment& when) const {
    constexpr double trust = 5;  // expected signs; a sensor that speaks seldom is like the others
    const auto at = place(elapsed, when);
    if (!at) return 1;
    return (double{ended_[*at]} + trust) / (double{expected_[*at]} + trust);
}

void LastHeard::learn(Duration elapsed, const LocalMoment& when, double expected, bool ended) {
    const auto at = place(elapsed, when);
    if (!at) return;
    expected_[*at] += static_cast<float>(expected);
    if (ended) ended_[*at] += 1;
}

void LastHeard::fade(double days) {
    const double half = static_cast<double>(Rhythm::half_life / day);
    const auto factor = static_cast<float>(exponential(-arithmetic::ln2 * days / half));
    for (float& x : expected_) x *= factor;
    for (float& x : ended_) x *= factor;
}

/// R, as it grows.
struct Inactivity::Odds {
    double value{};

    /// `hours` passed with so much surprise; an incident may have begun in them.
    void grow(double length, double surprise) {
        const double factor = exponential(surprise);
        const double since = surprise > 1e-9 ? (factor - 1) / surprise : 1;
        value = std::min(value * factor + length * since, most_odds);
    }
    /// The same time, told by another sensor too.
    void confirm(double surprise) { value = std::min(value * exponential(surprise), most_odds); }
};

bool Inactivity::sign(Instant at, bool for_the_hour, const Listening& listening, LastHeard* after) {
    if (since_ != Instant{} && at <= since_) return false;
    if (since_ == Instant{}) {
        if (begun_ == Instant{}) begun_ = faded_at_ = at;
    } else {
        if (whole_ && listening.counts) learn(at, for_the_hour, listening, after);
        book(at);
    }
    begin(at);
    return true;
}

void Inactivity::book(Instant until) {
    // Budgets are of months of the calendar: one in which the person is out is one without alerts.
    unbooked_ += until - since_;
    if (unbooked_ < book_every) return;
    budget_.listened(unbooked_);
    unbooked_ = Duration{};
}

void Inactivity::begin(Instant at) {
    since_ = told_until_ = at;
    hour_from_ = Instant{};
    parts_.clear();
    odds_ = peak_ = scored_ = 0;
    quiet_before_ = Duration{};
    whole_ = true;
}

void Inactivity::restart(Instant now, bool listened) {
    if (since_ == Instant{} || now <= since_) return;
    const Duration quiet = listened ? Duration{} : silent();
    if (listened) book(now);
    begin(now);
    quiet_before_ = quiet;
    whole_ = false;
}

void Inactivity::unheard(Instant from, Instant now, const Listening& listening) {
    if (since_ == Instant{} || now <= since_) return;
    if (now - from >= (listening.by_the_hour ? hole : brief)) return restart(now, false);
    if (listening.share <= 0) return;  // the register of a meter counts on, whoever listens
    whole_ = false;
    told_until_ = std::max(told_until_, now);
}

void Inactivity::unmetered(Instant at) {
    if (since_ != Instant{} && at > since_) hour_from_ = std::max(hour_from_, at);
}

void Inactivity::learn(Instant at, bool for_the_hour, const Listening& listening,
                       LastHeard* after) {
    const Instant end = std::min(at, since_ + longest);
    if (listening.share > 0) {
        for (Instant from = since_; from < end;) {
            const Instant to = std::min(next_round(from), end);
            const Duration elapsed = from + (to - from) / 2 - since_;
            const LocalMoment when = middle(from, to, listening.utc_offset);
            const bool ended = to == at && !for_the_hour;
            if (after != nullptr && elapsed >= 15min) {
                const double expected = moments_.rate(elapsed, when) * hours_in(to - from);
                after->learn(elapsed, when, expected * listening.share, ended);
            }
            moments_.learn(elapsed, when, to - from, ended, listening.share);
            from = to;
        }
    }
    for (const Part& part : parts_) {
        if (part.to > at) break;  // the sign is told late
        hours_.learn(part.from - since_, middle(part.from, part.to, listening.utc_offset),
                     part.to - part.from, false);
    }
    if (for_the_hour && parts_.size() < most_parts) {
        const Instant from = hour_from_ != Instant{} ? hour_from_ : since_;
        // Beside sensors that speak at the moment most of its hour may lie before the last sign.
        const bool of_this_silence = listening.share <= 0 || at - from >= hour_at_least;
        if (at > from && at - from <= hole && of_this_silence) {
            hours_.learn(from - since_, middle(from, at, listening.utc_offset), at - from, true);
        }
    }
    budget_.harmless(double{peak_});
}

void Inactivity::dry(Instant from, Instant to, const Listening& listening) {
    if (since_ == Instant{} || to <= since_) return;
    from = std::max({from, since_, hour_from_});
    if (to <= from) return;  // told already, by another meter
    if (!listening.counts) {
        whole_ = false;
        hour_from_ = to;
        if (listening.share > 0) return;
        told_until_ = to;
        scored_ = 0;
        return;
    }
    if (to - from > hole) {
        hour_from_ = to;
        if (listening.share <= 0) told_until_ = to;
        return;
    }
    if (hour_from_ == Instant{}) hour_from_ = from;
    if (to - hour_from_ < hour_at_least) return;
    Odds odds{double{odds_}};
    const double surprise = hour_surprise(since_, hour_from_, to, listening);
    if (listening.share > 0) {
        odds.confirm(surprise);
    } else {
        odds.grow(hours_in(to - hour_from_), surprise);
        told_until_ = to;
    }
    odds_ = static_cast<float>(odds.value);
    if (parts_.size() < most_parts) parts_.push_back({hour_from_, to});
    hour_from_ = to;
    if (listening.share <= 0) look(to, listening);
}

void Inactivity::tick(Instant now, const Listening& listening) {
    if (since_ == Instant{} || now <= told_until_) return;
    if (!listening.counts || listening.share <= 0) {
        whole_ = false;
        told_until_ = now;
        scored_ = 0;
        return;
    }
    Odds odds{double{odds_}};
    for (Instant from = told_until_; from < now;) {
        const Instant to = std::min(next_round(from), now);
        odds.grow(hours_in(to - from), moment_surprise(since_, from, to, listening));
        from = to;
    }
    odds_ = static_cast<float>(odds.value);
    told_until_ = now;
    look(now, listening);
}

std::optional<Instant> Inactivity::next_tick() const {
    if (since_ == Instant{} || told_until_ >= since_ + longest) return std::nullopt;
    return next_round(std::max(told_until_, since_ + shortest));
}

void Inactivity::look(Instant now, const Listening& listening) {
    scored_ = static_cast<float>(score_of(double{odds_}, since_, now, listening));
    peak_ = std::max(peak_, scored_);
}

std::optional<double> Inactivity::score() const {
    if (scored_ <= 0) return std::nullopt;
    return double{scored_};
}

double Inactivity::threshold(std::uint32_t budget_milli, const Listening& listening) const {
    return budget_.threshold(static_cast<double>(budget_milli) / 1000,
                             listening.share > 0 ? moments_tail : hours_tail);
}

double Inactivity::per_month(double score, const Listening& listening) const {
    return budget_.per_month(score, listening.share > 0 ? moments_tail : hours_tail);
}

std::int64_t Inactivity::once_in_days(const Listening& listening) const {
    constexpr double days_in_month = 30.44;
    const double often = per_month(double{scored_}, listening);
    return static_cast<std::int64_t>(
        std::clamp(days_in_month / std::max(often, 1e-3) + 0.5, 1.0, 3650.0));
}

double Inactivity::moment_surprise(Instant since, Instant from, Instant to,
                                   const Listening& listening) const {
    const LocalMoment when = middle(from, to, listening.utc_offset);
    const double factor = listening.after == nullptr
                              ? 1
                              : listening.after->factor(from + (to - from) / 2 - since, when);
    return moments_.surprise(from - since, when, to - from) * factor * listening.share;
}

double Inactivity::hour_surprise(Instant since, Instant from, Instant to,
                                 const Listening& listening) const {
    return hours_.surprise(from - since, middle(from, to, listening.utc_offset), to - from);
}

double Inactivity::score_of(double odds, Instant since, Instant now,
                            const Listening& listening) const {
    if (now - since < shortest) return 0;
    const double log_odds = logarithm(odds);
    if (log_odds + logarithm(longest_wait) < least_score) return 0;
    return std::max(0.0, log_odds + logarithm(hours_to_wait(since, now, listening)));
}

double Inactivity::hours_to_wait(Instant since, Instant now, const Listening& listening) const {
    double surprise = 0;
    double best = longest_wait;
    Instant from = now;
    while (true) {
        const bool soon = from - now < 2h;
        const Duration part = listening.share <= 0 ? Duration{1h} : soon ? Duration{15min} : 30min;
        if (from + part - now > Duration{14h}) return best;
        if (listening.share > 0) surprise += moment_surprise(since, from, from + part, listening);
        if (listening.by_the_hour) surprise += hour_surprise(since, from, from + part, listening);
        from += part;
        const double waited = hours_in(from - now);
        best = std::min(best, waited / (1 - exponential(-surprise - 1e-9)));
        if (waited > best) return best;  // whatever comes, it takes longer
    }
}

Duration Inactivity::usual(Instant from, double quantile, const Listening& listening) const {
    const double enough = -logarithm(1 - quantile);
    const Duration part = listening.share > 0 ? every : Duration{1h};
    double surprise = 0;
    for (Instant at = from; at < from + longest; at += part) {
        if (listening.share > 0) surprise += moment_surprise(from, at, at + part, listening);
        if (listening.by_the_hour) surprise += hour_surprise(from, at, at + part, listening);
        if (surprise >= enough) return at + part - from;
    }
    return longest;
}

double Inactivity::over_within(Instant from, Duration length, const Listening& listening) const {
    const Duration part = listening.share > 0 ? every : Duration{1h};
    double surprise = 0;
    for (Instant at = from; at < from + length; at += part) {
        if (listening.share > 0) surprise += moment_surprise(from, at, at + part, listening);
        if (listening.by_the_hour) surprise += hour_surprise(from, at, at + part, listening);
    }
    return 1 - exponential(-surprise);
}

Duration Inactivity::delay(Instant from, double threshold, const Listening& listening) const {
    const Duration part = listening.share > 0 ? every : Duration{1h};
    Odds odds;
    for (Instant at = from; at < from + longest; at += part) {
        double surprise = 0;
        if (listening.share > 0) surprise += moment_surprise(from, at, at + part, listening);
        if (listening.by_the_hour) surprise += hour_surprise(from, at, at + part, listening);
        odds.grow(hours_in(part), surprise);
        // The wait is what takes long to work out.
        if (logarithm(odds.value) + logarithm(longest_wait) < threshold) continue;
        if (score_of(odds.value, from, at + part, listening) >= threshold) return at + part - from;
    }
    return longest;
}

double Inactivity::fade(Instant now) {
    if (begun_ == Instant{} || now < faded_at_ + day) return 0;
    const auto days = (now - faded_at_) / day;
    faded_at_ += days * day;
    const auto passed = static_cast<double>(days);
    moments_.fade(passed);
    hours_.fade(passed);
    budget_.fade(passed);
    return passed;
}

}  // namespace anju::detect
