// Somebody moves in a home that is known to be empty: everybody who lives there is away, in
// hospital or in an institution, by the word of those who look after them.
//
// For a home whose resident is merely presumed to be out there is no such alert: a sensor that
// speaks then says that the presumption was wrong far more often than that somebody broke in.
//
//  - Those who pack or tidy up are not gone yet: the watch begins when nothing was heard for two
//    hours.
//  - One blip is a curtain or a cat: three signs within five minutes, of two devices or two
//    minutes apart.
//  - Whoever comes through the entrance door has a key and waters the plants: what is heard within
//    ten minutes of it, and goes on without an hour's silence, is a visit.
//  - Once in an absence.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "core/model/instant.hpp"

namespace anju::detect {

class EmptyHome {
public:
    static constexpr Duration still_for = std::chrono::hours{2};
    static constexpr Duration window = std::chrono::minutes{5};
    static constexpr Duration apart = std::chrono::minutes{2};
    static constexpr std::uint8_t least_signs = 3;
    static constexpr Duration door_before = std::chrono::minutes{10};
    static constexpr Duration visit_pause = std::chrono::hours{1};

    /// An absence begins at `at`.
    void begins(Instant at) {
        *this = {};
        last_ = at;
    }
    void door_used(Instant at) {
        visit_until_ = at + door_before;
        last_ = at;
    }
    /// True when it is to be told that somebody is there.
    bool heard(Instant at, std::size_t device) {
        if (at < last_) return false;
        if (at - last_ > still_for) still_ = true;
        last_ = at;
        if (at <= visit_until_) {
            visit_until_ = at + visit_pause;
            return false;
        }
        if (!still_ || told_) return false;
        if (signs_ == 0 || at - first_ > window) {
            first_ = at;
            device_ = static_cast<std::uint16_t>(device);
            signs_ = 0;
            another_ = false;
        }
        if (signs_ < least_signs) ++signs_;
        another_ = another_ || device != device_;
        told_ = signs_ == least_signs && (another_ || at - first_ >= apart);
        return told_;
    }
    [[nodiscard]] Instant first() const { return first_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.last_, self.visit_until_, self.first_, self.device_, self.signs_,
                self.another_, self.still_, self.told_);
    }

private:
    Instant last_{};
    Instant visit_until_{};
    Instant first_{};  // of the signs that are counted
    std::uint16_t device_{};
    std::uint8_t signs_{};
    bool another_{};
    bool still_{};
    bool told_{};
};

}  // namespace anju::detect
