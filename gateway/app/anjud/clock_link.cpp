// See clock_link.hpp.
#include "app/anjud/clock_link.hpp"

#include <utility>

#include "anju/v1/simulation.pb.h"
#include "app/anjud/home_link.hpp"

namespace anju {

ClockLink::ClockLink(const config::Config& config, system::DrivenClock& clock,
                     std::function<void()> clock_set) {
    mqtt::Session::Options options;
    options.endpoint = broker_endpoint(config.home);
    options.endpoint.client_id = "anju-" + config.gateway_id + "-clock";
    options.endpoint.clean_session = true;
    options.subscriptions = {{"anju/v1/clock", 1}};
    session_ = std::make_unique<mqtt::Session>(
        std::move(options),
        [&clock, clock_set = std::move(clock_set)](mqtt::Incoming&& message) {
            v1::ClockControl control;
            if (!control.ParseFromString(message.payload)) return;
            clock.set(from_unix_ms(control.unix_ms()), control.rate(),
                      Duration{control.set_by_ms()});
            clock_set();
        },
        [](bool) {});
}

}  // namespace anju
