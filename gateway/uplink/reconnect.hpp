// When to knock at the district's door again.
//
// After an outage of a platform or of a district's power twenty thousand boxes want to connect
// at once. The first try is spread uniformly over a window, the following ones follow full
// jitter over an exponential (Brooker, "Exponential Backoff And Jitter", AWS, 2015): uniform
// over 0 … min(60 s, 1 s * 2^n). A box with an alarm that the platform does not have goes first
// and keeps trying at least every 5 s or so.
#pragma once

#include <chrono>
#include <functional>

namespace anju::uplink {

class ReconnectSpread {
public:
    struct Options {
        std::chrono::milliseconds spread{30'000};  ///< window of the first try
        std::chrono::milliseconds base{1'000};
        std::chrono::milliseconds limit{60'000};
        std::chrono::milliseconds alarm_limit{5'000};  ///< instead, while an alarm waits
    };
    /// Both are called on the thread that calls delay(). `random` gives [0, 1).
    ReconnectSpread(Options options, std::function<double()> random,
                    std::function<bool()> alarm_waiting);

    /// Real time before the n-th try (n = 0, 1, …) since the last success.
    [[nodiscard]] std::chrono::milliseconds delay(unsigned attempt) const;

private:
    Options options_;
    std::function<double()> random_;
    std::function<bool()> alarm_waiting_;
};

}  // namespace anju::uplink
