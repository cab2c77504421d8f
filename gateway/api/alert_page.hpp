// A page of alerts: what waits for somebody, from the board, and then what is over, from the
// journal.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <optional>

#include "api/answers.hpp"
#include "api/context.hpp"

namespace anju::api {

/// Which part of such a list is wanted; otherwise `refused` says why.
[[nodiscard]] std::optional<KeyedPage> alerts_wanted(const http::Request& request,
                                                     http::Response& refused);

/// `page` is of alerts_wanted(). Those for which `wanted` is true: most urgent first, then, with
/// `over`, those that are over, changed last first, as far back as the journal goes. `total` counts
/// those that wait. A page may be short and have a next one: nobody waits for the whole journal.
[[nodiscard]] boost::json::object alert_page(const Context& context, const KeyedPage& page,
                                             const std::function<bool(const Alert&)>& wanted,
                                             bool over, Look& look);

/// Where a page ends within what waits; it is found again however the list moved: behind the alert
/// itself, or, when that has gone, from the beginning, for twice is better than never.
[[nodiscard]] std::size_t behind(const std::vector<const Alert*>& waiting, const AlertId& last);

}  // namespace anju::api
