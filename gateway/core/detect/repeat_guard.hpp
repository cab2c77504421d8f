// At most one alert of a kind in a while: whoever did not move for twelve hours need not be
// reported anew every quarter of an hour. The while begins anew when a person ends the alert:
// somebody has just looked, and what was known then is no news a moment later.
#pragma once

#include <algorithm>

#include "core/model/instant.hpp"

namespace anju::detect {

class RepeatGuard {
public:
    /// An alert was raised, or resolved or closed by a person.
    void restart(Instant at) { last_ = std::max(last_, at); }
    /// The alert was taken back before anybody was called: it counts for nothing.
    void release() { last_ = Instant{}; }
    [[nodiscard]] Instant free_from(Duration guard) const {
        return last_ == Instant{} ? Instant{} : last_ + guard;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.last_);
    }

private:
    Instant last_{};  // epoch 0: never
};

}  // namespace anju::detect
