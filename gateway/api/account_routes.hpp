// /api/v1/accounts and /api/v1/audit
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "api/guard.hpp"
#include "core/engine.hpp"
#include "http/router.hpp"

namespace anju::api {

/// Guard and engine must outlive the router.
void add_account_routes(http::Router& router, Guard& guard, const Engine& engine,
                        std::chrono::minutes utc_offset);

}  // namespace anju::api
