// The report of a drill: one page of HTML for a sheet of A4, that needs nothing else and has a
// place for two signatures.
#pragma once

#include <string>

#include "firmware-sim/drill/box.hpp"
#include "firmware-sim/drill/score.hpp"
#include "firmware-sim/scenario/scenario.hpp"

namespace anju::sim {

enum class ReportLanguage { zh, en };

struct DrillReport {
    const Scenario& scenario;  ///< as it was played; neither is owned
    const Score& score;
    BoxState box;
    Instant began{};  ///< in the time of the box
    Instant ended{};
    bool staff{};
    bool aborted{};
};

/// Pure. Whatever the scenario and the box say is escaped.
[[nodiscard]] std::string report_page(const DrillReport& report, ReportLanguage language);

}  // namespace anju::sim
