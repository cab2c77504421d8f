// Urgent messages are numbered as they arrive; settling a number frees everybody up to it.
#include "runtime/inbox.hpp"

#include <algorithm>
#include <utility>

namespace anju {
namespace {

constexpr std::size_t most_answers = 64;  // of the district in the urgent queue

}  // namespace

Inbox::Inbox(Options options, std::function<void()> wake)
    : options_(options), wake_(std::move(wake)) {}

void Inbox::wake_if_needed(std::unique_lock<std::mutex>& lock) {
    const bool wake = !std::exchange(woken_, true);
    lock.unlock();
    if (wake) wake_();
}

bool Inbox::offer(Inbound message, Lane lane) {
    std::unique_lock lock(mutex_);
    // The district's answers go before measurements and never take the room of alarms.
    const bool crowd = message.source == Source::district_ack && urgent_.size() >= most_answers;
    const bool urgent = lane == Lane::urgent && !crowd;
    auto& queue = urgent ? urgent_ : bulk_;
    if (queue.size() >= (urgent ? options_.urgent_limit : options_.bulk_limit)) {
        ++dropped_;
        return false;
    }
    queue.push_back(std::move(message));
    if (urgent) ++urgent_pushed_;
    wake_if_needed(lock);
    return true;
}

void Inbox::deliver(Inbound message) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return urgent_.size() < options_.urgent_limit; });
    urgent_.push_back(std::move(message));
    const std::uint64_t ticket = ++urgent_pushed_;
    wake_if_needed(lock);
    lock.lock();
    changed_.wait(lock, [&] { return urgent_settled_ >= ticket; });
}

Inbox::Batch Inbox::take(std::size_t limit) {
    Batch batch;
    const std::lock_guard lock(mutex_);
    woken_ = false;
    batch.messages.reserve(urgent_.size() + std::min(limit, bulk_.size()));
    for (auto& message : urgent_) batch.messages.push_back(std::move(message));
    urgent_taken_ += urgent_.size();
    urgent_.clear();
    while (!bulk_.empty() && batch.messages.size() < limit) {
        batch.messages.push_back(std::move(bulk_.front()));
        bulk_.pop_front();
    }
    batch.urgent_through = urgent_taken_;
    return batch;
}

bool Inbox::may_wait(std::size_t enough) {
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return urgent_.empty() && bulk_.size() < enough;
}

void Inbox::settle(const Batch& batch) {
    const std::lock_guard lock(mutex_);
    urgent_settled_ = std::max(urgent_settled_, batch.urgent_through);
    changed_.notify_all();
}

std::size_t Inbox::size() const {
    const std::lock_guard lock(mutex_);
    return urgent_.size() + bulk_.size();
}

}  // namespace anju
