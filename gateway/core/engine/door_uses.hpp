// When the entrance doors of a home were used of late: what a visit can be checked against.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/model/instant.hpp"

namespace anju {

class DoorUses {
public:
    /// Enough for the visits of the last days in a quiet home, and of the last hours in a busy one.
    static constexpr std::size_t kept = 24;

    /// `at` may be older than what came before it.
    void used(Instant at) {
        uses_.insert(std::ranges::upper_bound(uses_, at), at);
        if (uses_.size() > kept) uses_.erase(uses_.begin());
    }
    /// One of the uses that are remembered lies in [from, to].
    [[nodiscard]] bool any(Instant from, Instant to) const {
        const auto first = std::ranges::lower_bound(uses_, from);
        return first != uses_.end() && *first <= to;
    }
    /// Every use since then is remembered; epoch 0: all there were.
    [[nodiscard]] Instant complete_since() const {
        return uses_.size() < kept ? Instant{} : uses_.front();
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.uses_);
    }

private:
    std::vector<Instant> uses_;  // ascending, at most `kept`
};

}  // namespace anju
