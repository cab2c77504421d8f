// /api/v1/alerts
#pragma once

#include "api/context.hpp"
#include "api/guard.hpp"
#include "http/router.hpp"

namespace anju::api {

/// Context and guard must outlive the router.
void add_alert_routes(http::Router& router, Guard& guard, const Context& context);

}  // namespace anju::api
