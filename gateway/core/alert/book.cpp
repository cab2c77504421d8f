#include "core/alert/book.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/check.hpp"

namespace anju {
namespace {

const std::string system_actor = "system";

/// Kinds that are about one device, not about the home.
bool concerns_device(AlertKind kind) {
    return priority_of(kind) == Priority::p4 || kind == AlertKind::flood ||
           kind == AlertKind::door_open_long;
}

bool closes_itself(AlertKind kind) {
    return priority_of(kind) == Priority::p4 && kind != AlertKind::test;
}

}  // namespace

void AlertBook::number_from(Instant registered) {
    const auto second = std::chrono::floor<std::chrono::seconds>(registered.time_since_epoch());
    last_number_ = static_cast<std::uint64_t>(std::max<std::int64_t>(second.count(), 0));
}

/// Smoke in a second room is news, though it is the same alert.
void AlertBook::join(Alert& alert, const Claim& claim, Instant at, AlertSink& sink) {
    const auto known =
        std::ranges::find(alert.evidence.sources, claim.device, &EvidenceSource::device);
    const auto joins =
        std::ranges::find(claim.evidence.sources, claim.device, &EvidenceSource::device);
    if (known != alert.evidence.sources.end() || joins == claim.evidence.sources.end()) return;
    alert.evidence.sources.push_back(*joins);
    alert.changed_at = at;
    sink.moved(alert, alert.state);
}

bool AlertBook::raise(Claim claim, Instant at, const Household& home, AlertSink& sink) {
    const Priority priority = claim.priority.value_or(priority_of(claim.kind));
    if (Entry* known = newest(claim.kind, claim.device, claim.evidence.rule); known != nullptr) {
        if (is_open(known->alert.state)) {
            if (claim.another) ++known->alert.repeats;
            if (claim.another || priority < known->alert.priority) {
                known->alert.priority = std::min(priority, known->alert.priority);
                known->alert.device = std::move(claim.device);
                known->alert.evidence = std::move(claim.evidence);
                step(*known, AlertState::open, system_actor, at, sink);
                return true;
            }
            ++known->alert.repeats;
            join(known->alert, claim, at, sink);
            return false;
        }
        if (at - known->ended_at < home.rules.reopen_window) {
            Alert& alert = known->alert;
            alert.device = std::move(claim.device);
            alert.evidence = std::move(claim.evidence);
            alert.priority = priority;
            alert.reason = ClosingReason::none;
            alert.note.clear();
            ++alert.reopened;
            known->recovered_at = known->ended_at = Instant{};
            step(*known, AlertState::open, system_actor, at, sink);
            return true;
        }
    }
    Alert alert;
    alert.id = AlertId{home.id.value + "-" + std::to_string(++last_number_)};
    alert.household = home.id;
    if (!home.residents.empty()) alert.resident = home.residents.front().id;
    alert.device = std::move(claim.device);
    alert.kind = claim.kind;
    alert.priority = priority;
    alert.raised_at = alert.changed_at = at;
    alert.evidence = std::move(claim.evidence);
    alert.actor = system_actor;
    make_room();
    entries_.push_back({.alert = std::move(alert)});
    sink.moved(entries_.back().alert, std::nullopt);
    return true;
}

void AlertBook::repeat(AlertKind kind, const DeviceId& device, std::string_view rule) {
    Entry* known = newest(kind, device, rule);
    if (known != nullptr && is_open(known->alert.state)) ++known->alert.repeats;
}

void AlertBook::recover(AlertKind kind, const DeviceId& device, Instant at, AlertSink& sink) {
    Entry* known = newest(kind, device);
    if (known == nullptr || known->alert.state == AlertState::closed) return;
    if (known->recovered_at == Instant{}) known->recovered_at = at;
    if (is_open(known->alert.state)) {
        step(*known, AlertState::resolved, system_actor, at, sink);
    }
}

void AlertBook::cancel_all(Instant at, AlertSink& sink) {
    for (Entry& entry : entries_) {
        if (entry.alert.state != AlertState::closed) {
            step(entry, AlertState::cancelled, system_actor, at, sink);
        }
    }
}

std::optional<Instant> AlertBook::closing_time(const Entry& entry, Duration window) {
    if (entry.alert.state != AlertState::resolved || entry.recovered_at == Instant{} ||
        !closes_itself(entry.alert.kind)) {
        return std::nullopt;
    }
    return entry.recovered_at + window;  // resolved then or before
}

std::optional<Instant> AlertBook::deadline(Duration reopen_window) const {
    std::optional<Instant> first;
    for (const Entry& entry : entries_) {
        const auto due = closing_time(entry, reopen_window);
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

void AlertBook::close_due(Instant at, Duration reopen_window, AlertSink& sink) {
    for (Entry& entry : entries_) {
        const auto due = closing_time(entry, reopen_window);
        if (!due || *due > at) continue;
        entry.alert.reason = ClosingReason::device_fault;
        entry.alert.note = "已恢复正常,未再发生 / recovered and did not recur";
        step(entry, AlertState::closed, system_actor, at, sink);
    }
}

Alert* AlertBook::find(const AlertId& id) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.alert.id == id; });
    return found == entries_.end() ? nullptr : &found->alert;
}

void AlertBook::move(Alert& alert, AlertState to, const std::string& actor, Instant at,
                     AlertSink& sink) {
    const auto found =
        std::ranges::find_if(entries_, [&](const Entry& entry) { return &entry.alert == &alert; });
    ANJU_CHECK(found != entries_.end(), "the alert is of this book");
    step(*found, to, actor, at, sink);
}

void AlertBook::step(Entry& entry, AlertState to, std::string actor, Instant at, AlertSink& sink) {
    const AlertState from = std::exchange(entry.alert.state, to);
    // A person who closes ends it once more: what comes back minutes later is the same story.
    if (!is_open(to) && (is_open(from) || actor != system_actor)) entry.ended_at = at;
    entry.alert.changed_at = at;
    entry.alert.actor = std::move(actor);
    sink.moved(entry.alert, from);
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
        if (entry.alert.state != AlertState::closed) alerts.push_back(entry.alert);
    }
    return alerts;
}

const AlertBook::Entry* AlertBook::newest(AlertKind kind, const DeviceId& device,
                                          std::string_view rule) const {
    const auto same = [&](const Entry& entry) {
        return entry.alert.kind == kind &&
               (!concerns_device(kind) || entry.alert.device == device) &&
               (kind != AlertKind::gas_leak || entry.alert.evidence.rule == rule);
    };
    const auto found = std::find_if(entries_.rbegin(), entries_.rend(), same);
    return found == entries_.rend() ? nullptr : &*found;
}

AlertBook::Entry* AlertBook::newest(AlertKind kind, const DeviceId& device, std::string_view rule) {
    return const_cast<Entry*>(std::as_const(*this).newest(kind, device, rule));
}

void AlertBook::make_room() {
    const auto in = [](AlertState state) {
        return [state](const Entry& entry) { return entry.alert.state == state; };
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
    const auto closed =
        static_cast<std::size_t>(std::ranges::count_if(entries_, in(AlertState::closed)));
    if (entries_.size() < most_kept && closed < most_closed_kept) return;
    drop_oldest(in(AlertState::closed)) || drop_oldest(resolved(Priority::p4)) ||
        drop_oldest(resolved(Priority::p3));
}

}  // namespace anju
