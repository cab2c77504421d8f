// The tasks of a desk in the order of their numbers, and short ways to those of one resident, to
// those of one worker on one day, and to what is overdue next. Only the tasks are saved; the ways
// follow from them. So a contact costs as much in a community of ten thousand as in one of ten.
//
// Tasks are changed in place, by whoever has one; changed() must be told before anybody looks for
// it by its worker, its day or its due time again. DeskStep::move_to() tells it for every change.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/codec/archive.hpp"
#include "core/model/care.hpp"

namespace anju::care {

class TaskList {
public:
    TaskList() = default;
    TaskList(const TaskList&) = delete;  // the ways lead into this list
    TaskList& operator=(const TaskList&) = delete;

    // All, ascending by number.
    [[nodiscard]] auto begin() { return tasks_.begin(); }
    [[nodiscard]] auto end() { return tasks_.end(); }
    [[nodiscard]] auto begin() const { return tasks_.begin(); }
    [[nodiscard]] auto end() const { return tasks_.end(); }
    [[nodiscard]] std::size_t size() const { return tasks_.size(); }
    [[nodiscard]] CareTask& operator[](std::size_t index) { return tasks_[index]; }
    [[nodiscard]] const std::vector<CareTask>& all() const { return tasks_; }

    /// nullptr: no such task is remembered. Valid until the next add() or forget().
    [[nodiscard]] CareTask* find(const TaskId& id);
    /// Those of a resident, ascending by number. Valid until the next add() or forget().
    [[nodiscard]] auto of(const ResidentId& resident) const {
        return std::views::transform(
            places(resident), [this](std::uint32_t index) -> auto& { return tasks_[index]; });
    }
    [[nodiscard]] auto of(const ResidentId& resident) {
        return std::views::transform(
            places(resident), [this](std::uint32_t index) -> auto& { return tasks_[index]; });
    }
    /// Those that a worker has on that day, ended ones too, in no order that means anything. Valid
    /// until the next add(), changed() or forget().
    [[nodiscard]] auto of(const WorkerId& worker, Date date) const {
        return std::views::transform(
            places(worker, date), [this](std::uint32_t index) -> auto& { return tasks_[index]; });
    }
    /// When the next of those that are open, and not overdue, will be.
    [[nodiscard]] std::optional<Instant> next_due() const {
        return due_.empty() ? std::nullopt : std::optional{due_.begin()->first};
    }
    /// Those that became overdue up to `at` and are not marked so, ascending by number. Valid until
    /// the next add() or forget().
    [[nodiscard]] std::vector<CareTask*> due(Instant at);

    /// Its number must be the greatest. Valid until the next add() or forget().
    CareTask& add(CareTask task);
    /// `task` is one of the list. Returns the day it was on before, and whose it was.
    std::pair<Date, WorkerId> changed(const CareTask& task);
    template <class Which>
    void forget(Which which) {
        if (std::erase_if(tasks_, which) > 0) find_ways();
    }
    /// Anything may have changed.
    void find_ways();

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.tasks_);
    }

private:
    using Places = std::vector<std::uint32_t>;
    using Days = std::map<std::pair<Date, WorkerId>, Places>;
    /// Under what a task is found.
    struct Entry {
        Days::iterator day;
        std::optional<Instant> due;
    };

    [[nodiscard]] std::span<const std::uint32_t> places(const ResidentId& resident) const;
    [[nodiscard]] std::span<const std::uint32_t> places(const WorkerId& worker, Date date) const;
    void enter(std::uint32_t index);

    std::vector<CareTask> tasks_;
    // Derived from the tasks; all hold indices of `tasks_`.
    std::map<ResidentId, Places> residents_;  // ascending
    Days days_;
    std::set<std::pair<Instant, std::uint32_t>> due_;
    std::vector<Entry> entries_;  // of each task
};

}  // namespace anju::care
