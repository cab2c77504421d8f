// One profile as it is read from its file.
#pragma once

#include <string>

#include "drivers/profile/profiles.hpp"

namespace anju::drivers {

struct Profile {
    std::string name;
    std::string codec;  ///< of payload_codecs(), when the bytes are in a known format
};

/// Whether the profile has anything to say about decoded fields, or about bytes.
[[nodiscard]] bool reads_fields(const Profile& profile);
[[nodiscard]] bool reads_bytes(const Profile& profile);

}  // namespace anju::drivers
