// The real journal, at every step of which the process may die: before a transaction, within it
// (the disk under it tells, fault_vfs.hpp), after it and before anybody has heard of it.
#pragma once

#include <algorithm>

#include "runtime/journal.hpp"
#include "tests/component/ladder/outside.hpp"

namespace anju::test {

class MortalJournal final : public Journal {
public:
    MortalJournal(Journal& real, Outside& outside) : real_(real), outside_(outside) {}

    result<void> commit(const Transaction& transaction) override {
        outside_.matters = !transaction.decisions.empty() || !transaction.answers.empty() ||
                           !transaction.notices.empty() || !transaction.notice_results.empty();
        outside_.moment();
        auto done = real_.commit(transaction);
        outside_.moment();
        outside_.matters = false;
        return done;
    }

    result<Recovery> recover() override { return real_.recover(); }
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override {
        return real_.inputs_after(after, visit);
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
    Outside& outside_;
};

}  // namespace anju::test
