// The register of a water meter as its display shows it.
#pragma once

#include <cstdint>

namespace anju::sim {

class WaterRegister {
public:
    /// `resolution_ml` at least 1; `wraps_at_ml` 0: never.
    WaterRegister(std::int64_t resolution_ml, std::int64_t wraps_at_ml)
        : resolution_ml_(resolution_ml), wraps_at_ml_(wraps_at_ml) {}

    /// Of what has really flown: whole pulses only, and 0 again behind the last number.
    [[nodiscard]] std::int64_t shown(std::int64_t flown_ml) const {
        const auto since = flown_ml - fitted_at_ml_;
        const auto whole = since / resolution_ml_ * resolution_ml_;
        return wraps_at_ml_ > 0 ? whole % wraps_at_ml_ : whole;
    }

    /// Another meter is fitted when `flown_ml` have flown; it begins at 0.
    void replace(std::int64_t flown_ml) { fitted_at_ml_ = flown_ml; }

private:
    std::int64_t resolution_ml_;
    std::int64_t wraps_at_ml_;
    std::int64_t fitted_at_ml_ = 0;
};

}  // namespace anju::sim
