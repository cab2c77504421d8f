// From the text of a profile to the profile, or to every mistake in it. See
// docs/drivers/profiles.md for the format. Private to this folder.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "drivers/profile/profile.hpp"

namespace anju::drivers::profile_file {

struct Parsed {
    Profile profile;                     ///< whole only when there is no mistake
    std::vector<ProfileError> mistakes;  ///< in the order of their places
};

/// Everything but the vectors' truth.
[[nodiscard]] Parsed parse(std::string_view toml, std::string_view file_name);

/// Runs the profile's vectors; one mistake for each that gives something else.
[[nodiscard]] std::vector<ProfileError> check_vectors(const Profile& profile);

}  // namespace anju::drivers::profile_file
