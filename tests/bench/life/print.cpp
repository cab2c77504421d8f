#include "print.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace anju::bench {

using sim::life::Habits;

std::string as_source(const std::string& recording, const Habits& habits) {
    static constexpr std::pair<const char*, int Habits::*> members[] = {
        {"wake_min", &Habits::wake_min},
        {"wake_spread_min", &Habits::wake_spread_min},
        {"weekend_later_min", &Habits::weekend_later_min},
        {"bed_min", &Habits::bed_min},
        {"bed_spread_min", &Habits::bed_spread_min},
        {"night_visits_pm", &Habits::night_visits_pm},
        {"nap_pm", &Habits::nap_pm},
        {"lunch_min", &Habits::lunch_min},
        {"dinner_min", &Habits::dinner_min},
        {"toilet_pm", &Habits::toilet_pm},
        {"flush_ml", &Habits::flush_ml},
        {"tap_ml", &Habits::tap_ml},
        {"morning_pm", &Habits::morning_pm},
        {"meals_pm", &Habits::meals_pm},
        {"cook_ml", &Habits::cook_ml},
        {"bath_ml", &Habits::bath_ml},
        {"bath_pm", &Habits::bath_pm},
        {"laundry_ml", &Habits::laundry_ml},
        {"laundry_pm", &Habits::laundry_pm},
        {"day_swing_pm", &Habits::day_swing_pm},
        {"moves_pm", &Habits::moves_pm},
        {"door_step_pm", &Habits::door_step_pm},
        {"visits_pm", &Habits::visits_pm},
        {"overnight_pm", &Habits::overnight_pm},
    };
    std::string out = fmt::format("Habits {}() {{\n    Habits h;\n", recording);
    const Habits usual;
    for (const auto& [name, member] : members) {
        if (habits.*member == usual.*member) continue;
        out += fmt::format("    h.{} = {};\n", name, habits.*member);
    }
    out += fmt::format("    h.uses_pm = {{{}}};\n", fmt::join(habits.uses_pm, ", "));
    out += "    h.outings = {{";
    for (const auto& each : habits.outings) {
        out += fmt::format("{{{}, {}, {}, {}, {}, {}}},", each.at_min, each.spread_min,
                           each.workdays_pm, each.weekends_pm, each.shortest_min, each.longest_min);
    }
    out.pop_back();
    return out + "}};\n    return h;\n}\n\n";
}

}  // namespace anju::bench
