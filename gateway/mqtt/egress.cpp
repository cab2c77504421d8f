#include "mqtt/egress.hpp"

#include <utility>

namespace anju::mqtt {

Egress::Egress(std::size_t limit) : limit_(limit) {
    thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

Egress::~Egress() {
    thread_.request_stop();
    thread_.join();
}

bool Egress::push(Outgoing&& message) {
    const std::lock_guard lock(mutex_);
    if (connection_ == nullptr || queue_.size() >= limit_) {
        ++counts_.dropped;
        return false;
    }
    queue_.push_back(std::move(message));
    if (queue_.size() == 1) changed_.notify_all();
    return true;
}

void Egress::open(Connection& connection) {
    const std::lock_guard lock(mutex_);
    connection_ = &connection;
    in_flight_ = 0;
    changed_.notify_all();
}

void Egress::close() {
    std::unique_lock lock(mutex_);
    connection_ = nullptr;
    counts_.dropped += queue_.size();
    queue_.clear();
    changed_.notify_all();
    changed_.wait(lock, [this] { return !publishing_; });
    in_flight_ = 0;
}

bool Egress::flush(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [this] {
        return connection_ == nullptr || (queue_.empty() && in_flight_ == 0 && !publishing_);
    });
}

void Egress::published() {
    const std::lock_guard lock(mutex_);
    if (in_flight_ > 0) --in_flight_;
    changed_.notify_all();
}

Egress::Counts Egress::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

void Egress::run(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] {
        return connection_ != nullptr && !queue_.empty() && in_flight_ < window;
    })) {
        const auto message = std::move(queue_.front());
        queue_.pop_front();
        auto* const connection = connection_;
        publishing_ = true;
        ++in_flight_;  // before the call: its end may be told before it returns
        lock.unlock();
        const bool sent = connection->publish(message);
        lock.lock();
        publishing_ = false;
        if (sent) {
            ++counts_.published;
        } else {
            ++counts_.dropped;
            if (in_flight_ > 0) --in_flight_;
        }
        changed_.notify_all();
    }
}

}  // namespace anju::mqtt
