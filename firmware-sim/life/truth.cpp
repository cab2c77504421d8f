#include "firmware-sim/life/truth.hpp"

#include <fmt/format.h>

#include "firmware-sim/life/sampling.hpp"

namespace anju::sim::life {

namespace {

std::string row(TruthForm form, Instant at, Where where, const Act& act) {
    const auto* const format = form == TruthForm::csv
                                   ? "{},{},{},{},{}\n"
                                   : "{{\"at\":\"{}\",\"where\":\"{}\",\"what\":\"{}\","
                                     "\"room\":\"{}\",\"water_ml\":{}}}\n";
    return fmt::format(fmt::runtime(format), iso_text(at), name_of(where), name_of(act.deed),
                       name_of(act.room), act.water_ml);
}

}  // namespace

std::string truth_header(TruthForm form) {
    return form == TruthForm::csv ? "at,where,what,room,water_ml\n" : "";
}

std::string truth_rows(const Day& day, TruthForm form, bool acts) {
    std::string out;
    const auto begin = midnight(day.date);
    std::size_t next = 0;
    auto where = day.before;
    for (const Act& act : day.acts) {
        // A change of the truth is an act of the same time and deed.
        const bool changes = next < day.truth.size() && day.truth[next].at == act.at &&
                             day.truth[next].because == act.deed;
        if (changes) where = day.truth[next++].where;
        if (changes || acts) out += row(form, begin + act.at, where, act);
    }
    return out;
}

}  // namespace anju::sim::life
