#include "tests/simulation/tenant.hpp"

#include "firmware-sim/life/residents.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

namespace {

/// Falls, illnesses and journeys are made by the home, which knows what has to follow from them.
sim::life::Habits habits_of(std::uint64_t seed) {
    const auto kinds = sim::life::kinds();
    sim::life::Habits out = sim::life::person_of(kinds[seed % kinds.size()].habits, seed);
    out.falls_pm_year = out.illness_pm_year = out.trips_pm_year = 0;
    out.overnight_pm = out.festival_trip_pm = out.decline_pm_year = 0;
    return out;
}

sim::life::Date local_date(Instant at) {
    return std::chrono::floor<std::chrono::days>(at + 8h);
}

}  // namespace

Tenant::Tenant(std::uint64_t seed, Instant first)
    : life_(habits_of(seed), local_date(first), seed) {}

std::vector<Instant> Tenant::next_day() {
    const sim::life::Day& day = life_.next_day();
    const Instant midnight = Instant{day.date} - 8h;
    std::vector<Instant> doors;
    for (const sim::life::Act& act : day.acts) {
        if (act.water_ml > 0) draws_.push_back({midnight + act.at, act.water_ml});
        if (sim::life::describe(act.deed).uses_door) doors.push_back(midnight + act.at);
    }
    return doors;
}

std::int64_t Tenant::drawn_until(Instant now) {
    std::int64_t sum = 0;
    for (; !draws_.empty() && draws_.front().at <= now; draws_.pop_front()) {
        sum += draws_.front().ml;
    }
    return sum;
}

}  // namespace anju::whole
