// A set of conditions that hold for good: what comes has to stay for a while before it counts, and
// what goes has to be gone for a while. Pure; one thread.
#pragma once

#include <chrono>
#include <map>
#include <set>

#include "runtime/clock.hpp"

namespace anju {

template <class Condition>
class Settled {
public:
    using Set = std::set<Condition>;

    /// What holds at `now`. `hold(condition, comes)`: how long it has to.
    template <class Hold>
    void look(const Set& seen, SteadyTime now, const Hold& hold) {
        for (const Condition one : seen) turn(one, true, now, hold);
        const Set settled = settled_;
        for (const Condition one : settled) turn(one, seen.contains(one), now, hold);
        std::erase_if(since_, [&](const auto& turned) {
            return seen.contains(turned.first) == settled_.contains(turned.first);
        });
    }
    [[nodiscard]] const Set& now() const { return settled_; }

private:
    template <class Hold>
    void turn(Condition one, bool holds, SteadyTime now, const Hold& hold) {
        if (holds == settled_.contains(one)) return;
        const SteadyTime since = since_.try_emplace(one, now).first->second;
        if (now - since < hold(one, holds)) return;
        if (holds) {
            settled_.insert(one);
        } else {
            settled_.erase(one);
        }
    }

    Set settled_;
    std::map<Condition, SteadyTime> since_;  ///< since when it is other than settled_ says
};

}  // namespace anju
