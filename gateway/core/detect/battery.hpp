// A battery that wants replacing. Percentages need to climb ten points above the limit before
// the battery counts as replaced, so that a cold night does not raise it anew every morning; the
// device's own judgement is taken as it comes. Low if either says so.
#pragma once

#include <cstdint>

#include "core/detect/level.hpp"

namespace anju::detect {

class BatteryWatch {
public:
    static constexpr std::int64_t recovery_pct = 10;

    [[nodiscard]] Edge observe_pct(std::int64_t pct, int limit_pct) {
        const bool before = low();
        if (pct <= limit_pct) pct_low_ = true;
        if (pct > limit_pct + recovery_pct) pct_low_ = false;
        return edge(before);
    }
    [[nodiscard]] Edge observe_flag(bool flag) {
        const bool before = low();
        flag_low_ = flag;
        return edge(before);
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.pct_low_, self.flag_low_);
    }

private:
    [[nodiscard]] bool low() const { return pct_low_ || flag_low_; }
    [[nodiscard]] Edge edge(bool before) const {
        if (before == low()) return Edge::none;
        return low() ? Edge::began : Edge::ended;
    }

    bool pct_low_{};
    bool flag_low_{};
};

}  // namespace anju::detect
