// Has this very message been applied before?
//
// Our own sensors number their messages within a boot and have at most 64 of them unacknowledged
// (proto/anju/v1/sensor.proto), so a window of 64 numbers below the highest one is a complete
// memory: what is older has been acknowledged. Two boots are remembered, because the alarm topic
// can overtake messages that a sensor sent before it restarted.
//
// Foreign sensors number nothing. The broker marks what it may have delivered before; such a
// message is a repetition when its fingerprint is among the last eight of the device. Without
// the mark, equal payloads are separate messages: a door does open twice.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/model/reading.hpp"

namespace anju::admission {

/// The numbers of one boot: the highest and, as bits, which of the 64 up to it have come.
class SequenceWindow {
public:
    [[nodiscard]] std::uint64_t boot() const { return boot_; }
    void begin(std::uint64_t boot) { *this = SequenceWindow{boot}; }

    [[nodiscard]] bool has(std::uint64_t number) const {
        if (number > highest_) return false;
        const std::uint64_t age = highest_ - number;
        return age >= width || ((seen_ >> age) & 1U) != 0;
    }
    void add(std::uint64_t number) {
        if (number > highest_) {
            const std::uint64_t step = number - highest_;
            seen_ = step >= width ? 0 : seen_ << step;
            highest_ = number;
        }
        const std::uint64_t age = highest_ - number;
        if (age < width) seen_ |= std::uint64_t{1} << age;
    }

    SequenceWindow() = default;
    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.boot_, self.highest_, self.seen_);
    }

private:
    static constexpr std::uint64_t width = 64;
    explicit SequenceWindow(std::uint64_t boot) : boot_(boot) {}

    std::uint64_t boot_{};  // 0 = none yet
    std::uint64_t highest_{};
    std::uint64_t seen_{};  // bit i: highest_ - i has come
};

/// The dedup memory of one device.
class MessageFilter {
public:
    [[nodiscard]] bool seen(const Observation& message) const {
        if (message.sequence) {
            return std::ranges::any_of(windows_, [&](const SequenceWindow& window) {
                return window.boot() == message.sequence->boot &&
                       window.has(message.sequence->number);
            });
        }
        return message.redelivered &&
               std::ranges::find(prints_, message.fingerprint) != prints_.end();
    }

    void add(const Observation& message) {
        if (!message.sequence) {
            prints_[next_print_] = message.fingerprint;
            next_print_ = static_cast<std::uint8_t>((next_print_ + 1U) % prints_.size());
            return;
        }
        const auto [boot, number] = *message.sequence;
        if (windows_[0].boot() != boot) {
            std::swap(windows_[0], windows_[1]);
            if (windows_[0].boot() != boot) windows_[0].begin(boot);
        }
        windows_[0].add(number);
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.windows_, self.prints_, self.next_print_);
    }

    /// What a damaged file could break.
    [[nodiscard]] bool valid() const { return next_print_ < prints_.size(); }

private:
    std::array<SequenceWindow, 2> windows_;  // the boot heard last, and the one before
    std::array<std::uint64_t, 8> prints_{};
    std::uint8_t next_print_{};
};

}  // namespace anju::admission
