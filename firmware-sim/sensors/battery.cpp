#include "firmware-sim/sensors/battery.hpp"

#include <algorithm>
#include <span>

namespace anju::sim {

namespace {

struct Point {
    int charge;      // ‰ left
    int millivolts;  // at 20 °C
};

// Descending by charge.
constexpr Point thionyl[] = {{1000, 3'650}, {950, 3'600}, {100, 3'580},
                             {50, 3'500},   {20, 3'300},  {0, 2'000}};
constexpr Point manganese[] = {{1000, 3'150}, {900, 3'000}, {200, 2'930},
                               {100, 2'850},  {50, 2'700},  {0, 2'000}};
constexpr Point alkaline[] = {{1000, 1'600}, {900, 1'450}, {500, 1'270}, {100, 1'120}, {0, 800}};

std::span<const Point> curve_of(Cell cell) {
    switch (cell) {
        case Cell::lithium_thionyl:
            return thionyl;
        case Cell::lithium_manganese:
            return manganese;
        case Cell::alkaline:
            break;
    }
    return alkaline;
}

/// Millivolts that are lost for each degree below 20 °C.
int loss_per_degree(Cell cell) {
    return cell == Cell::alkaline ? 5 : 4;
}

}  // namespace

std::optional<Cell> parse_cell(std::string_view text) {
    if (text == "lithium-thionyl") return Cell::lithium_thionyl;
    if (text == "lithium-manganese") return Cell::lithium_manganese;
    if (text == "alkaline") return Cell::alkaline;
    return std::nullopt;
}

int millivolts_of(Cell cell, int charge, int celsius) {
    const auto curve = curve_of(cell);
    charge = std::clamp(charge, 0, 1000);
    int out = curve.back().millivolts;
    for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
        const auto& high = curve[i];
        const auto& low = curve[i + 1];
        if (charge < low.charge) continue;
        out = low.millivolts + (high.millivolts - low.millivolts) * (charge - low.charge) /
                                   (high.charge - low.charge);
        break;
    }
    return out - std::max(0, 20 - celsius) * loss_per_degree(cell);
}

int shown_percent(Cell cell, int millivolts) {
    const auto curve = curve_of(cell);
    const int full = curve.front().millivolts;
    const int empty = curve.back().millivolts;
    return std::clamp((millivolts - empty) * 100 / (full - empty), 0, 100);
}

}  // namespace anju::sim
