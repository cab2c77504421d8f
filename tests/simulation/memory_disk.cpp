#include "tests/simulation/memory_disk.hpp"

#include <algorithm>
#include <utility>

#include "store/writer.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t most_lied_about = 3;  // commits
constexpr std::size_t bulk_kept_at_least = 40;

}  // namespace

MemoryDisk::MemoryDisk(const Fate& fate, const Weather& weather) : fate_(fate), weather_(weather) {
    state_.epoch = 1'000 + fate.seed % 1'000;
}

result<Recovery> MemoryDisk::recover() {
    if (fate_.plant == Plant::epoch_kept && lives_ > 0) {
        state_.lanes = {};
        for (auto& events : outbox_) events.clear();
    }
    ++lives_;
    young_.clear();
    Recovery out;
    out.new_epoch = std::exchange(new_, false);
    out.epoch = state_.epoch;
    out.last_input = state_.last_input;
    out.engine_time = state_.engine_time;
    out.driver_state = driver_state_;
    out.proposals = proposals_;
    for (const auto& [household, all] : checkpoints_) out.checkpoints.push_back(all.back());
    return out;
}

result<void> MemoryDisk::inputs_after(std::uint64_t after,
                                      const std::function<bool(const JournalEntry&)>& visit) {
    if (fate_.plant == Plant::dedup_forgotten) return {};
    const auto first = std::ranges::upper_bound(inputs_, after, {}, &JournalEntry::seq);
    for (auto at = first; at != inputs_.end(); ++at) {
        if (!visit(*at)) break;
    }
    return {};
}

result<void> MemoryDisk::commit(const Transaction& transaction) {
    if (auto wrong = store::check_numbers(transaction, state_); !wrong) return wrong;
    if (fate_.plant == Plant::sync_lies) {
        young_.push_back(
            {transaction.inputs.size(), state_, {outbox_[0].size(), outbox_[1].size()}});
        if (young_.size() > most_lied_about) young_.pop_front();
    }
    for (const HouseholdId& gone : transaction.removed) checkpoints_.erase(gone);
    inputs_.insert(inputs_.end(), transaction.inputs.begin(), transaction.inputs.end());
    if (!transaction.inputs.empty()) state_.last_input = transaction.inputs.back().seq;
    for (const OutboxEvent& event : transaction.events) {
        outbox(event.lane).push_back(event);
        state_.lanes[event.lane].append(event.seq);
    }
    for (const OutboxAck& ack : transaction.acks) {
        state_.lanes[ack.lane].acknowledge(ack.through, ack.seqs);
    }
    for (const Checkpoint& checkpoint : transaction.checkpoints) keep(checkpoint);
    for (const AnsweredCommand& answer : transaction.answers) answers_[answer.id] = answer;
    if (transaction.driver_state) driver_state_ = *transaction.driver_state;
    if (transaction.proposals) proposals_ = *transaction.proposals;
    state_.engine_time = transaction.now;
    return {};
}

/// A newer one takes the place of one that is not a base.
void MemoryDisk::keep(const Checkpoint& checkpoint) {
    auto& all = checkpoints_[checkpoint.household];
    std::erase_if(all, [](const Checkpoint& one) { return !one.base; });
    all.push_back(checkpoint);
}

Space MemoryDisk::space() const {
    return weather_.disk_full ? Space::low : Space::ample;
}

result<std::vector<OutboxEvent>> MemoryDisk::events(Lane lane, std::uint64_t first,
                                                    std::uint64_t last, std::size_t limit) {
    std::vector<OutboxEvent> out;
    const auto& all = outbox(lane);
    for (auto at = std::ranges::lower_bound(all, first, {}, &OutboxEvent::seq);
         at != all.end() && at->seq <= last && out.size() < limit; ++at) {
        out.push_back(*at);
    }
    return out;
}

result<std::optional<AnsweredCommand>> MemoryDisk::answer(std::string_view command_id) {
    const auto found = answers_.find(command_id);
    if (found == answers_.end()) return std::optional<AnsweredCommand>{};
    return std::optional<AnsweredCommand>{found->second};
}

result<bool> MemoryDisk::maintain(Instant now) {
    if (now < expired_at_ || now - expired_at_ >= 1h) {
        expired_at_ = now;
        expire(now);
    }
    if (!weather_.disk_full) return false;
    const store::LaneBook& book = state_.lanes[Lane::bulk];
    auto& bulk = outbox(Lane::bulk);
    while (bulk.size() > bulk_kept_at_least &&
           bulk.front().seq + bulk_kept_at_least < book.head()) {
        if (!book.acknowledged(bulk.front().seq) && gave_up_bulk) gave_up_bulk(bulk.front().seq);
        bulk.pop_front();
    }
    return false;
}

void MemoryDisk::expire(Instant now) {
    std::uint64_t needed = state_.last_input;
    for (auto& [household, all] : checkpoints_) {
        while (all.size() > 1 && all[1].base && now - all[0].at > fate_.keep_readings) {
            all.erase(all.begin());
        }
        needed = std::min(needed, all.front().seq);
    }
    while (!inputs_.empty() && inputs_.front().seq <= needed) inputs_.pop_front();
    for (const Lane lane : all_lanes) {
        auto& all = outbox(lane);
        while (!all.empty() && now - all.front().at > fate_.keep_acknowledged &&
               state_.lanes[lane].acknowledged(all.front().seq)) {
            all.pop_front();
        }
    }
}

void MemoryDisk::replaced() {
    const bool kept = fate_.plant == Plant::epoch_kept || fate_.plant == Plant::epoch_inherited;
    const std::uint64_t epoch = state_.epoch + (kept ? 0 : 1'000);
    state_ = {};
    state_.epoch = epoch;
    inputs_.clear();
    checkpoints_.clear();
    for (auto& events : outbox_) events.clear();
    answers_.clear();
    driver_state_.clear();
    proposals_.clear();
    young_.clear();
    new_ = true;
}

void MemoryDisk::lose_last_commits() {
    for (; !young_.empty(); young_.pop_back()) {
        const Young& before = young_.back();
        inputs_.resize(inputs_.size() - before.inputs);
        outbox_[0].resize(before.events[0]);
        outbox_[1].resize(before.events[1]);
        state_ = before.state;
    }
    for (auto& [household, all] : checkpoints_) {
        while (all.size() > 1 && all.back().seq > state_.last_input) all.pop_back();
    }
}

void MemoryDisk::forget_sent(Lane lane, std::uint64_t seq) {
    std::erase_if(outbox(lane), [seq](const OutboxEvent& event) { return event.seq == seq; });
    state_.lanes[lane].acknowledge(0, {seq});
}

}  // namespace anju::whole
