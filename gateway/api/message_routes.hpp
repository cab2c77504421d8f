// /api/v1/devices/{id}/messages: what was stored of a device, and what it says just now
#pragma once

#include "api/context.hpp"
#include "api/guard.hpp"
#include "http/router.hpp"

namespace anju::api {

/// Context and guard must outlive the router.
void add_message_routes(http::Router& router, Guard& guard, const Context& context);

/// nullptr: there is none, or it lies outside of what the caller may see.
[[nodiscard]] const Device* device_in_sight(const Caller& caller, const Context& context,
                                            const DeviceId& id);

}  // namespace anju::api
