// One life of the process, from its start on the folder that the last one left to its death or to
// the end of the incident: the real store, gateway, router and dispatcher, on a clock that is
// driven and with a world outside that outlives it.
#pragma once

#include <filesystem>

#include "tests/component/ladder/incident.hpp"
#include "tests/component/ladder/outside.hpp"

namespace anju::test {

/// How a life ended.
enum class End : std::uint8_t { done, killed, failed };

/// Forks, lives in the child, waits. Whoever sent something and does not know whether it was taken
/// sends it again in the next life. With `failed` the reason stands in `outside`.
[[nodiscard]] End live(const Incident& incident, Outside& outside,
                       const std::filesystem::path& folder);

}  // namespace anju::test
