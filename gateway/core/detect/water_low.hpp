// The presets "SH-12", "24h-10L" and "24h-8L": less than so many litres in so many hours.
//
// The ledger keeps only the latest draws that together reach the largest amount any rule asks
// about. Less than X was used in the W hours up to U exactly when the draw with which the sum
// (counted backwards from U) reaches X is not later than U - W. A draw is dated at the later of
// the two registers that show it, which can only delay a claim.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/household.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

struct WaterRule {
    std::string_view name;
    std::int64_t least_ml{};  ///< using less than this …
    Duration window{};        ///< … in this long is a claim
};

/// nullopt for presets that are not about water.
[[nodiscard]] std::optional<WaterRule> water_rule(Preset preset);

class WaterLedger {
public:
    /// Consumption before `at` is unknown: no claim may look further back.
    void covered_from(Instant at);
    void draw(Instant at, std::int64_t ml);

    /// How much was drawn in the window that ends at `until`, when that breaks the rule and the
    /// whole window is covered.
    [[nodiscard]] std::optional<std::int64_t> shortage(const WaterRule& rule, Instant until) const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.covered_from_, self.draws_);
    }

private:
    /// What was drawn within one minute, dated at its end; keeps a running tap from filling the
    /// ledger.
    struct Draw {
        Instant first{};
        Instant last{};
        std::int64_t ml{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.first, self.last, self.ml);
        }
    };

    void forget_oldest();

    Instant covered_from_{};
    std::vector<Draw> draws_;  // ascending by `last`
};

}  // namespace anju::detect
