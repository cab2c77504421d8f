// Has this very message been applied before?
//
// Our own sensors number their messages within a boot, and none is more than 63 above the lowest
// that is unacknowledged (proto/anju/v1/sensor.proto). What is further below the highest number
// heard has thus been acknowledged; the window is four times as wide, for senders that once were
// less strict. Two boots are remembered, because the alarm topic can overtake messages that a
// sensor sent before it restarted.
//
// Foreign sensors number nothing. The broker marks what it may have delivered before, and repeats
// it under the same packet identifier (MQTT 3.1.1, 4.4), which is part of the fingerprint: such a
// message is a repetition when it equals one of the last that were taken of the device. Several
// can have been taken without the broker hearing of it: acknowledgements that are on their way
// when the connection breaks are lost together. Without the mark, equal payloads are separate
// messages: a door does open twice.
//
// A retained message is not remembered: it is a copy, and the one it was copied from may yet come.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/codec/version.hpp"
#include "core/model/reading.hpp"

namespace anju::admission {

/// The numbers of one boot: the highest, and which of the 256 up to it have come. Each number has
/// its bit at a fixed place (RFC 6479), so that going on clears bits and moves none.
class SequenceWindow {
public:
    [[nodiscard]] std::uint64_t boot() const { return boot_; }
    [[nodiscard]] std::uint64_t highest() const { return highest_; }
    void begin(std::uint64_t boot) { *this = SequenceWindow{boot}; }

    [[nodiscard]] bool has(std::uint64_t number) const {
        if (number > highest_) return false;
        return highest_ - number >= width || (word(number) & bit(number)) != 0;
    }
    void add(std::uint64_t number) {
        if (number > highest_) {
            if (number - highest_ >= width) {
                seen_ = {};
            } else {
                for (auto n = highest_ + 1; n <= number; ++n) word(n) &= ~bit(n);
            }
            highest_ = number;
        }
        if (highest_ - number < width) word(number) |= bit(number);
    }

    SequenceWindow() = default;
    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.boot_, self.highest_, self.seen_);
    }

private:
    static constexpr std::uint64_t width = 256;
    explicit SequenceWindow(std::uint64_t boot) : boot_(boot) {}

    static std::uint64_t bit(std::uint64_t number) { return std::uint64_t{1} << number % 64; }
    [[nodiscard]] std::uint64_t word(std::uint64_t number) const {
        return seen_[number % width / 64];
    }
    [[nodiscard]] std::uint64_t& word(std::uint64_t number) { return seen_[number % width / 64]; }

    std::uint64_t boot_{};  // 0 = none yet
    std::uint64_t highest_{};
    std::array<std::uint64_t, width / 64> seen_{};
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
        if (!message.redelivered) return false;
        return last_print_ == message.fingerprint ||
               std::ranges::find(earlier_prints_, message.fingerprint) != earlier_prints_.end();
    }

    /// True: by its number it was made after every other that was heard, whatever clocks say.
    bool add(const Observation& message) {
        if (std::ranges::any_of(message.readings, is_retained)) return false;
        if (!message.sequence) {
            remember(message.fingerprint);
            return false;
        }
        const auto [boot, number] = *message.sequence;
        bool newest = true;
        if (windows_[0].boot() != boot) {
            std::swap(windows_[0], windows_[1]);
            newest = windows_[0].boot() != boot;  // else sent before the sensor began anew
            if (newest) windows_[0].begin(boot);
        }
        newest = newest && number > windows_[0].highest();
        windows_[0].add(number);
        return newest;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.windows_, self.last_print_);
        archive.since(codec::unheard_acks, self.earlier_prints_);
    }

    /// Messages of one device whose acknowledgement the broker may not have heard: a burst, one
    /// after another, within the time that an acknowledgement takes to it.
    static constexpr std::size_t most_prints = 32;

private:
    void remember(std::uint64_t print) {
        if (last_print_) {
            if (earlier_prints_.size() + 1 == most_prints) {
                earlier_prints_.erase(earlier_prints_.begin());
            }
            earlier_prints_.push_back(*last_print_);
        }
        last_print_ = print;
    }

    std::array<SequenceWindow, 2> windows_;  // the boot heard last, and the one before
    std::optional<std::uint64_t> last_print_;
    std::vector<std::uint64_t> earlier_prints_;  // oldest first
};

}  // namespace anju::admission
