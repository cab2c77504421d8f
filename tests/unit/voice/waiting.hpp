// Something that happens on another thread, waited for without sleeping.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace anju::test {

template <class T>
class Noted {
public:
    void note(T value) {
        const std::lock_guard lock(mutex_);
        all_.push_back(value);
        more_.notify_all();
    }
    /// All that was noted, once there are `count`, or after ten seconds.
    std::vector<T> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        more_.wait_for(lock, std::chrono::seconds{10}, [&] { return all_.size() >= count; });
        return all_;
    }

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::vector<T> all_;
};

}  // namespace anju::test
