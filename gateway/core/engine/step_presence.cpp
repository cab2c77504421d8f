// Who is at home, and what follows from it: `not_returned`, `night_exit`, `no_exit` and
// `activity_while_away`. How it is told stands in detect/presence.hpp, detect/outings.hpp and
// detect/empty_home.hpp; here they are given the signs, and asked.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/engine/step.hpp"
#include "core/model/names.hpp"

namespace anju {
namespace {

using detect::Presence;

/// Hears of people inside: an alarm and a button hear nobody who sits still in a chair, or moves.
bool hears_people(const Home& home, std::size_t device) {
    switch (home.kind(device)) {
        case SensorKind::motion:
        case SensorKind::bed:
        case SensorKind::water_meter:
            return true;
        case SensorKind::door:
            return !home.entrance(device);
        default:
            return false;
    }
}

detect::Cover cover(const Home& home) {
    bool entrance = false;
    detect::Cover cover{.doors = true, .interior = false};
    for (std::size_t i = 0; i < home.devices.size(); ++i) {
        const bool reliable = home.devices[i].silence.listens();
        if (home.entrance(i)) {
            entrance = true;
            cover.doors = cover.doors && reliable;
        } else if (reliable && hears_people(home, i)) {
            cover.interior = true;
        }
    }
    cover.doors = cover.doors && entrance;
    return cover;
}

/// A door tells of coming and going; what is due in a silence is told only if the doors have told
/// that nobody came up to then.
std::optional<Instant> if_doors_tell(const Home& home, std::optional<Instant> due) {
    if (!due) return due;
    const auto known = doors_known_until(home);
    return known && *known >= *due ? due : std::nullopt;
}

struct Dues {
    std::optional<Instant> not_returned;
    std::optional<Instant> night_exit;
    std::optional<Instant> no_exit;
};

Dues dues(const Home& home) {
    const Presence& presence = home.presence;
    if (!home.watched() || presence.last_door() == Instant{}) return {};
    const Duration warm_up = home.household.rules.warm_up;
    auto no_exit = home.outings.no_exit_due(presence, warm_up);
    // Asked after every reading, and nearly always there is nothing to ask.
    if (!no_exit && !presence.at_passage()) return {};
    // Out by the word of a door, or at home: neither depends on how long it has lasted.
    const auto belief = presence.belief(presence.last_sign(), cover(home));
    if (belief.where != Whereabouts::home || !belief.known) no_exit.reset();
    const auto not_returned =
        home.settling.unsettled() ? std::nullopt : home.outings.not_returned_due(belief, warm_up);
    return {.not_returned = if_doors_tell(home, not_returned),
            .night_exit = home.outings.night_exit_due(presence, belief, warm_up),
            .no_exit = if_doors_tell(home, no_exit)};
}

void learn(Home& home, const Presence::Silence& silence) {
    if (silence.followed && silence.speaker != Presence::nobody) {
        home.devices[silence.speaker].habit.followed(silence.at_door);
    }
    if (silence.length > Presence::doorless_after && silence.interior != Presence::nobody) {
        home.devices[silence.interior].habit.fell_silent(silence.outing);
    }
}

}  // namespace

detect::Presence::Belief whereabouts(const Home& home, Instant now) {
    if (!home.watched()) return {};
    return home.presence.where(now, cover(home));
}

detect::Presence::Belief whereabouts_of_silence(const Home& home, Instant now) {
    if (!home.watched()) return {};
    return home.presence.belief(now, cover(home));
}

bool return_is_awaited(const Home& home, const Presence::Belief& belief) {
    if (home.settling.unsettled()) return false;
    if (home.outings.told_absence()) return true;
    const auto due = home.outings.not_returned_due(belief, home.household.rules.warm_up);
    constexpr Duration soon = std::chrono::hours{72};
    return due && *due <= home.presence.last_sign() + soon;
}

std::optional<Instant> presence_due(const Home& home) {
    const Dues due = dues(home);
    std::optional<Instant> first;
    for (const auto& some : {due.not_returned, due.night_exit, due.no_exit}) {
        if (some && (!first || *some < *first)) first = some;
    }
    return first;
}

void Step::notice(std::size_t device, Instant at) {
    const bool door = home_.entrance(device);
    if (!home_.watched()) return notice_in_empty_home(device, at, door);
    Presence& presence = home_.presence;
    const bool is_meter = home_.kind(device) == SensorKind::water_meter;
    const Presence::Sign sign{
        .at = at,
        .device = static_cast<std::uint16_t>(device),
        .door = door,
        .uncertain = is_meter ? home_.household.devices[device].sample_every : Duration{}};
    const Instant before = presence.last_sign();
    const auto learned =
        presence.take(sign, presence.asks_cover(sign) ? cover(home_) : detect::Cover{});
    home_.outings.watched_from(at_);
    if (learned.silence) {
        learn(home_, *learned.silence);
        if (learned.silence->outing) home_.outings.went_out(before);
    }
    if (learned.absence) {
        home_.outings.learn(*learned.absence);
        recover(AlertKind::no_exit, device);
    }
    if (presence.last_sign() == at) {
        const detect::PassageHabit& habit = home_.devices[device].habit;
        presence.speaker_is(habit.leaves(door), habit.may_leave());
    }
    if (door && presence.last_door() == at) {
        home_.outings.door_used(at, presence.before_passage() != Whereabouts::out,
                                recorder_.utc_offset());
    }
}

void Step::notice_in_empty_home(std::size_t device, Instant at, bool door) {
    if (!home_.known_empty()) return;
    if (door) return home_.empty.door_used(at);
    if (!home_.empty.heard(at, device)) return;
    raise(AlertKind::activity_while_away, device,
          {.rule = std::string(name(AlertKind::activity_while_away)),
           .since = home_.empty.first(),
           .until = at,
           .sources = {source(device)}});
}

void Step::doors_covered() {
    home_.door.covered_from(at_);
    home_.presence.lost(at_);
    home_.outings.lost(at_);
}

void Step::claim_presence() {
    const auto reached = [&](std::optional<Instant> due) { return due && *due <= at_; };
    const Dues due = dues(home_);
    if (!reached(due.not_returned) && !reached(due.night_exit) && !reached(due.no_exit)) return;
    const Presence& presence = home_.presence;
    std::size_t door = 0;
    while (!home_.entrance(door)) ++door;
    const auto tell = [&](AlertKind kind, Instant since, Duration limit,
                          std::string_view rule = {}) {
        raise(kind, door,
              {.rule = std::string(rule.empty() ? name(kind) : rule),
               .since = since,
               .until = at_,
               .measured = (at_ - since).count(),
               .threshold = limit.count(),
               .unit = EvidenceUnit::milliseconds,
               .sources = all_sources()});
    };
    if (reached(due.not_returned)) {
        home_.outings.claim_not_returned();
        const Instant since = presence.belief(at_, cover(home_)).since;
        const Duration usual = home_.outings.usual_absence(since);
        if (usual > Duration{}) {
            tell(AlertKind::not_returned, since, usual);
        } else {
            tell(AlertKind::not_returned, since, detect::Outings::least_absence, "first_absence");
        }
    }
    if (reached(due.night_exit)) {
        home_.outings.claim_night_exit();
        tell(AlertKind::night_exit, presence.last_door(), detect::Outings::night_silence);
    }
    if (reached(due.no_exit)) {
        home_.outings.claim_no_exit();
        tell(AlertKind::no_exit, home_.outings.stay_from(), home_.outings.usual_stay());
    }
}

}  // namespace anju
