// What a monitor scrapes: the status of the gateway in the text format of Prometheus, version
// 0.0.4.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.hpp"

namespace anju::api {

/// A figure of the web server and the console, counted since the start.
using NamedCount = std::pair<std::string_view, std::uint64_t>;

/// `status`: the result of the control socket's `status`. No name of a person and no address is in
/// it.
[[nodiscard]] std::string metrics(const boost::json::object& status,
                                  std::span<const NamedCount> counts,
                                  std::span<const NamedCount> levels);

/// Whether whoever asks may read them: with the token as a Bearer of RFC 6750, wherever they come
/// from; without a token (empty) from the box itself only.
[[nodiscard]] bool may_read_metrics(const http::Request& request, std::string_view token);

/// Why the gateway is not ready to do its work; empty: it is. From the same status.
[[nodiscard]] std::string not_ready(const boost::json::object& status);

}  // namespace anju::api
