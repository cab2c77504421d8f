// What went wrong with a broker, in words that tell an operator what to do.
#pragma once

#include <string>
#include <string_view>

namespace anju::mqtt {

/// Explains a failed connect. `code` is Paho's: 1..5 from the broker's CONNACK, negative from
/// the library; `detail` its text.
[[nodiscard]] std::string explain_connect(int code, std::string_view detail);

/// Explains a failed connect to an mqtts:// address. Paho does not tell TCP from TLS.
[[nodiscard]] std::string explain_tls(int code, std::string_view detail);

/// Explains a refused subscription.
[[nodiscard]] std::string explain_subscribe(std::string_view filter, int code);

}  // namespace anju::mqtt
