// A whole Journal in memory: keeps what was committed, can refuse a commit, can be started again.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/journal.hpp"

namespace anju::test {

class MemoryJournal final : public Journal {
public:
    // What is stored, open for assertions.
    std::vector<JournalEntry> inputs;
    Decisions decisions;
    std::map<Lane, std::vector<OutboxEvent>> outbox;
    std::map<Lane, std::uint64_t> acked_through;
    std::vector<Checkpoint> checkpoints;
    std::vector<RejectedMessage> rejected;
    std::vector<Erasure> erasures;
    std::map<std::string, AnsweredCommand> answers;
    std::size_t commits = 0;
    Instant engine_time{};
    std::uint64_t epoch = 7;
    std::string driver_state;
    std::string proposals;
    std::map<std::uint64_t, NoticeRow> notices;

    // Faults.
    bool refuse_commits = false;
    bool new_epoch = false;  ///< the store was rebuilt
    Space space_now = Space::ample;

    result<Recovery> recover() override {
        Recovery recovery;
        recovery.epoch = epoch;
        recovery.new_epoch = new_epoch;
        recovery.last_input = inputs.empty() ? 0 : inputs.back().seq;
        recovery.engine_time = engine_time;
        recovery.driver_state = driver_state;
        recovery.proposals = proposals;
        recovery.last_notice = notices.empty() ? 0 : notices.rbegin()->first;
        for (const auto& [id, row] : notices) {
            if (!is_final(row.state)) recovery.notices.push_back(row);
        }
        std::map<HouseholdId, Checkpoint> newest;
        for (const Checkpoint& checkpoint : checkpoints) newest[checkpoint.household] = checkpoint;
        for (auto& [id, checkpoint] : newest) recovery.checkpoints.push_back(std::move(checkpoint));
        return recovery;
    }

    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override {
        for (const JournalEntry& entry : inputs) {
            if (entry.seq > after && !visit(entry)) break;
        }
        return {};
    }

    result<void> commit(const Transaction& transaction) override {
        if (refuse_commits) return Error{"the disk refuses", "memory", ""};
        ++commits;
        engine_time = transaction.now;
        if (transaction.driver_state) driver_state = *transaction.driver_state;
        if (transaction.proposals) proposals = *transaction.proposals;
        append(inputs, transaction.inputs);
        append(decisions, transaction.decisions);
        for (const Erasure& erasure : transaction.erasures) {
            std::erase_if(checkpoints,
                          [&](const Checkpoint& c) { return c.household == erasure.household; });
        }
        append(erasures, transaction.erasures);
        append(checkpoints, transaction.checkpoints);
        append(rejected, transaction.rejected);
        for (const OutboxEvent& event : transaction.events) outbox[event.lane].push_back(event);
        for (const OutboxAck& ack : transaction.acks) {
            acked_through[ack.lane] = std::max(acked_through[ack.lane], ack.through);
        }
        for (const AnsweredCommand& answer : transaction.answers) answers[answer.id] = answer;
        for (const NoticeRow& row : transaction.notices) notices[row.id] = row;
        for (const NoticeRow& row : transaction.notice_results) notices[row.id] = row;
        for (const HouseholdId& gone : transaction.removed) {
            std::erase_if(checkpoints, [&](const Checkpoint& c) { return c.household == gone; });
        }
        return {};
    }

    [[nodiscard]] Space space() const override { return space_now; }

    [[nodiscard]] LaneState lane(Lane lane) const override {
        LaneState state;
        const auto events = outbox.find(lane);
        if (events == outbox.end() || events->second.empty()) return state;
        const auto acked = acked_through.find(lane);
        const std::uint64_t through = acked == acked_through.end() ? 0 : acked->second;
        state.head = events->second.back().seq;
        state.unacknowledged = state.head - std::min(state.head, through);
        state.first_unacked = state.unacknowledged == 0 ? 0 : through + 1;
        return state;
    }

    result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first, std::uint64_t last,
                                            std::size_t limit) override {
        std::vector<OutboxEvent> out;
        for (const OutboxEvent& event : outbox[lane]) {
            if (event.seq >= first && event.seq <= last && out.size() < limit) out.push_back(event);
        }
        return out;
    }

    result<std::optional<AnsweredCommand>> answer(std::string_view command_id) override {
        const auto found = answers.find(std::string(command_id));
        if (found == answers.end()) return std::optional<AnsweredCommand>{};
        return std::optional<AnsweredCommand>{found->second};
    }

    result<std::vector<NoticeRow>> notices_about(std::string_view subject) override {
        std::vector<NoticeRow> out;
        for (const auto& [id, row] : notices) {
            if (row.subject == subject) out.push_back(row);
        }
        return out;
    }

    result<std::vector<Said>> consents() override {
        std::vector<Said> out;
        for (const Decision& decision : decisions) {
            const auto* said = std::get_if<ConsentChanged>(&decision.what);
            if (said != nullptr) out.push_back({decision.household, said->consent});
        }
        return out;
    }

    result<bool> maintain(Instant) override { return false; }

private:
    template <class T>
    static void append(std::vector<T>& to, const std::vector<T>& from) {
        to.insert(to.end(), from.begin(), from.end());
    }
};

}  // namespace anju::test
