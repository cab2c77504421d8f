// Simulated time and everything that will happen in it: one thread, from event to event. What is
// due at the same millisecond happens in the order in which it was asked for, so that a seed gives
// one history and no other.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "core/model/instant.hpp"

namespace anju::whole {

class World {
public:
    using Act = std::function<void()>;

    explicit World(Instant start) : now_(start) {}
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// True time, which no clock in the simulation need show.
    [[nodiscard]] Instant now() const { return now_; }
    /// Not before now.
    void at(Instant when, Act act) {
        std::uint32_t place = static_cast<std::uint32_t>(acts_.size());
        if (free_.empty()) {
            acts_.push_back(std::move(act));
        } else {
            place = free_.back();
            free_.pop_back();
            acts_[place] = std::move(act);
        }
        heap_.push_back({std::max(when, now_), ++asked_, place});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    void in(Duration delay, Act act) { at(now_ + delay, std::move(act)); }
    /// Lets the next thing happen; false: nothing will.
    bool step() {
        if (heap_.empty()) return false;
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event next = heap_.back();
        heap_.pop_back();
        const Act act = std::exchange(acts_[next.place], nullptr);
        free_.push_back(next.place);
        now_ = next.when;
        ++steps_;
        digest(static_cast<std::uint64_t>(to_unix_ms(now_)));
        act();
        return true;
    }
    /// Two histories with the same fingerprint are the same.
    void digest(std::uint64_t fact) {
        fingerprint_ = (fingerprint_ ^ fact) * 0x9e3779b97f4a7c15ULL;
        fingerprint_ ^= fingerprint_ >> 29U;
    }
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

private:
    struct Event {
        Instant when;
        std::uint64_t order{};
        std::uint32_t place{};  ///< of what will happen, in acts_: heaps move what is in them a lot
    };
    static bool later(const Event& one, const Event& other) {
        return one.when != other.when ? one.when > other.when : one.order > other.order;
    }

    Instant now_;
    std::vector<Event> heap_;
    std::vector<Act> acts_;
    std::vector<std::uint32_t> free_;  ///< places of acts_ that hold nothing
    std::uint64_t asked_ = 0;
    std::uint64_t steps_ = 0;
    std::uint64_t fingerprint_ = 14695981039346656037ULL;
};

}  // namespace anju::whole
