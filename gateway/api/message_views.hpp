// Readings and watched messages as the console has them. Pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

#include "control/render.hpp"
#include "core/model/reading.hpp"
#include "runtime/message_tap.hpp"

namespace anju::api {

/// {kind, value, quality, event_time}.
[[nodiscard]] boost::json::object reading_view(const Reading& reading,
                                               const control::Render& render);

/// A message of a watched device, as in console/box.yaml: LiveMessage. `id`: as an event has it;
/// `profile`: of the device's registration, empty: none.
[[nodiscard]] boost::json::object message_view(const WatchedMessage& message, std::uint64_t id,
                                               const std::string& profile,
                                               const control::Render& render);

}  // namespace anju::api
