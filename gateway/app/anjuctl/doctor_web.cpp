#include "app/anjuctl/doctor_web.hpp"

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/anjuctl/doctor_text.hpp"

namespace anju::ctl {
namespace {

/// 0, or why nobody can listen there.
int try_to_listen(const config::Http& http) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(http.address.c_str(), std::to_string(http.port).c_str(), &hints, &found) != 0) {
        return EADDRNOTAVAIL;
    }
    const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int reason = fd < 0 ? errno : 0;
    if (reason == 0) {
        const int on = 1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, found->ai_addr, found->ai_addrlen) != 0) reason = errno;
        close(fd);
    }
    freeaddrinfo(found);
    return reason;
}

}  // namespace

void examine_web(const config::Config& config, Findings& findings) {
    if (!config.http) return;
    const std::string where = config.http->address + ":" + std::to_string(config.http->port);
    const int reason = try_to_listen(*config.http);
    if (reason == 0 || reason == EADDRINUSE) {
        return findings.ok("http", text::http_good, {where});
    }
    findings.add(Severity::error, "http_unavailable", text::http_unavailable, text::mend_http,
                 {where, std::strerror(reason)});
}

}  // namespace anju::ctl
