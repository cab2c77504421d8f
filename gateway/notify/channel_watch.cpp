#include "notify/channel_watch.hpp"

#include <utility>

namespace anju::notify {

std::optional<ChannelWatch::Change> ChannelWatch::failed(const std::string& cause, bool turned_away,
                                                         const ClockReading& now) {
    success_.reset();
    if (failing_) return std::nullopt;
    if (failures_++ == 0) first_ = now.wall;
    if (failures_ < in_a_row && !turned_away) return std::nullopt;
    failing_ = true;
    const std::uint32_t row = std::exchange(failures_, 0);
    return Change{true, first_, turned_away ? 0 : row, cause};
}

void ChannelWatch::worked(const ClockReading& now) {
    failures_ = 0;
    if (failing_ && !success_) success_ = now;
}

std::optional<ChannelWatch::Change> ChannelWatch::step(const ClockReading& now) {
    if (!success_) return std::nullopt;
    // A driven clock's hours are short, and it is not set back behind anybody's back.
    const bool over = now.state == ClockState::driven ? now.wall - success_->wall >= calm
                                                      : now.steady - success_->steady >= calm;
    if (!over) return std::nullopt;
    failing_ = false;
    return Change{false, std::exchange(success_, std::nullopt)->wall, 0, {}};
}

}  // namespace anju::notify
