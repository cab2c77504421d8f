// Durations, sizes, offsets and broker addresses as people write them in a configuration file.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/care_rules.hpp"
#include "core/model/instant.hpp"

namespace anju::config {

/// "250ms", "90s", "30min", "24h", "7d": a whole number and one unit. nullopt: not a duration,
/// or more than 100 years.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
/// The shortest spelling that parse_duration() takes back.
[[nodiscard]] std::string format_duration(Duration duration);

/// Thousandths as a decimal number: 300 is "0.3", 2500 "2.5", 3000 "3.0".
[[nodiscard]] std::string decimal_of(std::int64_t thousandths);

/// "16MB", "2GB" (powers of ten) or "512KiB", "2GiB" (powers of two) or plain bytes.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// "+08:00", "-03:30"; at most 14 hours.
[[nodiscard]] std::optional<std::chrono::minutes> parse_utc_offset(std::string_view text);
[[nodiscard]] std::string format_utc_offset(std::chrono::minutes offset);

/// "09:00-11:30", since midnight; "24:00" may stand at the end. In this order or not.
[[nodiscard]] std::optional<Window> parse_window(std::string_view text);

/// A broker's address taken apart.
struct BrokerUri {
    bool tls{};
    std::string host;  ///< without the brackets of an IPv6 address
    std::uint16_t port{};

    /// localhost, 127.0.0.0/8 or ::1. Names are not resolved: what they mean can change.
    [[nodiscard]] bool loopback() const;
};

/// mqtt://host[:port] or mqtts://host[:port]; nullopt for anything else, also when it carries
/// credentials or a path.
[[nodiscard]] std::optional<BrokerUri> parse_broker_uri(std::string_view text);

}  // namespace anju::config
