// At most one alert of a kind in a while: whoever did not move for twelve hours need not be
// reported anew every quarter of an hour.
#pragma once

#include "core/model/instant.hpp"

namespace anju::detect {

class RepeatGuard {
public:
    void raised(Instant at) { last_ = at; }
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
