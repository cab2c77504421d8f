#include "api/hasher.hpp"

#include <utility>

namespace anju::api {

Hasher::Hasher() : thread_([this] { loop(); }) {}

Hasher::~Hasher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool Hasher::run(std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= most) return false;
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

void Hasher::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        const std::function<void()> work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work();
        lock.lock();
    }
}

}  // namespace anju::api
