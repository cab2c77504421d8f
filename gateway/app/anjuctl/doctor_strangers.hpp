// What doctor says of who knocked and was not let in: at the home broker, and with commands.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/anjuctl/findings.hpp"

namespace anju::ctl {

/// Connections that mosquitto refused, by its own log.
struct TurnedAway {
    std::uint64_t logins{};    ///< anonymous, wrong password, unknown name
    std::uint64_t tls{};       ///< certificate, authority or version of TLS not agreed on
    std::uint64_t protocol{};  ///< spoke something that is not MQTT
    std::string when;          ///< of the last one, as the log has it; empty: none
    std::string from;          ///< its address; empty: the log does not say

    [[nodiscard]] std::uint64_t all() const { return logins + tls + protocol; }
};

/// `log`: lines of mosquitto 2.0 of the types error and notice. What else it says is passed over.
/// A device that publishes or subscribes beyond its ACL is refused too and not among these:
/// mosquitto tells of that only with log_type debug.
[[nodiscard]] TurnedAway turned_away(std::string_view log);

/// Reads `file`, or, where it is empty, a day of the broker's journal; needs the right to read it.
void examine_strangers(const std::filesystem::path& file, Findings& findings);
/// `bad`: what the daemon counted since its start, commands not understood, of another box, or
/// under an id that had been used for another.
void examine_commands(std::int64_t bad, Findings& findings);

}  // namespace anju::ctl
