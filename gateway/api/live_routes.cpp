#include "api/live_routes.hpp"

#include "api/answers.hpp"

namespace anju::api {

void add_live_routes(http::Router& router, Guard& guard, const Context& context) {
    const auto listen = [&context](const Caller& caller) {
        const boost::json::object hello{{"now", context.render.time(context.gateway.now())}};
        return context.live.listen(
            {.key = caller.session.key,
             .sight = caller.sight,
             .good = [&guard = caller.guard,
                      key = caller.session.key] { return guard.lasts(key); }},
            caller.request.last_event_id, boost::json::serialize(hello));
    };
    router.add("GET", "/api/v1/events", guard.allow(access::Action::read_alerts, listen));
}

}  // namespace anju::api
