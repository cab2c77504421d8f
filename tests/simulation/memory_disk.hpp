// The store in memory: what a commit that has returned promised outlives every process, and a
// commit that was cut off is there as a whole or not at all. That is what SQLite is held to by
// tests/component/store; here it costs a hundredth, so that most histories run on it.
//
// Numbers are checked and lanes are kept by the store's own code (check_numbers, LaneBook).
#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/journal.hpp"
#include "store/state.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/weather.hpp"

namespace anju::whole {

class MemoryDisk final : public Journal {
public:
    /// Both must outlive it.
    MemoryDisk(const Fate& fate, const Weather& weather);

    result<Recovery> recover() override;
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override;
    result<void> commit(const Transaction& transaction) override;
    [[nodiscard]] Space space() const override;
    [[nodiscard]] LaneState lane(Lane lane) const override { return state_.lanes[lane].state(); }
    result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first, std::uint64_t last,
                                            std::size_t limit) override;
    result<std::optional<AnsweredCommand>> answer(std::string_view command_id) override;
    result<std::vector<NoticeRow>> notices_about(std::string_view) override {
        return std::vector<NoticeRow>{};
    }
    result<std::vector<Said>> consents() override { return std::vector<Said>{}; }
    result<bool> maintain(Instant now) override;

    /// Bulk events that were given up unacknowledged because the disk is full.
    std::function<void(std::uint64_t through)> gave_up_bulk;

    /// The disk was damaged beyond use and has been replaced: empty, and a new epoch.
    void replaced();

    // Planted bugs.
    void lose_last_commits();  ///< what a disk does that lies about its syncs
    void forget_sent(Lane lane, std::uint64_t seq);

private:
    struct Young {
        std::size_t inputs;
        store::State state;
        std::array<std::size_t, 2> events;
    };
    [[nodiscard]] std::deque<OutboxEvent>& outbox(Lane lane) {
        return outbox_[lane == Lane::alarm ? 0 : 1];
    }
    void keep(const Checkpoint& checkpoint);
    void expire(Instant now);

    const Fate& fate_;
    const Weather& weather_;
    store::State state_;
    std::deque<JournalEntry> inputs_;
    std::map<HouseholdId, std::vector<Checkpoint>> checkpoints_;  ///< ascending
    std::array<std::deque<OutboxEvent>, 2> outbox_;
    std::map<std::string, AnsweredCommand, std::less<>> answers_;
    std::string driver_state_;
    std::string proposals_;
    std::deque<Young> young_;  ///< with Plant::sync_lies: before each of the last commits
    Instant expired_at_{};
    int lives_ = 0;
    bool new_ = false;
};

}  // namespace anju::whole
