// Telling people, put together: the router makes notices, the dispatcher sends them, what came of
// them goes back to the outbox. Everything on the loop; whoever carries messages out answers from
// other threads through the loop.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "notify/dispatcher.hpp"
#include "notify/router.hpp"
#include "runtime/journal.hpp"
#include "runtime/ports.hpp"

namespace anju::notify {

class Service final : public Notifier {
public:
    struct Ports {
        /// Hands a message to whoever carries it out. Never blocks; the reply comes later.
        std::function<void(Outgoing)> send;
        /// There is something to flush(): soon, on the loop, not from within.
        std::function<void()> stirred;
    };
    /// References must outlive it.
    Service(Router router, Dispatcher dispatcher, const Clock& clock, Journal& journal,
            Ports ports);

    std::vector<Notice> notices_of(std::span<const Decision> decisions, Instant now) override;
    void committed(std::vector<Notice> notices) override;
    void resume(std::span<const ChannelHealth> failing) override;

    /// From whoever carries messages out.
    void replied(std::uint64_t job, const Reply& reply);
    void reported(const std::string& channel, const std::string& reference, bool delivered);
    /// About once a second.
    void tick();

    /// What is to be written; empties it.
    struct Pending {
        std::vector<Notice> changed;          ///< for Gateway::write_notices
        std::vector<Notice> added;            ///< for Gateway::add_notices
        std::vector<ChannelHealth> channels;  ///< for Gateway::channels_changed
    };
    [[nodiscard]] Pending take_pending();

    [[nodiscard]] const Router& router() const { return router_; }
    [[nodiscard]] DispatchFacts facts() const { return dispatcher_.facts(); }

private:
    [[nodiscard]] std::vector<Notice> about(const std::string& subject);
    void carry_out(Dispatcher::Work work);
    void note(const Dispatcher::Work::ChannelChange& change, Instant now);
    [[nodiscard]] std::vector<ChannelHealth> news_of_channels(Instant now);

    Router router_;
    Dispatcher dispatcher_;
    const Clock& clock_;
    Journal& journal_;
    Ports ports_;
    std::vector<std::string> over_;  ///< subjects to withdraw after the commit
    Pending pending_;
    std::map<std::string, ChannelHealth> failing_;       ///< by channel
    std::map<std::string, std::set<HouseholdId>> told_;  ///< by channel: units with an alert of it
};

}  // namespace anju::notify
