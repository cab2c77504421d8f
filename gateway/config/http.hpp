// [http]: the page behind a link and the workers' calendars, for phones.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace anju::config {

struct Http {
    std::string address = "127.0.0.1";  ///< an IP address
    std::uint16_t port = 8480;
    std::filesystem::path cert_file;  ///< PEM, the chain; empty: no TLS, and loopback only
    std::filesystem::path key_file;
    bool behind_proxy{};                       ///< a proxy on this box says who the client is
    std::filesystem::path metrics_token_file;  ///< empty: /metrics is for the box itself only
    std::uint32_t calendar_generation = 1;     ///< another one makes all calendar addresses void
};

}  // namespace anju::config
