// Hands messages from a receive thread to the thread that waits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "firmware-sim/waiter.hpp"

namespace anju::sim {

/// Bounded; what comes when it is full is dropped and counted: every sender here repeats.
template <class T>
class Mailbox {
public:
    Mailbox(Waiter& waiter, std::size_t limit) : waiter_(waiter), limit_(limit) {}

    void put(T item) {  ///< any thread
        bool first = false;
        {
            const std::lock_guard lock(mutex_);
            if (items_.size() >= limit_) {
                ++dropped_;
                return;
            }
            first = items_.empty();
            items_.push_back(std::move(item));
        }
        if (first) waiter_.wake();
    }

    [[nodiscard]] std::vector<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(items_, {});
    }

    [[nodiscard]] std::uint64_t dropped() const {
        const std::lock_guard lock(mutex_);
        return dropped_;
    }

private:
    Waiter& waiter_;
    std::size_t limit_;
    mutable std::mutex mutex_;
    std::vector<T> items_;
    std::uint64_t dropped_ = 0;
};

}  // namespace anju::sim
