// One profile as it is read from its file.
#pragma once

#include <string>

#include "drivers/profile/profiles.hpp"

namespace anju::drivers {

struct Profile {
    std::string name;
    std::string codec;  ///< of payload_codecs(), when the bytes are in a known format
};

}  // namespace anju::drivers
