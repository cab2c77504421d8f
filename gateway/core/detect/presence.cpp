#include "core/detect/presence.hpp"

#include <algorithm>

namespace anju::detect {
namespace {

// A mean over about the last 20; a distance of a journey counts as two days, or one journey would
// make a contact that dies after it look alive for a month.
constexpr std::uint8_t most_passages = 20;
constexpr std::uint8_t least_passages = 10;
constexpr Duration longest_distance = std::chrono::hours{48};

}  // namespace

Presence::Learned Presence::take(const Sign& sign, Cover cover) {
    Learned learned;
    if (!sign.door && sign.at - sign.uncertain <= last_door_ + passage_tail &&
        sign.uncertain > Duration{}) {
        return learned;  // before or after the passage, nobody knows
    }
    if (sign.at <= last_sign_) {
        // What came late is from before the last sign, which says more. Only a passage just before
        // it changes what that sign means.
        if (sign.door) last_door_ = std::max(last_door_, sign.at);
        return learned;
    }
    const Duration quiet = sign.at - last_sign_;
    const bool seen = !blind() && cover.doors && !contact_is_dead();
    Belief before;
    if (asks_cover(sign)) before = belief(sign.at, cover);
    if (seen && quiet > settled_after) {
        learned.silence = {.speaker = speaker_,
                           .interior = interior_,
                           .length = quiet,
                           .followed = at_passage() && settled_ != Whereabouts::out && !long_,
                           .at_door = sign.door,
                           .outing = before.where == Whereabouts::out && sign.door};
    }
    if (before.where == Whereabouts::out && before.by_door &&
        sign.at - before.since > long_absence) {
        long_ = true;
    }
    sign.door ? passage(sign, before, seen, learned) : inside(sign, learned);
    last_sign_ = sign.at;
    speaker_ = sign.device;
    return learned;
}

void Presence::passage(const Sign& sign, const Belief& before, bool seen, Learned& learned) {
    if (last_door_ == Instant{} || sign.at - last_door_ >= one_passage) {
        if (seen && passage_from_ != Instant{}) {
            const Duration distance = std::min(sign.at - passage_from_, longest_distance);
            if (passages_ < most_passages) ++passages_;
            passage_distance_ += (distance - passage_distance_) / passages_;
        }
        const Duration quiet = sign.at - last_sign_;
        if (seen && quiet > least_outing && before.where == Whereabouts::out && before.by_door &&
            !long_) {
            learned.absence = {before.since, sign.at};
        }
        if (blind()) {
            settled_ = Whereabouts::unknown;
            since_ = sign.at;
        } else if (quiet > settled_after) {
            if (settled_ != before.where) since_ = before.since;
            settled_ = before.where;
        }
        passage_from_ = sign.at;
    }
    last_door_ = sign.at;
}

void Presence::inside(const Sign& sign, Learned& learned) {
    interior_ = sign.device;
    if (last_door_ != Instant{} && sign.at - last_door_ <= passage_tail) return;
    if (settled_ == Whereabouts::out && sign.at - last_sign_ <= settled_after) {
        // Came home with the passage before.
        if (long_) learned.absence = {since_, passage_from_};
        since_ = passage_from_;
    } else if (settled_ != Whereabouts::home || long_) {
        since_ = sign.at;
    }
    // Else: presumed out, and now heard inside without a passage: was at home all the time.
    settled_ = Whereabouts::home;
    long_ = false;
}

void Presence::speaker_is(bool leaves, bool may_leave) {
    leaves_ = leaves;
    may_leave_ = may_leave;
}

void Presence::lost(Instant at) {
    settled_ = Whereabouts::unknown;
    since_ = at;
    long_ = false;
    lost_until_ = std::max(lost_until_, at);
}

bool Presence::contact_is_dead() const {
    if (passages_ < least_passages) return false;
    return last_sign_ - last_door_ > std::max(dead_after, dead_times * passage_distance_);
}

Presence::Belief Presence::belief(Instant now, Cover cover) const {
    using enum Whereabouts;
    if (blind()) return {.where = unknown, .since = since_};
    if (!cover.doors || contact_is_dead()) {
        const Duration quiet = now - last_sign_;
        const bool out = may_leave_ && cover.interior && quiet > doorless_after &&
                         quiet <= doorless_until && speaker_ == interior_;
        return {.where = out ? Whereabouts::out : unknown, .since = last_sign_};
    }
    if (!at_passage()) {
        // A contact that was never used may have been mounted where it cannot hear anything.
        return {.where = home, .known = last_door_ != Instant{}, .since = since_};
    }
    if (!cover.interior) return {.where = unknown, .since = passage_from_};
    if (long_) return {.where = Whereabouts::out, .by_door = true, .since = since_};
    if (settled_ == Whereabouts::out) return {.where = home, .known = true, .since = passage_from_};
    if (settled_ == unknown) return {.where = unknown, .since = passage_from_};
    if (leaves_) return {.where = Whereabouts::out, .by_door = true, .since = last_sign_};
    return {.where = home, .since = since_};
}

Presence::Belief Presence::where(Instant now, Cover cover) const {
    Belief belief = this->belief(now, cover);
    if (now - last_sign_ > settled_after || long_ || blind()) {
        return belief;
    }
    if (belief.where == Whereabouts::out) return {.since = passage_from_};
    if (belief.where == Whereabouts::unknown && !at_passage()) {
        return {.where = Whereabouts::home, .since = since_};
    }
    return belief;
}

}  // namespace anju::detect
