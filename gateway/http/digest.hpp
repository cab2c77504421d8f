// SHA-256, for names of contents.
#pragma once

#include <string>
#include <string_view>

namespace anju::http {

/// FIPS 180-4, 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace anju::http
