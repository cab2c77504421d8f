#include "api/live_routes.hpp"

#include "api/answers.hpp"

namespace anju::api {

namespace {

/// Of what will be told, for the audit.
std::string scope_of(const Caller& caller) {
    std::string out = "scope";
    for (const std::string& code : caller.account.scope.codes) out.append(" ").append(code);
    return out;
}

}  // namespace

void add_live_routes(http::Router& router, Guard& guard, const Context& context) {
    const auto listen = [&context](const Caller& caller) {
        const boost::json::object hello{{"now", context.render.time(context.gateway.now())}};
        caller.saw("events", scope_of(caller));
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
