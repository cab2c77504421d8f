// Which communities know of which channel that fails: an alert of each, raised and ended through
// inputs (ADR 18). Channels whose people are of no community on this gateway are told of by a
// notice alone, as are the loudspeakers of homes.
#include <utility>

#include "base/log.hpp"
#include "notify/service.hpp"

namespace anju::notify {

/// What the last run left open. A channel that is configured no more fails nobody any more.
void Service::resume(std::span<const ChannelHealth> failing) {
    for (const ChannelHealth& one : failing) {
        told_[one.channel].insert(unit_of(one.community));
        if (dispatcher_.assume_failing(one.channel, one.cause)) failing_[one.channel] = one;
    }
}

void Service::note(const Dispatcher::Work::ChannelChange& change, Instant now) {
    const bool fails = !change.failure.empty();
    log::warn("notify_channel", {{"channel", change.name},
                                 {"state", fails ? "failing" : "works"},
                                 {"error", change.failure}});
    if (fails) {
        failing_[change.name] = {.community = {},
                                 .channel = change.name,
                                 .failing = true,
                                 .since = change.since,
                                 .failures = change.failures,
                                 .cause = change.failure};
    } else {
        failing_.erase(change.name);
    }
    // The alert tells the maintainers that it fails; that a P3 is over, nobody is told.
    if (fails && !router_.units_reached_by(change.name).empty()) return;
    for (Notice& notice : router_.channel_changed(change.name, change.failure, now)) {
        pending_.added.push_back(std::move(notice));
    }
}

std::vector<ChannelHealth> Service::news_of_channels(Instant now) {
    std::vector<ChannelHealth> out;
    for (const auto& [name, health] : failing_) {
        for (const HouseholdId& unit : router_.units_reached_by(name)) {
            if (!told_[name].insert(unit).second) continue;
            out.push_back(health);
            out.back().community = *community_of(unit);
        }
    }
    std::erase_if(told_, [&](const auto& told) {
        const auto& [name, units] = told;
        if (failing_.contains(name)) return false;
        for (const HouseholdId& unit : units) {
            out.push_back({.community = *community_of(unit),
                           .channel = name,
                           .failing = false,
                           .since = now,
                           .cause = ""});
        }
        return true;
    });
    return out;
}

}  // namespace anju::notify
