#include "core/alert/book.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/check.hpp"

namespace anju {
namespace {

const std::string system_actor = "system";

/// Kinds that are about one device (or one channel), not about the home.
bool concerns_device(AlertKind kind) {
    return priority_of(kind) == Priority::p4 || kind == AlertKind::flood ||
           kind == AlertKind::door_open_long || kind == AlertKind::channel_failed;
}

}  // namespace

void AlertBook::number_from(Instant registered) {
    const auto second = std::chrono::floor<std::chrono::seconds>(registered.time_since_epoch());
    last_number_ = static_cast<std::uint64_t>(std::max<std::int64_t>(second.count(), 0));
}

/// Smoke in a second room is news, though it is the same alert.
void AlertBook::join(Entry& entry, const Claim& claim, Instant at, AlertSink& sink) {
    Alert& alert = entry.alert;
    const auto known =
        std::ranges::find(alert.evidence.sources, claim.device, &EvidenceSource::device);
    const auto joins =
        std::ranges::find(claim.evidence.sources, claim.device, &EvidenceSource::device);
    if (known != alert.evidence.sources.end() || joins == claim.evidence.sources.end()) return;
    alert.evidence.sources.push_back(*joins);
    step(entry, alert.state, StepCause::evidence, system_actor, at, sink);
    if (const auto roles = Ladder::told(alert); !roles.empty()) {
        sink.told(alert, roles, SummonsCause::again);
    }
}

bool AlertBook::raise(Claim claim, Instant at, const Household& home, const Ladder& ladder,
                      AlertSink& sink) {
    const Priority priority = claim.priority.value_or(priority_of(claim.kind));
    if (Entry* known = newest(claim.kind, claim.device, claim.evidence.rule, claim.resident);
        known != nullptr) {
        if (is_open(known->alert.state)) {
            if (claim.another) ++known->alert.repeats;
            if (claim.another || priority < known->alert.priority) {
                take_over(*known, std::move(claim), priority, at, ladder, sink);
                return true;
            }
            ++known->alert.repeats;
            join(*known, claim, at, sink);
            return false;
        }
        if (at - known->ended_at < home.rules.reopen_window) {
            come_back(*known, std::move(claim), priority, at, ladder, sink);
            return true;
        }
    }
    Alert alert;
    alert.id = AlertId{home.id.value + "-" + std::to_string(++last_number_)};
    alert.household = home.id;
    alert.drill = home.drill;
    alert.resident = std::move(claim.resident);
    if (const Resident* const who = presumed_resident(home); alert.resident.empty() && who) {
        alert.resident = who->id;
    }
    alert.device = std::move(claim.device);
    alert.kind = claim.kind;
    alert.priority = priority;
    alert.raised_at = at;
    alert.evidence = std::move(claim.evidence);
    make_room();
    entries_.push_back({.alert = std::move(alert)});
    open(entries_.back(),
         {.from = {},
          .cause = StepCause::raised,
          .summons = SummonsCause::told,
          .ask = ladder.asks_first(claim.kind, priority),
          .note = std::move(claim.note)},
         at, ladder, sink);
    return true;
}

void AlertBook::take_over(Entry& entry, Claim claim, Priority priority, Instant at,
                          const Ladder& ladder, AlertSink& sink) {
    Alert& alert = entry.alert;
    const AlertState from = alert.state;
    const bool more_urgent = priority < alert.priority;
    const StepCause cause = more_urgent ? StepCause::more_urgent : StepCause::another;
    alert.priority = std::min(priority, alert.priority);
    alert.device = std::move(claim.device);
    alert.evidence = std::move(claim.evidence);
    // Who is being asked is asked no sooner and no more often.
    if (from == AlertState::self_check && !more_urgent) {
        return step(entry, from, cause, system_actor, at, sink);
    }
    open(entry,
         {.from = from,
          .cause = cause,
          .summons = SummonsCause::again,
          .ask = more_urgent && ladder.asks_first(alert.kind, alert.priority),
          .note = std::move(claim.note)},
         at, ladder, sink);
}

void AlertBook::come_back(Entry& entry, Claim claim, Priority priority, Instant at,
                          const Ladder& ladder, AlertSink& sink) {
    Alert& alert = entry.alert;
    const AlertState from = alert.state;
    // Whoever ended it was told of it: of what comes back they hear, as of what they were spared
    // the resident is asked anew.
    const bool by_a_person = from == AlertState::resolved || from == AlertState::closed;
    alert.device = std::move(claim.device);
    alert.evidence = std::move(claim.evidence);
    alert.priority = priority;
    ++alert.reopened;
    open(entry,
         {.from = from,
          .cause = StepCause::again,
          .summons = SummonsCause::again,
          .ask = !by_a_person && ladder.asks_first(alert.kind, priority),
          .note = std::move(claim.note)},
         at, ladder, sink);
}

void AlertBook::repeat(AlertKind kind, const DeviceId& device, std::string_view rule) {
    Entry* known = newest(kind, device, rule);
    if (known != nullptr && is_open(known->alert.state)) ++known->alert.repeats;
}

std::optional<Instant> AlertBook::ended_at(AlertKind kind, const DeviceId& device,
                                           std::string_view rule) const {
    const Entry* known = newest(kind, device, rule);
    if (known == nullptr) return Instant{};
    if (is_open(known->alert.state)) return std::nullopt;
    return known->ended_at;
}

bool AlertBook::has_open(AlertKind kind, const DeviceId& device, Priority at_least) const {
    const Entry* known = newest(kind, device);
    return known != nullptr && is_open(known->alert.state) && known->alert.priority <= at_least;
}

bool AlertBook::tells_of(AlertKind kind, Instant since) const {
    const Entry* known = newest(kind, {});
    return known != nullptr && is_open(known->alert.state) && known->alert.evidence.until >= since;
}

std::size_t AlertBook::open_count() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        entries_, [](const Entry& entry) { return is_open(entry.alert.state); }));
}

std::vector<Alert> AlertBook::pending() const {
    std::vector<Alert> alerts;
    for (const Entry& entry : entries_) {
        if (entry.alert.state < AlertState::closed) alerts.push_back(entry.alert);
    }
    return alerts;
}

const AlertBook::Entry* AlertBook::newest(AlertKind kind, const DeviceId& device,
                                          std::string_view rule, const ResidentId& resident) const {
    const auto same = [&](const Entry& entry) {
        return entry.alert.kind == kind &&
               (!concerns_device(kind) || entry.alert.device == device) &&
               (kind != AlertKind::gas_leak || entry.alert.evidence.rule == rule) &&
               (kind != AlertKind::contact_failed || resident.empty() ||
                entry.alert.resident == resident);
    };
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(), same);
    return found == entries_.rend() ? nullptr : &*found;
}

AlertBook::Entry* AlertBook::newest(AlertKind kind, const DeviceId& device, std::string_view rule,
                                    const ResidentId& resident) {
    return const_cast<Entry*>(std::as_const(*this).newest(kind, device, rule, resident));
}

void AlertBook::make_room() {
    const auto ended = [](const Entry& entry) {
        return entry.alert.state >= AlertState::closed && !awaits_review(entry.alert);
    };
    const auto resolved = [](Priority priority) {
        return [priority](const Entry& entry) {
            return entry.alert.state == AlertState::resolved && entry.alert.priority == priority;
        };
    };
    const auto drop_oldest = [this](auto dispensable) {
        const auto oldest = std::ranges::find_if(entries_, dispensable);
        if (oldest == entries_.end()) return false;
        entries_.erase(oldest);
        return true;
    };
    const auto closed = static_cast<std::size_t>(std::ranges::count_if(entries_, ended));
    if (entries_.size() < most_kept && closed < most_closed_kept) return;
    // Last those that nobody ever reviewed: the lead was told of each eight times.
    drop_oldest(ended) || drop_oldest(resolved(Priority::p4)) ||
        drop_oldest(resolved(Priority::p3)) ||
        drop_oldest([](const Entry& entry) { return awaits_review(entry.alert); });
}

}  // namespace anju
