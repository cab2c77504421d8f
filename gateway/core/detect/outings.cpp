#include "core/detect/outings.hpp"

#include <algorithm>

namespace anju::detect {

using namespace std::chrono_literals;

namespace {

constexpr std::uint8_t most_outings = 20;
// Whoever is out at ten in the evening, or leaves after it, is out in the night; a door that is
// used between eleven and five is used at an hour at which nearly everybody sleeps.
constexpr Duration evening_ends = 22h;
constexpr Duration night_begins = 23h;
constexpr Duration night_ends = 5h;
// Several passages of one night are one.
constexpr Duration one_night = 8h;

Duration time_of_day(Instant at, Duration utc_offset) {
    const Instant local = at + utc_offset;
    return local - std::chrono::floor<std::chrono::days>(local);
}

}  // namespace

void Outings::clock_was_set(Instant last_door, Duration utc_offset) {
    if (last_door == Instant{}) return;
    const Duration time = time_of_day(last_door, utc_offset);
    const bool late = time >= evening_ends || time < night_ends;
    night_begins_ = late ? last_door : last_door + (evening_ends - time);
    by_night_ = time >= night_begins || time < night_ends;
}

void Outings::door_used(Instant at, bool leaving, Duration utc_offset) {
    clock_was_set(at, utc_offset);
    told_night_ = false;
    if (leaving) told_absence_ = false;
}

void Outings::learn(const Presence::Absence& absence) {
    if (stay_from_ != Instant{} && absence.since > stay_from_) {
        if (outings_ < most_outings) ++outings_;
        usual_stay_ += (absence.since - stay_from_ - usual_stay_) / outings_;
    }
    stay_from_ = absence.until;
    told_stay_ = false;

    Kept kept{.length = absence.until - absence.since, .until = absence.until};
    for (Kept& other : longest_) {
        if (other.until + absences_kept < absence.until) other = {};
    }
    std::ranges::stable_sort(longest_, std::ranges::greater{}, &Kept::length);
    for (Kept& other : longest_) {
        if (kept.length > other.length) std::swap(kept, other);
    }
}

void Outings::went_out(Instant at) {
    if (!by_night_ || (nights_[0] != Instant{} && at - nights_[0] < one_night)) return;
    nights_ = {at, nights_[0]};
}

Duration Outings::usual_absence(Instant now) const {
    std::array<Duration, 2> two{};
    std::size_t count = 0;
    for (const Kept& kept : longest_) {
        if (count < two.size() && kept.until + absences_kept >= now) two[count++] = kept.length;
    }
    return two[0] > journey ? two[1] : two[0];
}

std::optional<Instant> Outings::not_returned_due(const Presence::Belief& belief,
                                                 Duration warm_up) const {
    if (belief.where != Whereabouts::out || !belief.by_door || told_absence_) return std::nullopt;
    const Duration limit = std::max(least_absence, usual_absence(belief.since) * 3 / 2);
    const Instant due = std::max(belief.since + limit, night_begins_);
    // Who is out when the warm-up ends is waited for like anybody else.
    if (watched_from_ == Instant{}) return std::nullopt;
    return std::max(due, watched_from_ + warm_up);
}

std::optional<Instant> Outings::night_exit_due(const Presence& presence,
                                               const Presence::Belief& belief,
                                               Duration warm_up) const {
    if (!by_night_ || told_night_ || belief.where != Whereabouts::out || !belief.by_door ||
        presence.in_long_absence()) {
        return std::nullopt;
    }
    const Instant due = presence.last_sign() + night_silence;
    const bool habit = nights_[1] != Instant{} && due - nights_[1] < nights_kept;
    return !habit && warm(due, warm_up) ? std::optional(due) : std::nullopt;
}

std::optional<Instant> Outings::no_exit_due(const Presence& presence, Duration warm_up) const {
    if (told_stay_ || outings_ < least_outings || stay_from_ == Instant{}) return std::nullopt;
    const Instant due = stay_from_ + std::max<Duration>(least_stay, usual_stay_ * stay_times + 1ms);
    const bool alive = presence.last_sign() >= due - alive_within;
    return alive && warm(due, warm_up) ? std::optional(due) : std::nullopt;
}

}  // namespace anju::detect
