// One way of one connection through the fault proxy: bytes that wait, what holds them up, and
// when the next of them may go. Pure; time and chance are handed in.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>

#include "firmware-sim/net/fault.hpp"

namespace anju::sim {

/// Not thread-safe.
class FaultQueue {
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Mode { pass, stall, hold, swallow };
    struct Rules {
        Mode mode = Mode::pass;
        std::uint64_t bytes_per_second = 0;
        std::chrono::milliseconds latency{0};
        std::chrono::milliseconds jitter{0};

        /// `fault` comes on top. Swallowing ends never: a stream cannot go on after bytes it
        /// has lost.
        void apply(const Fault& fault);
    };

    FaultQueue(std::size_t limit, const Rules& rules) : limit_(limit), rules_(rules) {}

    void apply(const Fault& fault);
    [[nodiscard]] Mode mode() const { return rules_.mode; }

    /// How many bytes may be read now.
    [[nodiscard]] std::size_t room() const;
    /// Takes bytes that came at `now`; `chance` decides the jitter. False: they vanish.
    bool put(std::string bytes, Time now, std::uint64_t chance);

    /// When the next bytes may be written: nullopt when there are none or they are held.
    [[nodiscard]] std::optional<Time> due() const;
    /// The next bytes, which count as buffered until written(). Only when due() has passed and
    /// none are being written.
    [[nodiscard]] const std::string& begin_write();
    /// They are gone, or `bytes` of them before the other side went away.
    void written(std::size_t bytes, Time now);

    [[nodiscard]] std::size_t buffered() const { return buffered_; }
    /// Nothing waits; what is being written does not count.
    [[nodiscard]] bool empty() const { return chunks_.empty(); }

private:
    struct Chunk {
        std::string bytes;
        Time due;
    };

    std::size_t limit_;
    Rules rules_;
    std::deque<Chunk> chunks_;
    std::size_t buffered_ = 0;
    std::string writing_;
    Time not_before_{};
};

}  // namespace anju::sim
