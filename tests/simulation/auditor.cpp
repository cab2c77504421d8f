#include "tests/simulation/auditor.hpp"

#include <algorithm>
#include <utility>

#include "core/codec/codec.hpp"
#include "core/model/names.hpp"

namespace anju::whole {

namespace {

/// FNV-1a: the library's own has as many bits as the machine's words, and digests are compared
/// between machines.
std::uint64_t hash(std::string_view bytes) {
    std::uint64_t out = 0xcbf29ce484222325ULL;
    for (const char byte : bytes) {
        out = (out ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    }
    return out;
}

std::pair<std::string, std::pair<std::uint64_t, std::uint64_t>> key(std::string_view device,
                                                                    Sequence sequence) {
    return {std::string(device), {sequence.boot, sequence.number}};
}

/// Alerts that only a sensor's own alarm raises.
bool is_alarm(AlertKind kind) {
    return kind == AlertKind::smoke || kind == AlertKind::gas_leak || kind == AlertKind::sos;
}

bool says_so(const Reading& reading) {
    return reading.value != 0 &&
           (reading.kind == ReadingKind::smoke || reading.kind == ReadingKind::gas ||
            reading.kind == ReadingKind::sos);
}

}  // namespace

void Auditor::committed(const Transaction& transaction) {
    if (!chronicle_.all_well()) return;  // what follows from a fault is no judgement of anything
    ++tally_.commits;
    again_.clear();
    for (const JournalEntry& entry : transaction.inputs) {
        if (entry.seq != last_input_ + 1) {
            return chronicle_.wrong("input {} follows {}", entry.seq, last_input_);
        }
        last_input_ = entry.seq;
        take(entry);
    }
    const std::size_t by_inputs = again_.size();
    shadow_.advance(transaction.now, again_);
    for (std::size_t i = by_inputs; i < again_.size(); ++i) check_raised(again_[i], nullptr);
    engine_time_ = transaction.now;
    compare(transaction.decisions);
    check_tasks(transaction.decisions);
    check_pace(transaction);
    take_events(transaction);
    for (const Checkpoint& checkpoint : transaction.checkpoints) {
        // What follows from the decisions of a moment is applied after its checkpoints were taken.
        const bool went_on = std::ranges::any_of(transaction.inputs, [&](const JournalEntry& one) {
            return one.seq > checkpoint.seq && one.household == checkpoint.household;
        });
        if (checkpoint.base && !went_on &&
            shadow_.snapshot(checkpoint.household) != checkpoint.bytes) {
            chronicle_.wrong("the checkpoint of {} is not what a replay gives",
                             checkpoint.household.value);
        }
    }
}

void Auditor::take(const JournalEntry& entry) {
    ++tally_.inputs;
    const auto input = decode_input(entry.bytes);
    if (!input) return chronicle_.wrong("input {} cannot be decoded", entry.seq);
    const std::size_t before = again_.size();
    shadow_.apply(entry.at, *input, again_);
    const std::span<const Decision> decided = std::span(again_).subspan(before);
    if (const auto* message = std::get_if<Observation>(&*input)) return take(*message, decided);
    for (const Decision& decision : decided) check_raised(decision, nullptr);
    const std::string* command = std::visit(
        [](const auto& what) -> const std::string* {
            if constexpr (requires { what.command_id; }) return &what.command_id;
            return nullptr;
        },
        *input);
    if (command != nullptr && !commands_.insert(*command).second) {
        chronicle_.wrong("command {} was carried out twice", *command);
    }
}

void Auditor::take(const Observation& message, std::span<const Decision> decided) {
    tally_.readings += message.readings.size();
    for (const Decision& decision : decided) check_raised(decision, &message);
    Device& device = devices_[message.device.value];
    if (!message.sequence) {
        // Availability is retained, comes again with every session, and is no event.
        if (message.readings.front().kind == ReadingKind::online) return;
        // Of one that a lost store had, nobody knows whether the home's broker was told.
        if (!device.foreign_lost.contains(message.fingerprint)) ++foreign_kept_;
        if (!device.foreign.insert(message.fingerprint).second) {
            chronicle_.wrong("a foreign message of {} was taken twice", message.device.value);
        }
        return;
    }
    uplink::SeqSet& kept = device.kept[message.sequence->boot];
    if (kept.contains(message.sequence->number)) {
        chronicle_.wrong("message {} of {} was taken twice", message.sequence->number,
                         message.device.value);
    }
    kept.add({message.sequence->number, message.sequence->number});
    if (telling_.empty()) return;
    const auto told = telling_.find(key(message.device.value, *message.sequence));
    if (told == telling_.end()) return;
    const bool that_it_is = std::ranges::any_of(message.readings, says_so);
    for (const IncidentId id : told->second) {
        Incident& incident = incidents_[id];
        if (!that_it_is) continue;
        if (!std::exchange(incident.kept, true)) {
            const Duration took = world_.now() - std::max(incident.began, weather_.calm_since);
            if (weather_.calm) tally_.slowest_alarm = std::max(tally_.slowest_alarm, took);
            open_incidents_.erase(id);
        }
        const auto view = shadow_.view(*shadow_.household_of(message.device));
        const bool known = std::ranges::any_of(
            view->alerts, [&](const Alert& alert) { return alert.kind == incident.kind; });
        if (!known && !incident.alert) {
            chronicle_.wrong("{} of {} is kept, and there is no alert", name(incident.kind),
                             incident.device);
        }
    }
    told_.insert(telling_.extract(told));
}

/// An alarm needs a cause, and one that somebody still has to deal with is not raised anew.
void Auditor::check_raised(const Decision& decision, const Observation* cause) {
    const auto* changed = std::get_if<AlertChanged>(&decision.what);
    if (changed == nullptr) return;
    const Alert& alert = changed->alert;
    alerts_[alert.id.value] = alert.state;
    check_silence(decision.household, *changed);
    const auto told = cause == nullptr || !cause->sequence
                          ? telling_.end()
                          : telling_.find(key(cause->device.value, *cause->sequence));
    if (changed->from) {
        // One that comes again soon after its alert was over opens that alert anew.
        const bool anew = *changed->from == AlertState::resolved && is_open(alert.state);
        if (!anew || told == telling_.end()) return;
        for (const IncidentId id : told->second) incidents_[id].alert = alert.id;
        return;
    }
    ++tally_.alerts;
    chronicle_.say("alert {} {}", alert.id.value, name(alert.kind));
    if (!is_alarm(alert.kind)) return;
    if (told == telling_.end()) {
        return chronicle_.wrong("alert {} ({}) of nothing that happened", alert.id.value,
                                name(alert.kind));
    }
    for (const IncidentId id : told->second) {
        Incident& incident = incidents_[id];
        if (incident.alert && !ended(*incident.alert)) {
            chronicle_.wrong("{} of {} was raised twice: {} and {}", name(incident.kind),
                             incident.device, incident.alert->value, alert.id.value);
        }
        incident.alert = alert.id;
    }
}

bool Auditor::ended(const AlertId& alert) const {
    const auto found = alerts_.find(alert.value);
    return found != alerts_.end() && !is_open(found->second);
}

/// Unit by unit: which unit goes first at one instant is nobody's business.
void Auditor::compare(const Decisions& live) {
    tally_.decisions += live.size();
    const auto by_unit = [](const Decisions& decisions) {
        std::vector<const Decision*> out;
        for (const Decision& decision : decisions) out.push_back(&decision);
        std::ranges::stable_sort(out, {}, [](const Decision* one) -> const std::string& {
            return one->household.value;
        });
        return out;
    };
    const auto stored = by_unit(live);
    const auto again = by_unit(again_);
    for (std::size_t i = 0; i < std::max(stored.size(), again.size()); ++i) {
        if (i < stored.size() && i < again.size() && *stored[i] == *again[i]) continue;
        const Decision& odd = i < stored.size() ? *stored[i] : *again[i];
        return chronicle_.wrong(
            "decision {} of {} is not what a replay decides; {} stored, {} again", odd.number,
            odd.household.value, stored.size(), again.size());
    }
}

/// A visit or a call is planned once.
void Auditor::check_tasks(const Decisions& decisions) {
    for (const Decision& decision : decisions) {
        const auto* changed = std::get_if<TaskChanged>(&decision.what);
        if (changed == nullptr) continue;
        const bool is_new = tasks_.insert(changed->task.id.value).second;
        if (is_new == changed->from.has_value()) {
            chronicle_.wrong("task {} was planned {}", changed->task.id.value,
                             is_new ? "by nobody" : "twice");
        }
    }
}

void Auditor::check_pace(const Transaction& transaction) {
    if (deaf_) return;
    for (const Decision& decision : transaction.decisions) {
        if (decision.at <= excused_until_ || transaction.now - decision.at <= timer_bound) continue;
        return chronicle_.wrong("decision {} of {} was due {} ms ago", decision.number,
                                decision.household.value, (transaction.now - decision.at).count());
    }
}

void Auditor::take_events(const Transaction& transaction) {
    for (const OutboxEvent& event : transaction.events) {
        ++tally_.events;
        Stream& one = stream(event.lane);
        if (event.seq != one.head() + 1) {
            return chronicle_.wrong("event {} of lane {} follows {}", event.seq,
                                    static_cast<int>(event.lane), one.head());
        }
        one.events.push_back({hash(event.bytes), world_.now()});
        tally_.stored = (tally_.stored ^ one.events.back().hash) * 0x9e3779b97f4a7c15ULL;
    }
}

void Auditor::recovered(const Recovery& recovery, const Journal& journal) {
    const auto maybe = std::exchange(doubtful_, std::nullopt);
    if (maybe && recovery.engine_time == maybe->now) {
        ++tally_.in_doubt;
        const bool inputs = !maybe->inputs.empty() && recovery.last_input > last_input_;
        const bool events = std::ranges::any_of(maybe->events, [&](const OutboxEvent& event) {
            return journal.lane(event.lane).head >= event.seq;
        });
        const bool nothing = maybe->inputs.empty() && maybe->events.empty();
        if (inputs || events || (nothing && engine_time_ != maybe->now)) committed(*maybe);
    }
    if (recovery.last_input != last_input_) {
        chronicle_.wrong("the store ends with input {}, committed were {}", recovery.last_input,
                         last_input_);
    }
    if (recovery.engine_time != engine_time_) {
        chronicle_.wrong("the store ends {} ms off", (recovery.engine_time - engine_time_).count());
    }
    for (const Lane lane : all_lanes) {
        if (journal.lane(lane).head != stream(lane).head()) {
            chronicle_.wrong("lane {} ends with {}, committed were {}", static_cast<int>(lane),
                             journal.lane(lane).head, stream(lane).head());
        }
    }
    if (last_input_ > 0 && epoch_.value_or(recovery.epoch) != recovery.epoch) {
        chronicle_.wrong("a new epoch without need");
    }
    if (std::exchange(lost_, false) && epoch_ == recovery.epoch) {
        chronicle_.wrong("an empty store goes on in the epoch of another");
    }
    epoch_ = recovery.epoch;
}

void Auditor::started(const Engine& engine) {
    ++tally_.restarts;
    for (const HouseholdId& home : shadow_.households()) {
        if (engine.snapshot(home) != shadow_.snapshot(home)) {
            return chronicle_.wrong("after a start {} is not what it was", home.value);
        }
    }
    for (const CommunityId& id : shadow_.communities()) {
        if (engine.snapshot(unit_of(id)) != shadow_.snapshot(unit_of(id))) {
            return chronicle_.wrong("after a start community {} is not what it was", id.value);
        }
    }
}

Auditor::IncidentId Auditor::incident(AlertKind kind, std::string device) {
    ++tally_.incidents;
    const IncidentId id = incidents_.size();
    incidents_.push_back({kind, std::move(device), world_.now(), false, false, std::nullopt});
    open_incidents_.insert(id);
    return id;
}

void Auditor::forgotten(std::string_view device) {
    for (const IncidentId id : open_incidents_) {
        if (incidents_[id].device == device) incidents_[id].over = true;
    }
}

void Auditor::told(IncidentId incident, std::string_view device, Sequence sequence) {
    telling_[key(device, sequence)].push_back(incident);
}

void Auditor::answered(std::string_view device, Sequence sequence) {
    ++tally_.answered;
    const auto found = devices_.find(std::string(device));
    if (found == devices_.end() || !found->second.was_kept(sequence)) {
        chronicle_.wrong("{} was told that message {} is kept, and it is not", device,
                         sequence.number);
    }
}

void Auditor::delivered(std::uint64_t epoch, Lane lane, std::uint64_t seq, std::string_view bytes,
                        std::string_view tombstone) {
    const auto old = gone_.find(epoch);
    Stream& one = old == gone_.end() ? stream(lane) : old->second[lane == Lane::alarm ? 0 : 1];
    if ((epoch != epoch_ && old == gone_.end()) || seq == 0 || seq > one.head()) {
        return chronicle_.wrong("the platform has event {}/{}/{}, which was never committed", epoch,
                                static_cast<int>(lane), seq);
    }
    if (!tombstone.empty() && !one.given_up.contains(seq)) {
        return chronicle_.wrong("event {} of lane {} became a tombstone: {}", seq,
                                static_cast<int>(lane), tombstone);
    }
    if (seq > one.base && tombstone.empty() && one.events[seq - one.base - 1].hash != hash(bytes)) {
        return chronicle_.wrong("event {} of lane {} came with other bytes than were stored", seq,
                                static_cast<int>(lane));
    }
    one.delivered.add({seq, seq});
    // Repetitions of what the platform has are not looked at again.
    while (!one.events.empty() && one.delivered.contains(one.base + 1)) {
        one.events.pop_front();
        ++one.base;
    }
}

void Auditor::look_at(Lane lane, Duration bound) {
    const Stream& one = stream(lane);
    if (one.events.empty()) return;
    const Instant since = std::max(one.events.front().at, weather_.calm_since);
    if (world_.now() - since > bound) {
        chronicle_.wrong("the platform lacks event {} of lane {} {} s after the way was clear",
                         one.base + 1, static_cast<int>(lane),
                         std::chrono::floor<std::chrono::seconds>(world_.now() - since).count());
    }
}

void Auditor::look_round() {
    if (!weather_.calm) return;
    look_at(Lane::alarm, alarm_bound);
    look_at(Lane::bulk, settled_bound);
    look_after_the_fallen();
    for (auto at = open_incidents_.begin(); at != open_incidents_.end();) {
        const Incident& incident = incidents_[*at];
        if (incident.over) {
            at = open_incidents_.erase(at);
            continue;
        }
        if (world_.now() - std::max(incident.began, weather_.calm_since) > home_bound) {
            return chronicle_.wrong(
                "{} of {} is not on the disk {} s after the way was clear", name(incident.kind),
                incident.device,
                std::chrono::floor<std::chrono::seconds>(world_.now() - weather_.calm_since)
                    .count());
        }
        ++at;
    }
}

void Auditor::close_books() {
    look_round();
    for (const Lane lane : all_lanes) look_at(lane, alarm_bound);
    if (foreign_kept_ != foreign_owed_) {
        chronicle_.wrong("{} foreign messages are kept of {}", foreign_kept_, foreign_owed_);
    }
}

}  // namespace anju::whole
