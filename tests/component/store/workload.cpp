#include "tests/component/store/workload.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "core/codec/codec.hpp"
#include "store/lane_book.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {

namespace {

std::size_t slot(Lane lane) {
    return lane == Lane::alarm ? 0 : 1;
}

std::string household(std::uint64_t number) {
    return "home-" + std::to_string(number);
}

}  // namespace

const Transaction& Workload::transaction(std::size_t index) {
    while (transactions_.size() <= index) extend();
    return transactions_[index];
}

void Workload::extend() {
    const std::size_t index = transactions_.size();
    std::mt19937_64 chance(seed_ * 1'000'003 + index);
    const auto below = [&](std::uint64_t bound) { return chance() % bound; };
    Transaction out;
    out.now = noon + std::chrono::minutes{index};
    const std::string home = household(below(5));
    for (std::uint64_t left = 1 + below(4); left > 0; --left) {
        out.inputs.push_back(reading_of(home, ++last_input_, out.now, below(30)));
    }
    if (below(3) == 0) {
        out.decisions.push_back(
            alert_decision(home, ++numbers_, home + "-1",
                           below(2) == 0 ? AlertState::open : AlertState::acknowledged, out.now));
        out.events.push_back(event_of(Lane::alarm, ++heads_[0], out.now, 200 + below(300)));
    }
    for (std::uint64_t left = below(3); left > 0; --left) {
        out.events.push_back(event_of(Lane::bulk, ++heads_[1], out.now, 100 + below(200)));
    }
    if (heads_[0] > 0 && below(4) == 0) {
        out.acks.push_back({Lane::alarm, 0, {1 + below(heads_[0])}});
    }
    if (heads_[1] > 0 && below(4) == 0) out.acks.push_back({Lane::bulk, below(heads_[1]), {}});
    if (below(4) == 0) {
        out.checkpoints.push_back(
            checkpoint_of(home, last_input_, out.now, below(4) == 0, 500 + below(9'000)));
    }
    if (below(8) == 0) {
        out.answers.push_back(
            {"command-" + std::to_string(index), out.now, CommandStatus::refused, "no such alert"});
    }
    if (below(8) == 0) {
        out.rejected.push_back(
            {out.now, "some/topic", std::string(below(2'000), 'x'), "malformed", "not understood"});
    }
    if (below(16) == 0) out.driver_state = "drivers after " + std::to_string(index);
    if (index % 7 == 0) out.proposals = "proposals after " + std::to_string(index);
    transactions_.push_back(std::move(out));
}

std::ptrdiff_t Workload::count_at(std::uint64_t last_input) const {
    if (last_input == 0) return 0;
    for (std::size_t index = 0; index < transactions_.size(); ++index) {
        if (transactions_[index].inputs.back().seq == last_input) {
            return static_cast<std::ptrdiff_t>(index) + 1;
        }
    }
    return -1;
}

std::string Workload::differences(Journal& journal, std::size_t count) {
    std::map<std::uint64_t, JournalEntry> inputs;
    std::map<std::string, Checkpoint> newest;
    std::map<std::uint64_t, std::string> events[2];
    store::LaneBook books[2];
    std::vector<AnsweredCommand> answers;
    std::string drivers;
    std::string proposals;
    Instant time{};
    for (std::size_t index = 0; index < count; ++index) {
        const Transaction& one = transaction(index);
        for (const JournalEntry& entry : one.inputs) inputs[entry.seq] = entry;
        for (const OutboxEvent& event : one.events) {
            events[slot(event.lane)][event.seq] = event.bytes;
            books[slot(event.lane)].append(event.seq);
        }
        for (const OutboxAck& ack : one.acks) {
            books[slot(ack.lane)].acknowledge(ack.through, ack.seqs);
        }
        for (const Checkpoint& one_of : one.checkpoints) newest[one_of.household.value] = one_of;
        answers.insert(answers.end(), one.answers.begin(), one.answers.end());
        if (one.driver_state) drivers = *one.driver_state;
        if (one.proposals) proposals = *one.proposals;
        time = one.now;
    }

    const auto recovery = journal.recover();
    if (!recovery) return recovery.error().text();
    if (recovery->engine_time != time) return "engine time differs";
    if (recovery->driver_state != drivers) return "driver state differs";
    if (recovery->proposals != proposals) return "proposals differ";
    if (recovery->checkpoints.size() != newest.size()) return "number of checkpoints differs";
    std::uint64_t floor = inputs.empty() ? 0 : inputs.rbegin()->first;
    for (const Checkpoint& found : recovery->checkpoints) {
        const Checkpoint& expected = newest[found.household.value];
        if (found.seq != expected.seq || found.bytes != expected.bytes) {
            return "checkpoint of " + found.household.value + " differs";
        }
        floor = std::min(floor, found.seq);
    }
    for (const JournalEntry& entry : inputs_of(journal)) {
        const auto expected = inputs.find(entry.seq);
        if (expected == inputs.end() || expected->second.bytes != entry.bytes ||
            expected->second.at != entry.at || expected->second.household != entry.household) {
            return "input " + std::to_string(entry.seq) + " differs";
        }
        inputs.erase(expected);
    }
    // Whatever is missing must be what retention may take.
    if (!inputs.empty() && inputs.rbegin()->first > floor) {
        return "input " + std::to_string(inputs.rbegin()->first) + " is missing";
    }
    for (const Lane lane : all_lanes) {
        const store::LaneBook& book = books[slot(lane)];
        const LaneState state = journal.lane(lane);
        if (state.head != book.head() || state.unacknowledged != book.state().unacknowledged ||
            state.first_unacked != book.state().first_unacked) {
            return "lane state differs";
        }
        const auto stored = journal.events(lane, 1, state.head, SIZE_MAX / 2);
        if (!stored) return stored.error().text();
        std::map<std::uint64_t, std::string> found;
        for (const OutboxEvent& event : *stored) found[event.seq] = event.bytes;
        for (const auto& [seq, bytes] : events[slot(lane)]) {
            const auto one = found.find(seq);
            if (one == found.end() ? !book.acknowledged(seq) : one->second != bytes) {
                return "event " + std::to_string(seq) + " is missing or differs";
            }
        }
    }
    for (const AnsweredCommand& answer : answers) {
        const auto stored = journal.answer(answer.id);
        if (!stored || !*stored || (*stored)->text != answer.text) return "answer " + answer.id;
    }
    return "";
}

}  // namespace anju::test
