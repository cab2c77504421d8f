#include "core/detect/water_meter.hpp"

namespace anju::detect {

MeterRegister::Step WaterMeter::observe_used(std::int64_t ml, Instant event_time, bool late,
                                             Duration limit) {
    MeterRegister::Step step;
    const Instant told = total_.known_until();
    if (told != Instant{} && event_time <= told + limit) return step;
    const Duration pause = late ? limit : event_time - used_until_;
    const bool begins = !late && (used_until_ == Instant{} || pause > limit);
    if (ml > pipe_delivers_ml(begins ? limit : pause)) {
        step.doubted = true;
        return step;
    }
    if (begins) step.new_start = event_time;
    if (!late) used_until_ = event_time;
    step.drawn = ml;
    return step;
}

}  // namespace anju::detect
