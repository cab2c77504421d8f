// How many messages a service still takes, with room kept for what cannot wait: of each quota P3
// and P4 may use half, P2 four fifths, P1 all. The bucket empties message by message and fills as
// each becomes older than the span: unlike one that fills at a steady rate it never lets more than
// the quota into any span, wherever that span begins. Spans are taken a tenth longer than the
// service says, for messages arrive later than they are sent, and not equally late.
#pragma once

#include <deque>
#include <vector>

#include "notify/channel.hpp"
#include "runtime/clock.hpp"

namespace anju::notify {

class Allowance {
public:
    explicit Allowance(std::vector<Quota> quotas);

    /// How many messages of this priority may go now; a large number without quotas.
    [[nodiscard]] std::size_t room(Priority priority, SteadyTime now);
    /// Counts one message. The caller has asked room().
    void take(SteadyTime now);

private:
    struct Window {
        Quota quota;
        std::deque<SteadyTime> taken;  ///< at most quota.count
    };
    std::vector<Window> windows_;
};

}  // namespace anju::notify
