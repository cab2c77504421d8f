// How much water a home uses, and whether it ever stops. Leaks matter also while nobody is at
// home, so that it makes no difference whether the home is watched for silence.
#include <algorithm>
#include <string>
#include <utility>

#include "core/engine/step.hpp"

namespace anju {

/// `known`: up to where the meter knew before this step.
void Step::water_used(std::size_t device, const detect::MeterRegister::Step& step, Instant known) {
    DeviceState& state = home_.devices[device];
    // A faulty meter may count nothing, or anything.
    if (state.silence.health() == DeviceHealth::faulty) return state.flow.hole();
    if (step.changed) state.flow.meter_changed();
    Instant from = step.new_start.value_or(known);
    if (from == Instant{}) return;
    if (!step.new_start && step.earlier != Instant{}) {
        count_water(device, {.from = from, .to = step.earlier, .ml = step.drawn_earlier});
        from = step.earlier;
    }
    // Late amounts, and those with which a span begins, were drawn in unknown time.
    const Instant until = state.meter.known_until();
    if (until > from) count_water(device, {.from = from, .to = until, .ml = step.drawn});
}

void Step::count_water(std::size_t device, const detect::WaterInterval& interval) {
    home_.devices[device].flow.observe(interval);
    if (home_.water_high.ends_before(interval)) {
        home_.water_high.end_day(home_.count(SensorKind::water_meter));
    }
    home_.water_high.observe(interval, recorder_.utc_offset());
}

void Step::claim_water_use(std::size_t device) {
    DeviceState& state = home_.devices[device];
    if (state.flow.take_end() && std::ranges::none_of(home_.devices, [](const DeviceState& other) {
            return other.flow.told();
        })) {
        recover(AlertKind::water_continuous, device);
    }
    if (home_.water_high.take_end()) recover(AlertKind::water_high, device);
    if (!state.silence.reliable()) return;

    if (const auto found = state.flow.found(recorder_.utc_offset())) {
        state.flow.tell(*found);
        const bool leak = found->form == detect::WaterFlow::Form::leak;
        raise(AlertKind::water_continuous, device,
              {.rule = leak ? "leak" : "continuous_flow",
               .since = found->since,
               .until = found->until,
               .measured = found->ml,
               .unit = EvidenceUnit::millilitres,
               .sources = {source(device)}});
    }
    if (!home_.water_high.above()) return;
    if (const auto found = home_.water_high.found(home_.count(SensorKind::water_meter))) {
        home_.water_high.tell();
        raise(AlertKind::water_high, device,
              {.rule = "high_day",
               .since = found->since,
               .until = found->until,
               .measured = found->ml,
               .threshold = found->unusual_ml,
               .unit = EvidenceUnit::millilitres,
               .sources = {source(device)}});
    }
}

}  // namespace anju
