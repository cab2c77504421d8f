#include "firmware-sim/net/fault_queue.hpp"

#include <algorithm>
#include <utility>

namespace anju::sim {

void FaultQueue::Rules::apply(const Fault& fault) {
    if (mode == Mode::swallow) return;
    switch (fault.kind) {
        case Fault::Kind::stall:
            mode = Mode::stall;
            break;
        case Fault::Kind::late:
            mode = Mode::hold;
            break;
        case Fault::Kind::half_open:
            mode = Mode::swallow;
            break;
        case Fault::Kind::slow:
            bytes_per_second = fault.bytes_per_second;
            latency = fault.latency;
            jitter = fault.jitter;
            break;
        case Fault::Kind::heal:
            *this = {};
            break;
        case Fault::Kind::cut:
        case Fault::Kind::refuse:
            break;
    }
}

void FaultQueue::apply(const Fault& fault) {
    rules_.apply(fault);
    if (fault.kind == Fault::Kind::heal || fault.kind == Fault::Kind::slow) not_before_ = {};
    if (rules_.mode == Mode::swallow) {
        chunks_.clear();
        buffered_ = writing_.size();
    }
}

std::size_t FaultQueue::room() const {
    if (rules_.mode == Mode::stall) return 0;
    return limit_ - std::min(limit_, buffered_);
}

bool FaultQueue::put(std::string bytes, Time now, std::uint64_t chance) {
    if (rules_.mode == Mode::swallow) return false;
    const auto most = static_cast<std::uint64_t>(rules_.jitter.count());
    const std::chrono::milliseconds more{static_cast<std::int64_t>(chance % (most + 1))};
    auto due = now + rules_.latency + more;
    if (!chunks_.empty()) due = std::max(due, chunks_.back().due);
    buffered_ += bytes.size();
    chunks_.push_back({std::move(bytes), due});
    return true;
}

std::optional<FaultQueue::Time> FaultQueue::due() const {
    if (rules_.mode != Mode::pass || chunks_.empty()) return std::nullopt;
    // What was delayed before it healed goes at once.
    const bool delays = rules_.latency.count() != 0 || rules_.jitter.count() != 0;
    return std::max(not_before_, delays ? chunks_.front().due : Time{});
}

const std::string& FaultQueue::begin_write() {
    auto& front = chunks_.front();
    const auto rate = rules_.bytes_per_second;
    // A twentieth of a second at a time, so that a slow line trickles instead of bursting.
    const auto most = rate == 0 ? front.bytes.size() : std::max<std::uint64_t>(rate / 20, 1);
    if (most >= front.bytes.size()) {
        writing_ = std::move(front.bytes);
        chunks_.pop_front();
    } else {
        writing_ = front.bytes.substr(0, most);
        front.bytes.erase(0, most);
    }
    return writing_;
}

void FaultQueue::written(std::size_t bytes, Time now) {
    buffered_ -= writing_.size();
    writing_.clear();
    if (const auto rate = rules_.bytes_per_second; rate != 0) {
        not_before_ =
            std::max(not_before_, now) + std::chrono::nanoseconds{bytes * 1'000'000'000U / rate};
    }
}

}  // namespace anju::sim
