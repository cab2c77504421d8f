// What went wrong with a broker, in words that tell an operator what to do.
#pragma once

#include <string>
#include <string_view>

namespace anju::mqtt {

/// Explains a failed connect. `code` is Paho's: 1..5 from the broker's CONNACK, negative from
/// the library; `detail` its text; `tls` what OpenSSL said, or empty.
[[nodiscard]] std::string explain_connect(int code, std::string_view detail, std::string_view tls);

/// Explains a refused subscription.
[[nodiscard]] std::string explain_subscribe(std::string_view filter, int code);

}  // namespace anju::mqtt
