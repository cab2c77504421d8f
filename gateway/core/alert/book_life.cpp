// How the alerts of a book move: by the ladder, by what devices say, by persons.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/alert/book.hpp"
#include "core/check.hpp"

namespace anju {
namespace {

const std::string system_actor = "system";

bool closes_itself(AlertKind kind) {
    if (kind == AlertKind::channel_failed) return true;
    return priority_of(kind) == Priority::p4 && kind != AlertKind::test;
}

/// It asks where somebody is who ought to be at home; of one who is known to be away it says
/// nothing. Fire, gas, water and calls for help concern whoever is there.
bool is_about_presence(AlertKind kind) {
    switch (kind) {
        case AlertKind::inactivity:
        case AlertKind::water_low:
        case AlertKind::no_exit:
        case AlertKind::not_returned:
        case AlertKind::night_exit:
        case AlertKind::routine_change:
        case AlertKind::contact_failed:
            return true;
        default:
            return false;
    }
}

}  // namespace

void AlertBook::open(Entry& entry, const Opening& opening, Instant at, const Ladder& ladder,
                     AlertSink& sink) {
    Alert& alert = entry.alert;
    Ladder::begin(alert);
    alert.state = opening.ask ? AlertState::self_check : AlertState::open;
    alert.changed_at = at;
    if (!opening.ask) alert.opened_at = at;
    entry.recovered_at = entry.ended_at = Instant{};

    const auto first = ladder.next(alert);
    ANJU_CHECK(first && first->at <= at && !first->roles.empty(), "somebody is told at once");
    Ladder::climb(alert, *first, at);
    alert.cause = opening.cause;
    alert.actor = opening.actor.empty() ? system_actor : opening.actor;
    alert.note = opening.note;
    sink.moved(alert, opening.from);
    sink.told(alert, first->roles, opening.ask ? first->summons : opening.summons);
}

std::optional<Instant> AlertBook::deadline(Duration reopen_window, const Ladder& ladder) const {
    std::optional<Instant> first;
    const auto consider = [&](std::optional<Instant> due) {
        if (due && (!first || *due < *first)) first = due;
    };
    for (const Entry& entry : entries_) {
        consider(closing_time(entry, reopen_window));
        if (const auto step = ladder.next(entry.alert)) consider(step->at);
    }
    return first;
}

void AlertBook::run(Instant at, Duration reopen_window, const Ladder& ladder, AlertSink& sink) {
    for (Entry& entry : entries_) {
        climb(entry, at, ladder, sink);
        const auto due = closing_time(entry, reopen_window);
        if (!due || *due > at) continue;
        entry.alert.reason = ClosingReason::device_fault;
        entry.alert.note = "已恢复正常,未再发生 / recovered and did not recur";
        step(entry, AlertState::closed, StepCause::aged, system_actor, at, sink);
    }
}

void AlertBook::climb(Entry& entry, Instant at, const Ladder& ladder, AlertSink& sink) {
    Alert& alert = entry.alert;
    for (auto due = ladder.next(alert); due && due->at <= at; due = ladder.next(alert)) {
        const AlertState from = alert.state;
        Ladder::climb(alert, *due, at);
        alert.actor = system_actor;
        sink.moved(alert, from);
        if (!due->roles.empty()) sink.told(alert, due->roles, due->summons);
    }
}

std::vector<AlertBook::Next> AlertBook::next(const Ladder& ladder) const {
    std::vector<Next> all;
    for (const Entry& entry : entries_) {
        if (const auto step = ladder.next(entry.alert)) all.push_back({entry.alert.id, *step});
    }
    return all;
}

void AlertBook::recover(AlertKind kind, const DeviceId& device, Instant at, AlertSink& sink) {
    Entry* known = newest(kind, device);
    if (known == nullptr || known->alert.state == AlertState::closed) return;
    const bool first = known->recovered_at == Instant{};
    if (first) known->recovered_at = at;
    if (is_open(known->alert.state)) {
        if (known->alert.priority <= Priority::p2) return;
        step(*known, AlertState::resolved, StepCause::recovered, system_actor, at, sink);
    } else if (first && known->alert.state == AlertState::merged) {
        // Nobody is told; but whoever counts the homes of an outage has to know.
        step(*known, AlertState::merged, StepCause::recovered, system_actor, at, sink);
    }
}

void AlertBook::cancel_all(Instant at, AlertSink& sink) {
    for (Entry& entry : entries_) {
        if (entry.alert.state < AlertState::closed) {
            step(entry, AlertState::cancelled, StepCause::removed, system_actor, at, sink);
        }
    }
}

void AlertBook::suppress(const std::function<bool(const Alert&)>& gone, Instant at,
                         AlertSink& sink) {
    for (Entry& entry : entries_) {
        const Alert& alert = entry.alert;
        if (!is_about_presence(alert.kind) || !is_open(alert.state) || !gone(alert)) continue;
        const bool raised = alert.priority <= Priority::p2 && alert.state >= AlertState::open;
        // Persons were called out: one of them says what it was. That it is known now stands in
        // the ledger.
        const AlertState to =
            raised || alert.state == AlertState::on_site ? alert.state : AlertState::suppressed;
        step(entry, to, StepCause::suspended, system_actor, at, sink);
    }
}

bool AlertBook::merge(const AlertId& alert, const AlertId& into, Instant at, AlertSink& sink) {
    Alert* const found = find(alert);
    if (found == nullptr || !is_open(found->state) || found->priority != Priority::p4) return false;
    found->merged_into = into;
    step(entry_of(*found), AlertState::merged, StepCause::merged, system_actor, at, sink);
    return true;
}

bool AlertBook::part(const AlertId& alert, Instant at, const Ladder& ladder, AlertSink& sink) {
    Alert* const found = find(alert);
    if (found == nullptr || found->state != AlertState::merged) return false;
    Entry& entry = entry_of(*found);
    if (entry.recovered_at != Instant{} || !newer_than(*found).empty()) return false;
    open(entry,
         {.from = AlertState::merged, .cause = StepCause::again, .summons = SummonsCause::again},
         at, ladder, sink);
    return true;
}

std::optional<Instant> AlertBook::closing_time(const Entry& entry, Duration window) {
    if (entry.alert.state != AlertState::resolved || entry.recovered_at == Instant{} ||
        !closes_itself(entry.alert.kind)) {
        return std::nullopt;
    }
    return entry.recovered_at + window;  // resolved then or before
}

Alert* AlertBook::find(const AlertId& id) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.alert.id == id; });
    return found == entries_.end() ? nullptr : &found->alert;
}

std::vector<Alert*> AlertBook::asking() {
    std::vector<Alert*> found;
    for (Entry& entry : entries_) {
        if (entry.alert.state == AlertState::self_check) found.push_back(&entry.alert);
    }
    return found;
}

AlertBook::Entry& AlertBook::entry_of(const Alert& alert) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return &entry.alert == &alert; });
    ANJU_CHECK(found != entries_.end(), "the alert is of this book");
    return *found;
}

void AlertBook::move(Alert& alert, AlertState to, StepCause cause, const std::string& actor,
                     Instant at, AlertSink& sink) {
    step(entry_of(alert), to, cause, actor, at, sink);
}

void AlertBook::reopen(Alert& alert, const std::string& actor, Instant at, const Ladder& ladder,
                       AlertSink& sink) {
    open(entry_of(alert),
         {.from = alert.state,
          .cause = StepCause::person,
          .summons = SummonsCause::again,
          .ask = false,
          .actor = actor},
         at, ladder, sink);
}

AlertId AlertBook::newer_than(const Alert& alert) const {
    const Entry* const last = newest(alert.kind, alert.device, alert.evidence.rule, alert.resident);
    return last == nullptr || last->alert.id == alert.id ? AlertId{} : last->alert.id;
}

void AlertBook::step(Entry& entry, AlertState to, StepCause cause, std::string actor, Instant at,
                     AlertSink& sink) {
    Alert& alert = entry.alert;
    const AlertState from = std::exchange(alert.state, to);
    const bool ends = is_open(from) && !is_open(to);
    // A person who closes ends it once more: what comes back minutes later is the same story.
    if (ends || (!is_open(to) && to != from && actor != system_actor)) entry.ended_at = at;
    alert.changed_at = at;
    alert.cause = cause;
    alert.actor = std::move(actor);
    sink.moved(alert, from);
    if (!ends || alert.priority > Priority::p2) return;
    if (const auto roles = Ladder::told(alert); !roles.empty()) {
        sink.told(alert, roles, SummonsCause::stood_down);
    }
}

}  // namespace anju
