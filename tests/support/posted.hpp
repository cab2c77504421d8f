// What other threads carry to a loop, and the loop in a test's hand.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace anju::test {

class Posted {
public:
    /// Any thread.
    void post(std::function<void()> work) {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back(std::move(work));
        }
        came_.notify_one();
    }
    /// Waits for the next piece and runs it here.
    void run_one() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [this] { return !queue_.empty(); });
        const auto work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
    }
    [[nodiscard]] bool empty() {
        const std::lock_guard lock(mutex_);
        return queue_.empty();
    }

private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::function<void()>> queue_;
};

/// Where a thread of the code under test stops until the test lets it on.
class Gate {
public:
    /// Called by that thread.
    void pass() {
        std::unique_lock lock(mutex_);
        ++arrived_;
        moved_.notify_all();
        moved_.wait(lock, [this] { return open_; });
    }
    void await_arrival() {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [this] { return arrived_ > 0; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        moved_.notify_all();
    }
    [[nodiscard]] int arrived() {
        const std::lock_guard lock(mutex_);
        return arrived_;
    }

private:
    std::mutex mutex_;
    std::condition_variable moved_;
    int arrived_ = 0;
    bool open_ = false;
};

}  // namespace anju::test
