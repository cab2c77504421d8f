#include "runtime/protection.hpp"

namespace anju {

std::string_view name(Unprotected reason) {
    switch (reason) {
        case Unprotected::starting:
            return "starting";
        case Unprotected::home_broker:
            return "home_broker";
        case Unprotected::no_sensor:
            return "no_sensor";
        case Unprotected::disk_full:
            return "disk_full";
        case Unprotected::clock:
            return "clock";
        case Unprotected::nobody_told:
            return "nobody_told";
    }
    return "";
}

std::chrono::seconds Protection::hold(Unprotected reason, bool comes) const {
    if (!comes) return options_.well_again;
    switch (reason) {
        case Unprotected::home_broker:
            return options_.home_broker;
        case Unprotected::no_sensor:
            return options_.no_sensor;
        case Unprotected::disk_full:
            return options_.disk_full;
        case Unprotected::clock:
            return options_.clock;
        case Unprotected::nobody_told:
            return options_.nobody_told;
        case Unprotected::starting:
            break;
    }
    return {};
}

const std::set<Unprotected>& Protection::reasons() const {
    static const std::set<Unprotected> starting{Unprotected::starting};
    return looked_ ? settled_.now() : starting;
}

void Protection::look(const ProtectionFacts& facts, SteadyTime now, Instant local) {
    std::set<Unprotected> seen;
    if (!facts.home_connected) seen.insert(Unprotected::home_broker);
    if (!facts.sensor_heard) seen.insert(Unprotected::no_sensor);
    if (facts.space_low) seen.insert(Unprotected::disk_full);
    if (!facts.clock_trusted) seen.insert(Unprotected::clock);
    if (!facts.somebody_reached) seen.insert(Unprotected::nobody_told);
    // A box that has just started is not taken for well before it has heard its home once.
    if (!looked_ && !facts.home_connected) {
        settled_.look(seen, now, [](Unprotected reason, bool) {
            return std::chrono::seconds{reason == Unprotected::home_broker ? 0 : 1'000'000};
        });
    }
    looked_ = true;
    settled_.look(seen, now,
                  [this](Unprotected reason, bool comes) { return hold(reason, comes); });
    const bool well = settled_.now().empty();
    if (!well) {
        well_since_.reset();
        if (!since_) since_ = now;
    } else if (!well_since_) {
        well_since_ = now;
    }
    if (well && now - *well_since_ >= options_.forgotten_after) since_.reset();
    const Duration time_of_day = local.time_since_epoch() % std::chrono::days{1};
    const bool day = time_of_day >= options_.day_begins && time_of_day < options_.day_ends;
    aloud_ = !well && now - *since_ >= options_.aloud_after && facts.clock_trusted && day;
}

}  // namespace anju
