// See gateway.hpp. Every public method builds one Transaction with begin(), fills it, and ends
// it with finish(): the only place that commits and the only place that sends.
#include "runtime/gateway.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/log.hpp"
#include "core/codec/codec.hpp"
#include "core/model/names.hpp"
#include "runtime/persons.hpp"

namespace anju {
namespace {

/// Hazards are taken even when the disk is nearly full.
bool urgent(const Observation& observation) {
    return std::any_of(
        observation.readings.begin(), observation.readings.end(), [](const Reading& reading) {
            return reading.value != 0 &&
                   (reading.kind == ReadingKind::smoke || reading.kind == ReadingKind::gas ||
                    reading.kind == ReadingKind::sos || reading.kind == ReadingKind::water_leak ||
                    reading.kind == ReadingKind::carbon_monoxide);
        });
}

void put(AnsweredCommand& answer, text::Said said) {
    answer.text = std::move(said.en);
    answer.code = std::move(said.code);
    answer.text_zh = std::move(said.zh);
}

}  // namespace

Gateway::Gateway(Options options, Clock& clock, Journal& journal, const drivers::Catalog& catalog,
                 SensorLink& sensors, District* district)
    : options_(options),
      clock_(clock),
      journal_(journal),
      sensors_(sensors),
      district_(district),
      engine_(options.engine),
      ingest_(options.ingest, catalog, book_, proposals_, counters_, tap_),
      checkpointer_(options.checkpoints) {}

result<Gateway::Started> Gateway::start() noexcept {
    auto recovery = journal_.recover();
    if (!recovery) return recovery.error();
    auto recovered = recover_engine(journal_, *recovery, engine_);
    if (!recovered) return recovered.error();
    epoch_ = recovery->epoch;
    last_input_ = recovery->last_input;
    last_notice_ = recovery->last_notice;
    for (const Lane lane : all_lanes) {
        heads_[static_cast<std::size_t>(lane)] = journal_.lane(lane).head;
    }
    time_.resume(recovery->engine_time);
    deaf_since_ = recovery->engine_time == Instant{} ? clock_.read().wall : recovery->engine_time;
    ingest_.load_state(recovery->driver_state);
    if (!recovery->proposals.empty()) (void)proposals_.load(recovery->proposals);
    directory_changed();
    const SteadyTime now = clock_.read().steady;
    for (const HouseholdId& household : engine_.households()) checkpointer_.changed(household, now);
    for (const CommunityId& id : engine_.communities()) checkpointer_.changed(unit_of(id), now);

    if (recovery->new_epoch && recovery->last_input > 0) skip_ = skipped_since(*deaf_since_);
    Work work = begin(Purpose::look);
    // A new epoch knows nothing of what the old one had left to say.
    if (recovery->new_epoch) {
        work.announcements = std::move(recovery->salvaged);
        const std::vector<HouseholdId> homes = engine_.households();
        const auto kept = keep_consents(work, {homes.begin(), homes.end()});
        if (!kept) return kept.error();
    }
    // Nor does a platform that is named for the first time know what is open.
    const bool nothing_said = std::all_of(std::begin(heads_), std::end(heads_),
                                          [](std::uint64_t head) { return head == 0; });
    if (nothing_said && work.announcements.empty()) announce_open_alerts(work);
    if (const auto done = finish(work); !done) return done.error();
    if (recovery->new_epoch) directory_changed();  // what is collected may be less
    if (const auto done = resume_notices(*recovery); !done) return done.error();
    return Started{std::move(recovery->notes), *recovered, epoch_};
}

/// What came after the last commit that is known may have been told to others under numbers that
/// are not known here. No unit gives out one a second for long, so that the seconds since then are
/// enough, and differ when the same backup is restored once more; where the clock is wrong, a
/// backup of the last days is assumed.
std::uint64_t Gateway::skipped_since(Instant last_known) const {
    constexpr std::uint64_t at_least = 1'000'000;
    const auto since = std::chrono::floor<std::chrono::seconds>(clock_.read().wall - last_known);
    return at_least + static_cast<std::uint64_t>(std::max<std::int64_t>(since.count(), 0));
}

void Gateway::announce_open_alerts(Work& work) {
    for (const HouseholdId& household : engine_.households()) {
        auto view = engine_.view(household);
        for (Alert& alert : view->alerts) {
            const AlertState state = alert.state;
            work.announcements.push_back(
                {household, 0, work.transaction.now, AlertChanged{std::move(alert), state}});
        }
    }
}

Gateway::Work Gateway::begin(Purpose purpose) {
    Work work;
    reading_ = clock_.read();
    const EngineTime::Tick tick = time_.tick(reading_);
    work.transaction.now = tick.now;
    if (reading_.state != ClockState::unsynchronised) trusted_now_ = tick.now;
    work.transaction.acks = std::exchange(acks_, {});
    if (skip_ > 0) {
        // Where the store ends, and before anything is decided since.
        work.transaction.now = *deaf_since_;
        apply(work, {}, StoreRestored{std::exchange(skip_, 0)});
        work.transaction.now = tick.now;
    }
    if (tick.step) {
        counters_.add(Counter::clock_steps);
        if (deaf_since_) {
            // The engine stands where it was last heard, and is set there: set at `now` it would
            // decide what it may have missed, and be ahead of everything that comes after.
            *deaf_since_ += *tick.step;
            work.transaction.now = std::min(*deaf_since_, tick.now);
        }
        apply(work, {}, ClockStep{*tick.step});
        work.transaction.now = tick.now;
        proposals_.shift(*tick.step);
    }
    catch_up(work, purpose);
    return work;
}

/// Brings the engine to now. While the home cannot be heard the engine stands still where it was
/// last heard, until an Outage takes it over the gap: decided once, in the same place live and
/// in replay. A gap too short for one, or a person's command, just ends it. The time of a commit is
/// the engine's, or the next start would run ahead of it; and what is due by then is decided with
/// it, for it may not have been (deaf again at once, a clock that was set), and the next start
/// takes it for decided.
void Gateway::catch_up(Work& work, Purpose purpose) {
    Transaction& transaction = work.transaction;
    if (deaf_since_) {
        const Instant since = std::min(*deaf_since_, transaction.now);
        if (transaction.now - since >= options_.outage_after) {
            counters_.add(Counter::outages);
            apply(work, {}, Outage{since});
        } else if (purpose == Purpose::look) {
            transaction.now = since;
            engine_.advance(since, transaction.decisions);
            return;
        }
        deaf_since_ = transaction.now;
    }
    engine_.advance(transaction.now, transaction.decisions);
}

result<void> Gateway::listening(bool hears) noexcept {
    if (hears != deaf_since_.has_value()) return {};
    if (!hears) {
        deaf_since_ = time_.last();
        return {};
    }
    Work work = begin(Purpose::look);
    deaf_since_.reset();
    return finish(work);
}

void Gateway::apply(Work& work, const HouseholdId& household, const Input& input) {
    Transaction& transaction = work.transaction;
    engine_.apply(transaction.now, input, transaction.decisions);
    transaction.inputs.push_back({++last_input_, transaction.now, household, encode(input)});
    if (!household.empty()) checkpointer_.changed(household, reading_.steady);
}

std::optional<Instant> Gateway::deadline() const {
    const auto due = engine_.deadline();
    if (!due || !deaf_since_) return due;
    return std::max(*due, *deaf_since_ + options_.outage_after);
}

result<void> Gateway::process(std::span<const Inbound> batch) noexcept {
    Work work = begin(Purpose::take);
    for (const Inbound& message : batch) take(work, message);
    return finish(work);
}

void Gateway::take(Work& work, const Inbound& message) {
    if (tap_.open()) tap_.arrived(message, work.transaction.now);
    Understood understood = ingest_.understand(message, work.transaction.now);
    if (understood.rejected &&
        mentions_withheld(understood.rejected->topic, understood.rejected->payload)) {
        counters_.add(Counter::without_consent);
    } else if (understood.rejected) {
        work.transaction.rejected.push_back(std::move(*understood.rejected));
    }
    if (auto& refusal = understood.refusal) {
        const DeviceId* const device = book_.find("native", refusal->address);
        if (device != nullptr) tap_.became(*device, Fate::not_understood, true);
        ack_book_.refuse(refusal->address, refusal->sequence, std::move(refusal->code),
                         std::move(refusal->text));
    }
    for (Understood::Item& item : understood.items) observe(work, item);
    if (!tap_.caught()) return;
    tap_.left([this](const DeviceId& device) { return engine_.collects(device); },
              mentions_withheld(message.topic, message.payload));
}

void Gateway::observe(Work& work, Understood::Item& item) {
    const auto sequence = item.observation.sequence;
    const DeviceId device = item.observation.device;
    Fate fate = Fate::taken;
    if (!engine_.collects(item.observation.device)) {
        // Acknowledged below: a sensor that nobody listens to need not repeat.
        counters_.add(Counter::without_consent);
    } else if (engine_.seen(item.observation)) {
        counters_.add(Counter::duplicates);
        fate = Fate::duplicate;
    } else {
        const bool alarm = urgent(item.observation);
        if (!alarm && sequence && journal_.space() == Space::low) {
            counters_.add(Counter::low_space);
            tap_.became(device, Fate::no_room, false);
            return;  // not acknowledged: our own sensor keeps it and comes again, a foreign one
                     // cannot
        }
        if (alarm) counters_.add(Counter::alarms);
        counters_.add(Counter::readings, item.observation.readings.size());
        const HouseholdId household = *engine_.household_of(item.observation.device);
        apply(work, household, std::move(item.observation));
    }
    if (sequence) ack_book_.acknowledge(item.address, *sequence);
    tap_.became(device, fate, sequence.has_value());
}

result<void> Gateway::tick() noexcept {
    Work work = begin(Purpose::look);
    if (!deaf_since_) tell_rhythms(work);
    for (const auto& due : checkpointer_.due(reading_.steady, work.transaction.now)) {
        checkpoint(work, due.household, due.base);
    }
    return finish(work);
}

void Gateway::checkpoint(Work& work, const HouseholdId& household, bool base) {
    std::string bytes = engine_.snapshot(household);
    if (bytes.empty()) return;  // removed meanwhile
    work.transaction.checkpoints.push_back(
        {household, last_input_, work.transaction.now, std::move(bytes), base});
    checkpointer_.written(household, base, work.transaction.now);
}

result<AnsweredCommand> Gateway::answer_once(const Once& once, const Answering& answering) {
    counters_.add(Counter::commands);
    auto known = journal_.answer(once.id);
    if (!known) return known.error();
    if (*known && !once.digest.empty() && !(**known).digest.empty() &&
        (**known).digest != once.digest) {
        AnsweredCommand other{once.id, (**known).at, CommandStatus::refused, {}};
        put(other, text::say("command_id_reused"));
        counters_.add(Counter::bad_commands);
        return other;
    }
    Work work = begin(Purpose::take);
    const Instant now = work.transaction.now;
    AnsweredCommand answer{once.id, now, CommandStatus::expired,
                           "the command expired before it arrived"};
    answer.digest = once.digest;
    bool by_engine = false;
    if (*known) {
        counters_.add(Counter::command_repeats);
        answer = **known;
        answer.repeated = true;
    } else {
        if (once.expires == Instant{} || now < once.expires) by_engine = answering(work, answer);
        work.transaction.answers.push_back(answer);
    }
    if (!by_engine) {
        work.announcements.push_back(
            {HouseholdId{}, 0, now, CommandAnswered{answer.id, answer.status, answer.text}});
    }
    if (const auto done = finish(work); !done) return done.error();
    return answer;
}

result<AnsweredCommand> Gateway::command(const TimedCommand& timed) noexcept {
    AlertCommand command = timed.command;
    const Once once{command.command_id, timed.expires, timed.digest};
    return answer_once(once, [&](Work& work, AnsweredCommand& answer) {
        const HouseholdId* household = engine_.household_of(command.alert);
        const auto community = engine_.community_of(command.alert);
        if (household == nullptr && !community) {
            answer.status = CommandStatus::refused;
            const text::Fact facts[] = {{"alert", command.alert.value}};
            put(answer, text::say("no_alert", facts));
            return false;
        }
        const HouseholdId unit = community ? unit_of(*community) : HouseholdId{*household};
        if (auto against = settle_persons(engine_, unit, work.transaction.now, command)) {
            answer.status = CommandStatus::refused;
            put(answer, std::move(*against));
            return false;
        }
        apply(work, unit, command);
        take_answer(work, answer);
        return true;
    });
}

result<AnsweredCommand> Gateway::order(const std::string& id, Instant expires,
                                       const Act& act) noexcept {
    return answer_once({id, expires}, [&](Work&, AnsweredCommand& answer) {
        std::tie(answer.status, answer.text) = act();
        return false;
    });
}

result<void> Gateway::report_box(const BoxHealth& health, BoxCause cause,
                                 const BoxWarnings& warnings) noexcept {
    if (district_ == nullptr) return {};
    Work work = begin(Purpose::look);
    const std::uint64_t seq = ++heads_[static_cast<std::size_t>(Lane::bulk)];
    // Of the box, not of a home: it is as old as it is, also while the homes cannot be heard.
    const Envelope envelope{epoch_, seq, time_.last(), reading_.state};
    work.transaction.events.push_back({Lane::bulk, seq, work.transaction.now,
                                       district_->encode(health, cause, warnings, envelope)});
    return finish(work);
}

result<void> Gateway::stop() noexcept {
    Work work = begin(Purpose::look);
    for (const auto& due : checkpointer_.all_changed()) checkpoint(work, due.household, due.base);
    if (proposals_.changed()) work.transaction.proposals = proposals_.save(work.transaction.now);
    return finish(work);
}

void Gateway::wrap_events(Transaction& transaction, const Decisions& decisions) {
    if (district_ == nullptr) return;
    for (const Decision& decision : decisions) {
        const auto lane = district_->lane_of(decision);
        if (!lane) continue;
        const std::uint64_t seq = ++heads_[static_cast<std::size_t>(*lane)];
        const Envelope envelope{epoch_, seq, transaction.now, reading_.state};
        transaction.events.push_back(
            {*lane, seq, transaction.now, district_->encode(decision, *lane, envelope)});
    }
}

/// For the log and the counters: what has just become durable.
void Gateway::report(const Decision& decision) {
    const auto* change = std::get_if<AlertChanged>(&decision.what);
    if (change == nullptr) return;
    if (!change->from) counters_.add(Counter::alerts_raised);
    const Alert& alert = change->alert;
    log::info("alert", {{"id", alert.id.value},
                        {"kind", name(alert.kind)},
                        {"priority", name(alert.priority)},
                        {"from", change->from ? name(*change->from) : std::string_view{}},
                        {"to", name(alert.state)},
                        {"actor", alert.actor}});
}

result<void> Gateway::finish(Work& work) {
    Transaction& transaction = work.transaction;
    couple(work);
    wrap_events(transaction, transaction.decisions);
    wrap_events(transaction, work.announcements);
    wrap_notices(work);
    if (ingest_.state_changed()) transaction.driver_state = ingest_.save_state();
    if (proposals_.due(transaction.now)) transaction.proposals = proposals_.save(transaction.now);
    // An idle box writes down now and then that it is alive, or the next start could not tell a
    // quiet hour from an hour without power.
    const bool idle_too_long = transaction.now - last_commit_ >= options_.outage_after / 2;
    if (!transaction.empty() || idle_too_long) {
        last_commit_ = transaction.now;
        if (const auto done = journal_.commit(transaction); !done) return done.error();
        counters_.add(Counter::commits);
        counters_.add(Counter::decisions, transaction.decisions.size());
        for (const Decision& decision : transaction.decisions) report(decision);
    }
    ack_book_.send(sensors_);
    if (district_ != nullptr && !transaction.events.empty())
        district_->committed(transaction.events);
    if (notifier_ != nullptr && !work.notices.empty())
        notifier_->committed(std::move(work.notices));
    if (!transaction.decisions.empty()) {
        for (const Watcher& watcher : watchers_) watcher(transaction.decisions);
    }
    tap_.committed();  // last: whoever looks on waits for everybody who is told
    return {};
}

}  // namespace anju
