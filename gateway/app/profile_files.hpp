// The operator's own profiles: every .toml file of a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.hpp"
#include "drivers/profile/profiles.hpp"

namespace anju {

/// Adds them in the order of their names; a folder that is not there holds none. A file with a
/// mistake is left out, so that one bad profile leaves no home unwatched: what is returned is for
/// the log and for doctor.
[[nodiscard]] std::vector<Error> read_profiles(const std::filesystem::path& folder,
                                               drivers::Profiles& profiles);

}  // namespace anju
