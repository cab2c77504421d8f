#include "app/anjuctl/doctor_service.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "app/anjuctl/doctor_text.hpp"
#include "app/anjuctl/services.hpp"
#include "backup/backup.hpp"
#include "provision/box.hpp"

namespace anju::ctl {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto too_old = std::chrono::days{3};
constexpr auto broker_patience = 2s;

/// How old the file is; never negative, for a clock that was set may have gone back.
std::chrono::seconds age_of(const fs::path& file, provision::Time now) {
    std::error_code none;
    const auto changed = fs::last_write_time(file, none);
    if (none) return 0s;
    const auto wall = std::chrono::file_clock::to_sys(changed);
    return std::max(now - std::chrono::floor<std::chrono::seconds>(wall), 0s);
}

/// 0, or why nobody can be reached there.
int try_to_reach(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) return EHOSTUNREACH;
    const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int reason = fd < 0 ? errno : 0;
    if (reason == 0 && connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
        reason = errno;
        if (reason == EINPROGRESS) {
            pollfd waiting{.fd = fd, .events = POLLOUT, .revents = 0};
            const auto most = std::chrono::milliseconds(broker_patience).count();
            reason = poll(&waiting, 1, static_cast<int>(most)) == 1 ? 0 : ETIMEDOUT;
            socklen_t size = sizeof reason;
            if (reason == 0) getsockopt(fd, SOL_SOCKET, SO_ERROR, &reason, &size);
        }
    }
    if (fd >= 0) close(fd);
    freeaddrinfo(found);
    return reason;
}

}  // namespace

void examine_backups(const config::Config& config, provision::Time now, Findings& findings) {
    const fs::path folder = fs::absolute(config.source).parent_path();
    std::error_code none;
    if (!fs::exists(folder / "backup.pub", none)) {
        return findings.add(Severity::warning, "backup_no_key", text::backup_no_key,
                            text::make_backup_key);
    }
    std::error_code hidden;
    fs::directory_iterator looking(config.data_dir / "backups", hidden);
    if (hidden == std::errc::permission_denied) {
        return findings.add(Severity::note, "backup_hidden", text::backup_hidden, text::ask_as_root,
                            {(config.data_dir / "backups").string()});
    }
    backup::Places places;
    places.data_dir = config.data_dir;
    const auto all = backup::list(places);
    if (all.empty()) {
        return findings.add(Severity::warning, "backup_none", text::backup_none, text::make_backup);
    }
    const auto age = age_of(all.front(), now);
    const std::string hours =
        std::to_string(std::chrono::duration_cast<std::chrono::hours>(age).count());
    if (now >= provision::earliest && age > too_old) {
        return findings.add(Severity::warning, "backup_old", text::backup_old, text::make_backup,
                            {hours});
    }
    findings.ok("backup", text::backup_good, {all.front().filename().string(), hours});
}

void examine_timers(Findings& findings) {
    if (!has_service_manager()) return;
    for (const std::string timer : {"anju-backup.timer", "anju-renew.timer"}) {
        if (run_program({"systemctl", "is-active", "--quiet", timer})) {
            findings.ok("timer", text::timer_good, {timer});
        } else {
            findings.add(Severity::warning, "timer_off", text::timer_off, text::start_timer,
                         {timer});
        }
    }
}

void examine_broker(const config::Config& config, Findings& findings) {
    const std::string_view uri = config.home.uri;
    const std::string_view where = uri.substr(std::min(uri.size(), uri.find("://") + 3));
    const std::size_t bracket = where.rfind(']');  // of an IPv6 address
    const std::size_t colon = where.find(':', bracket == where.npos ? 0 : bracket);
    std::string host(where.substr(0, colon));
    std::string port(uri.starts_with("mqtts") ? "8883" : "1883");
    if (colon != where.npos) port = where.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const int reason = try_to_reach(host, port);
    if (reason == 0) return findings.ok("broker", text::broker_good, {config.home.uri});
    findings.add(Severity::error, "broker_silent", text::broker_silent, text::check_home,
                 {config.home.uri, std::strerror(reason)});
}

}  // namespace anju::ctl
