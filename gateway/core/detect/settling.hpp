// Has life returned to a home that stood empty?
//
// After a long absence somebody waters the flowers, a timer switches a lamp, a contact misses the
// door: single signs that are not the return of the person. Until life goes on for some hours
// nobody is known to be at home, so no silence is unusual and no outing unfinished; when nothing at
// all is heard for a day somebody is asked to phone, once.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/detect/muted.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

class Settling {
public:
    static constexpr Duration long_absence = std::chrono::hours{16};
    /// Life has returned when signs came in so many busy periods, over so long, and with no pause
    /// longer than `pause`.
    static constexpr Duration lived = std::chrono::hours{3};
    static constexpr std::uint32_t busy_periods = 8;
    static constexpr Duration pause = std::chrono::hours{12};

    /// The first sign after the person was out for so long.
    void came_back_after(Duration absence) {
        if (absence >= long_absence) doubt();
    }
    /// Nobody knows any more whether somebody is there.
    void doubt() {
        unsettled_ = true;
        first_ = Instant{};
    }
    /// Somebody was asked to phone. For one who is on a journey nobody need phone after every visit
    /// of a neighbour: once is enough until life has returned.
    void asked() { asked_ = unsettled_; }
    [[nodiscard]] bool was_asked() const { return asked_; }
    void sign(Instant at) {
        if (!unsettled_) return;
        if (first_ == Instant{} || at > last_ + pause) {
            first_ = at;
            busy_ = BusyPeriods{};
        }
        last_ = std::max(last_, at);
        busy_.noticed(at);
        if (last_ - first_ >= lived && busy_.count() >= busy_periods) *this = Settling{};
    }
    [[nodiscard]] bool unsettled() const { return unsettled_; }

    Settling() = default;
    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.unsettled_, self.asked_, self.first_, self.last_, self.busy_);
    }

private:
    bool unsettled_{};
    bool asked_{};
    Instant first_{};
    Instant last_{};
    BusyPeriods busy_;
};

}  // namespace anju::detect
