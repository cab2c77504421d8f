#include "mqtt/no_delay.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>

namespace anju::mqtt {

namespace {

std::optional<std::uint16_t> port_of(const std::string& uri) {
    const auto colon = uri.rfind(':');
    if (colon == std::string::npos) return std::nullopt;
    std::uint16_t port = 0;
    const auto* const begin = uri.data() + colon + 1;
    const auto parsed = std::from_chars(begin, uri.data() + uri.size(), port);
    if (parsed.ec == std::errc{}) return port;
    return uri.rfind("mqtts://", 0) == 0 ? std::uint16_t{8883} : std::uint16_t{1883};
}

std::optional<std::uint16_t> peer_port(int fd) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return std::nullopt;
    if (peer.ss_family == AF_INET) {
        return ntohs(reinterpret_cast<const sockaddr_in*>(&peer)->sin_port);
    }
    if (peer.ss_family == AF_INET6) {
        return ntohs(reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_port);
    }
    return std::nullopt;
}

}  // namespace

void set_no_delay(const std::string& uri) {
    const auto port = port_of(uri);
    if (!port) return;
    std::error_code ended;
    for (std::filesystem::directory_iterator entry("/proc/self/fd", ended), end;
         !ended && entry != end; entry.increment(ended)) {
        const auto name = entry->path().filename().string();
        int fd = -1;
        if (std::from_chars(name.data(), name.data() + name.size(), fd).ec != std::errc{}) continue;
        if (peer_port(fd) != port) continue;
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
}

}  // namespace anju::mqtt
