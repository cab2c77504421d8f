#include "store/writer.hpp"

#include <algorithm>
#include <variant>

#include "core/codec/codec.hpp"
#include "core/engine.hpp"
#include "store/eraser.hpp"
#include "store/rows.hpp"

namespace anju::store {

Writer::OfLane::OfLane(Database& db, Lane lane)
    : insert(db, sql::insert(sql::outbox, outbox_table(lane))) {}

Writer::Writer(Database& db, Meta& meta, std::size_t rejected_limit)
    : db_(db),
      meta_(meta),
      rejected_limit_(rejected_limit),
      alarm_(db, Lane::alarm),
      bulk_(db, Lane::bulk),
      journal_(db, sql::insert(sql::journal, "journal")),
      decision_(db, sql::insert(sql::decisions, "decisions")),
      alert_(db, sql::insert(sql::alerts, "alerts")),
      alert_known_(db, "SELECT 1 FROM alerts WHERE id = ?1"),
      range_insert_(db, sql::insert("lane, first, last, crc", "acknowledged")),
      range_delete_(db, "DELETE FROM acknowledged WHERE lane = ?1 AND first = ?2"),
      checkpoint_insert_(db, sql::insert(sql::checkpoints, "checkpoints")),
      checkpoint_replace_(
          db, "DELETE FROM checkpoints WHERE household = ?1 AND base = 0 AND seq <= ?2"),
      checkpoints_of_(db, sql::select(sql::checkpoints, "checkpoints", "WHERE household = ?1")),
      checkpoint_remove_(db, "DELETE FROM checkpoints WHERE household = ?1"),
      command_(db, sql::insert(sql::commands, "commands")),
      rejected_insert_(db, sql::insert(sql::rejected, "rejected")),
      rejected_trim_(db, "DELETE FROM rejected WHERE id <= ?1"),
      driver_state_(db, sql::insert(sql::driver_state, "driver_state")),
      notice_(db, sql::insert(sql::notices, "notices")),
      salvaged_clear_(db, "DELETE FROM salvaged"),
      consent_(db, "INSERT INTO consents(id, household, bytes, crc) VALUES(?1, ?2, ?3, ?4)"),
      erasure_(db, sql::insert(sql::erasures, "erasures")) {}

void Writer::write(const Transaction& transaction, State& state) {
    State next;
    next.epoch = state.epoch;
    next.last_input = state.last_input;
    next.last_decision = state.last_decision;
    next.last_rejected = state.last_rejected;
    next.last_notice = state.last_notice;
    next.bulk_dropped_through = state.bulk_dropped_through;
    next.bulk_dropped = state.bulk_dropped;
    next.alerts = state.alerts;
    next.rejected = state.rejected;
    next.engine_time = transaction.now;
    next.lanes = state.lanes;

    Atomic atomic(db_);
    remove_households(transaction);
    begin_erasures(transaction);
    write_inputs(transaction, next);
    write_decisions(transaction, next);
    write_lanes(transaction, state.lanes, next.lanes);
    write_checkpoints(transaction);
    write_answers(transaction);
    write_rejections(transaction, next);
    write_driver_state(transaction);
    write_notices(transaction, next);
    if (state.new_epoch && !transaction.empty()) end_new_epoch();
    // See stored_engine_time(). A clock that was set back must not leave a later time behind.
    const bool said = !transaction.inputs.empty() &&
                      transaction.inputs.back().at == transaction.now &&
                      to_unix_ms(transaction.now) >= meta_.get_or(key::engine_time, 0);
    if (!said && transaction.now != state.engine_time) {
        meta_.set(key::engine_time, to_unix_ms(transaction.now));
    }
    atomic.commit();
    next.new_epoch = state.new_epoch && transaction.empty();
    state = std::move(next);
}

void Writer::remove_households(const Transaction& transaction) {
    for (const HouseholdId& household : transaction.removed) {
        checkpoint_remove_.bind_text(1, household.value);
        checkpoint_remove_.run();
    }
}

/// The snapshots go here and now, before those that this commit carries; the rest is work for
/// Eraser.
void Writer::begin_erasures(const Transaction& transaction) {
    const std::uint64_t last = transaction.inputs.empty() ? 0 : transaction.inputs.back().seq;
    for (const Erasure& erasure : transaction.erasures) {
        StoredErasure row;
        row.id =
            static_cast<std::uint64_t>(db_.number("SELECT coalesce(max(id), 0) + 1 FROM erasures"));
        row.what = erasure;
        row.wanted_at = transaction.now;
        row.next = static_cast<std::uint64_t>(meta_.get_or(key::journal_base, 0)) + 1;
        row.last = last;
        checkpoints_of_.bind_text(1, erasure.household.value);
        while (checkpoints_of_.step()) {
            const auto before = read_checkpoint(checkpoints_of_);
            Engine engine;
            if (!before || !engine.restore(before->bytes)) continue;
            if (const auto home = engine.view(erasure.household)) add(row.what, home->household);
        }
        checkpoints_of_.reset();
        checkpoint_remove_.bind_text(1, erasure.household.value);
        checkpoint_remove_.run();
        row.snapshots = static_cast<std::uint64_t>(db_.changes());
        write_erasure(erasure_, row);
    }
}

void Writer::write_inputs(const Transaction& transaction, State& next) {
    for (const JournalEntry& entry : transaction.inputs) {
        write_journal(journal_, entry);
        next.last_input = entry.seq;
    }
}

void Writer::write_decisions(const Transaction& transaction, State& next) {
    for (const Decision& decision : transaction.decisions) {
        const auto* changed = std::get_if<AlertChanged>(&decision.what);
        StoredDecision row;
        row.id = ++next.last_decision;
        row.household = decision.household.value;
        row.number = decision.number;
        row.at = decision.at;
        row.recorded = transaction.now;
        if (changed != nullptr) row.alert = changed->alert.id.value;
        if (const auto* told = std::get_if<Summons>(&decision.what)) row.alert = told->alert.value;
        row.bytes = encode(decision);
        write_decision(decision_, row);
        if (std::holds_alternative<ConsentChanged>(decision.what)) {
            SealedRow(consent_, "consents")
                .integer(row.id)
                .text(row.household)
                .blob(row.bytes)
                .run();
        }
        if (changed == nullptr) continue;
        alert_known_.bind_text(1, row.alert);
        if (!alert_known_.step()) ++next.alerts;
        alert_known_.reset();
        write_alert(alert_, changed->alert, row.bytes);
    }
}

void Writer::write_lanes(const Transaction& transaction, const Lanes& before, Lanes& after) {
    for (const OutboxEvent& event : transaction.events) {
        write_event(of(event.lane).insert, event);
        after[event.lane].append(event.seq);
    }
    for (const OutboxAck& ack : transaction.acks) {
        after[ack.lane].acknowledge(ack.through, ack.seqs);
    }
    if (transaction.acks.empty()) return;
    for (const Lane lane : all_lanes) write_acknowledged(lane, before[lane], after[lane]);
}

void Writer::write_acknowledged(Lane lane, const LaneBook& before, const LaneBook& after) {
    if (before.through() != after.through()) {
        meta_.set(key::acknowledged_through(lane), static_cast<std::int64_t>(after.through()));
    }
    const auto number = static_cast<std::int64_t>(lane);
    for (const auto& [first, last] : before.ranges()) {
        if (after.ranges().contains(first)) continue;
        range_delete_.bind(1, number);
        range_delete_.bind(2, static_cast<std::int64_t>(first));
        range_delete_.run();
    }
    for (const auto& [first, last] : after.ranges()) {
        const auto old = before.ranges().find(first);
        if (old != before.ranges().end() && old->second == last) continue;
        SealedRow(range_insert_, "acknowledged").integer(number).integer(first).integer(last).run();
    }
}

void Writer::write_checkpoints(const Transaction& transaction) {
    for (const Checkpoint& checkpoint : transaction.checkpoints) {
        const std::string& household = checkpoint.household.value;
        // A newer base serves a restart as well: the one that is not a base goes.
        checkpoint_replace_.bind_text(1, household);
        checkpoint_replace_.bind(2, static_cast<std::int64_t>(checkpoint.seq));
        checkpoint_replace_.run();
        write_checkpoint(checkpoint_insert_, checkpoint);
    }
}

void Writer::write_answers(const Transaction& transaction) {
    for (const AnsweredCommand& answer : transaction.answers) write_command(command_, answer);
}

void Writer::write_rejections(const Transaction& transaction, State& next) {
    if (transaction.rejected.empty()) return;
    for (const RejectedMessage& message : transaction.rejected) {
        write_rejected(rejected_insert_, ++next.last_rejected, message);
        ++next.rejected;
    }
    if (next.last_rejected <= rejected_limit_) return;
    rejected_trim_.bind(1, static_cast<std::int64_t>(next.last_rejected - rejected_limit_));
    rejected_trim_.run();
    next.rejected -= static_cast<std::uint64_t>(db_.changes());
}

void Writer::write_driver_state(const Transaction& transaction) {
    const auto keep = [this](std::int64_t id, const std::optional<std::string>& bytes) {
        if (bytes) SealedRow(driver_state_, "driver_state").integer(id).blob(*bytes).run();
    };
    keep(sql::driver_state_row, transaction.driver_state);
    keep(sql::proposals_row, transaction.proposals);
}

void Writer::write_notices(const Transaction& transaction, State& next) {
    for (const NoticeRow& notice : transaction.notices) {
        write_notice(notice_, notice);
        next.last_notice = notice.id;
    }
    for (const NoticeRow& notice : transaction.notice_results) write_notice(notice_, notice);
}

void Writer::end_new_epoch() {
    salvaged_clear_.run();
    meta_.set(key::new_epoch, 0);
}

result<void> check_numbers(const Transaction& transaction, const State& state) {
    const auto breach = [](std::string_view what, std::uint64_t expected, std::uint64_t got) {
        return Error{"the transaction is not stored: " + std::string(what) + " " +
                         std::to_string(got) + " follows " + std::to_string(expected - 1),
                     "commit", "restart the gateway; report this as a defect"};
    };
    std::uint64_t input = state.last_input;
    for (const JournalEntry& entry : transaction.inputs) {
        if (entry.seq != ++input) return breach("input", input, entry.seq);
    }
    for (const Checkpoint& checkpoint : transaction.checkpoints) {
        if (checkpoint.seq > input)
            return breach("a checkpoint at input", input + 1, checkpoint.seq);
    }
    std::uint64_t notice = state.last_notice;
    for (const NoticeRow& row : transaction.notices) {
        if (row.id != ++notice) return breach("notice", notice, row.id);
    }
    for (const NoticeRow& row : transaction.notice_results) {
        if (row.id > notice) return breach("a result of notice", notice + 1, row.id);
    }
    std::uint64_t alarm = state.lanes[Lane::alarm].head();
    std::uint64_t bulk = state.lanes[Lane::bulk].head();
    for (const OutboxEvent& event : transaction.events) {
        if (event.lane != Lane::alarm && event.lane != Lane::bulk) {
            return Error{"the transaction is not stored: unknown lane", "commit",
                         "restart the gateway; report this as a defect"};
        }
        std::uint64_t& head = event.lane == Lane::alarm ? alarm : bulk;
        if (event.seq != ++head) return breach("event", head, event.seq);
    }
    return {};
}

}  // namespace anju::store
