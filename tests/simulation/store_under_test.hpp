// What a box has for a disk: opens the store for a process, and takes the disk through its death.
#pragma once

#include <functional>
#include <memory>

#include "runtime/journal.hpp"
#include "tests/simulation/memory_disk.hpp"

namespace anju::whole {

class StoreUnderTest {
public:
    virtual ~StoreUnderTest() = default;
    /// For one process. `moment`: called at every write; true: the process does not survive it.
    virtual std::unique_ptr<Journal> open(Instant now, std::function<bool()> moment) = 0;
    /// The process is gone, its journal closed. `power`: with everything that was not synced.
    virtual void died(bool power) = 0;
    /// nullptr: the real store.
    [[nodiscard]] virtual MemoryDisk* memory() { return nullptr; }
};

/// Passes on to a journal that outlives the process.
class Borrowed final : public Journal {
public:
    explicit Borrowed(Journal& real) : real_(real) {}
    result<Recovery> recover() override { return real_.recover(); }
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override {
        return real_.inputs_after(after, visit);
    }
    result<void> commit(const Transaction& transaction) override {
        return real_.commit(transaction);
    }
    [[nodiscard]] Space space() const override { return real_.space(); }
    [[nodiscard]] LaneState lane(Lane lane) const override { return real_.lane(lane); }
    result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first, std::uint64_t last,
                                            std::size_t limit) override {
        return real_.events(lane, first, last, limit);
    }
    result<std::optional<AnsweredCommand>> answer(std::string_view command_id) override {
        return real_.answer(command_id);
    }
    result<std::vector<NoticeRow>> notices_about(std::string_view subject) override {
        return real_.notices_about(subject);
    }
    result<std::vector<Said>> consents() override { return real_.consents(); }
    result<bool> maintain(Instant now) override { return real_.maintain(now); }

private:
    Journal& real_;
};

class MemoryStore final : public StoreUnderTest {
public:
    MemoryStore(const Fate& fate, const Weather& weather) : fate_(fate), disk_(fate, weather) {}
    std::unique_ptr<Journal> open(Instant, std::function<bool()>) override {
        return std::make_unique<Borrowed>(disk_);
    }
    void died(bool power) override {
        if (power && fate_.plant == Plant::sync_lies) disk_.lose_last_commits();
    }
    [[nodiscard]] MemoryDisk* memory() override { return &disk_; }

private:
    const Fate& fate_;
    MemoryDisk disk_;
};

}  // namespace anju::whole
