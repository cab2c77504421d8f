// Does a way to people work? Judged by what its service says to one message after another, so that
// it is an alert when it begins to fail and none when it stumbles.
//
//   works ── 5 failures in a row, or turned away once ──> fails
//   fails ── a success that no failure follows for 5 min ──> works
//
// Turned away: the service says that this sender is not, or no more, to be served, whatever the
// message: a key revoked, a robot removed, a password wrong (Answer::turned_away). Too much at a
// time is no failure. What a group's robot refuses counts, for its messages have no address that
// could be to blame; what an SMS service or a mail server refuses does not.
//
// Five in a row are what one P1 makes of its attempts in two or three minutes. With the five
// minutes of calm a channel that drops every second message fails all the time, and is one alert.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/clock.hpp"

namespace anju::notify {

class ChannelWatch {
public:
    static constexpr std::uint32_t in_a_row = 5;
    static constexpr Duration calm = std::chrono::minutes{5};

    struct Change {
        bool failing{};
        Instant since{};           ///< the first failure of the row; the first success
        std::uint32_t failures{};  ///< in a row; 0: turned away
        std::string cause;         ///< in the service's words
    };

    [[nodiscard]] std::optional<Change> failed(const std::string& cause, bool turned_away,
                                               const ClockReading& now);
    void worked(const ClockReading& now);
    /// Calm has lasted long enough.
    [[nodiscard]] std::optional<Change> step(const ClockReading& now);

    /// What the last run knew: an alert of it is open.
    void assume_failing() { failing_ = true; }
    [[nodiscard]] bool failing() const { return failing_; }

private:
    bool failing_ = false;
    std::uint32_t failures_ = 0;
    Instant first_{};                      // of the row
    std::optional<ClockReading> success_;  // since when nothing has failed, while it fails
};

}  // namespace anju::notify
