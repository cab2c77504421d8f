// A sensor that lives and sees nothing any more: its lens painted over, its magnet fallen off, its
// meter bypassed. It sends its heartbeats, so it is neither stale nor offline; but the others see
// the person about and it does not.
//
// Time is counted in busy periods of the home, ten minutes in which anything was noticed, because
// in a silence nobody can be missed. A sensor is muted when it has missed twice as many busy
// periods as ever between two words of its own, and at least ninety (about two days of life at
// home), and a day has passed. From half of that on it is doubted: what it does not see is not
// held against anybody.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/model/instant.hpp"

namespace anju::detect {

/// Counts the busy periods of a home.
class BusyPeriods {
public:
    static constexpr Duration length = std::chrono::minutes{10};

    void noticed(Instant at) {
        if (last_ != Instant{} && at < last_ + length) return;
        last_ = at;
        ++count_;
    }
    [[nodiscard]] std::uint32_t count() const { return count_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.last_, self.count_);
    }

private:
    Instant last_{};
    std::uint32_t count_{};
};

class MutedWatch {
public:
    static constexpr std::uint32_t times = 2;
    static constexpr std::uint32_t at_least = 90;
    static constexpr std::uint32_t words_to_know = 50;
    static constexpr Duration known_for = std::chrono::days{21};
    static constexpr Duration silent_for = std::chrono::hours{24};

    /// It noticed something itself; `busy` counts this very period too. True when it was muted.
    bool spoke(Instant at, std::uint32_t busy) {
        if (first_ == Instant{}) {
            first_ = at;
        } else {
            longest_ = std::max(longest_, missed(busy));
        }
        last_ = std::max(last_, at);
        busy_then_ = busy;
        words_ = std::min(words_ + 1, words_to_know);
        const bool was = muted_;
        muted_ = false;
        return was;
    }
    /// True when it has become muted.
    bool judge(Instant now, std::uint32_t busy) {
        if (muted_ || !known(now) || now < last_ + silent_for) return false;
        muted_ = missed(busy) > std::max(times * longest_, at_least);
        return muted_;
    }
    [[nodiscard]] bool muted() const { return muted_; }
    [[nodiscard]] bool doubted(std::uint32_t busy) const {
        return muted_ ||
               (words_ == words_to_know && missed(busy) * 2 > std::max(times * longest_, at_least));
    }
    [[nodiscard]] Instant last() const { return last_; }
    /// Busy periods without a word of this one, now and at most before.
    [[nodiscard]] std::uint32_t missed(std::uint32_t busy) const { return busy - busy_then_; }
    [[nodiscard]] std::uint32_t longest() const { return longest_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.first_, self.last_, self.busy_then_, self.longest_, self.words_, self.muted_);
    }

private:
    [[nodiscard]] bool known(Instant now) const {
        return words_ == words_to_know && now >= first_ + known_for;
    }

    Instant first_{};
    Instant last_{};
    std::uint32_t busy_then_{};
    std::uint32_t longest_{};
    std::uint32_t words_{};
    bool muted_{};
};

}  // namespace anju::detect
