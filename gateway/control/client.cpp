#include "control/client.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "control/methods.hpp"

namespace anju::control {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

class Socket {
public:
    Socket() : number_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (number_ >= 0) close(number_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return number_; }

    /// The kernel gives up on the next call by `deadline`. False: it has passed.
    [[nodiscard]] bool limit(Deadline deadline, int option) const {
        using namespace std::chrono;
        const auto left = duration_cast<microseconds>(deadline - steady_clock::now()).count();
        if (left <= 0) return false;
        const timeval value{.tv_sec = left / 1'000'000, .tv_usec = left % 1'000'000};
        return setsockopt(number_, SOL_SOCKET, option, &value, sizeof value) == 0;
    }

private:
    int number_;
};

Outcome unreachable(std::string what, const std::filesystem::path& path, std::string remedy,
                    bool lasting = false) {
    return {Outcome::Kind::unreachable,
            nullptr,
            {{std::move(what), path.string(), std::move(remedy)}},
            lasting,
            false};
}

/// Why connecting failed, where waiting does not mend it. What starts may have no socket yet, or
/// one that nobody listens on.
bool lasts(int reason, const std::filesystem::path& path) {
    if (reason == ECONNREFUSED) {
        std::error_code unknown;
        return !std::filesystem::is_socket(path, unknown) && !unknown;
    }
    return reason == EACCES || reason == ENAMETOOLONG || reason == ENOTDIR || reason == ELOOP;
}

/// For whoever may mend it.
const char* remedy_for(int reason, bool lasting) {
    if (reason == EACCES) return "join the gateway's group, or use sudo";
    return lasting ? "name the gateway's control socket" : "start it: systemctl start anjud";
}

/// errno, or nothing when it connected.
std::optional<int> connect_to(const Socket& socket, const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return ENAMETOOLONG;
    std::ranges::copy(path.native(), address.sun_path);
    const void* const plain = &address;
    if (connect(socket.get(), static_cast<const sockaddr*>(plain), sizeof address) == 0) return {};
    return errno;
}

/// False when it could not be sent in full; there may be an answer all the same.
bool send_all(const Socket& socket, std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        if (!socket.limit(deadline, SO_SNDTIMEO)) return false;
        const ssize_t sent = send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Up to the line end, or as far as it came.
std::string receive_line(const Socket& socket, Deadline deadline) {
    std::string line;
    std::array<char, 65536> buffer{};
    while (socket.limit(deadline, SO_RCVTIMEO)) {
        const ssize_t got = recv(socket.get(), buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        line.append(buffer.data(), static_cast<std::size_t>(got));
        if (line.ends_with('\n')) break;
    }
    return line;
}

}  // namespace

Outcome call(const std::filesystem::path& path, const Request& request,
             std::chrono::milliseconds timeout) {
    const Deadline deadline = std::chrono::steady_clock::now() + timeout;
    const Socket socket;
    if (socket.get() < 0 || !socket.limit(deadline, SO_SNDTIMEO)) {
        return unreachable("cannot make a socket", path, "");
    }
    if (const auto reason = connect_to(socket, path)) {
        const bool lasting = lasts(*reason, path);
        return unreachable(std::string("cannot reach the daemon: ") + std::strerror(*reason), path,
                           remedy_for(*reason, lasting), lasting);
    }
    const bool sent = send_all(socket, to_line(request), deadline);
    const std::string line = receive_line(socket, deadline);
    if (!line.ends_with('\n')) {
        const bool late = std::chrono::steady_clock::now() >= deadline;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout).count();
        Outcome out = unreachable(
            late    ? "the daemon did not answer within " + std::to_string(seconds) + " s"
            : !sent ? "the daemon hung up before it had the whole request"
                    : "the daemon hung up before it had answered",
            path,
            late ? "look whether it was done before asking again; --timeout waits longer"
                 : "look at its log: journalctl -u anjud");
        out.unanswered = sent;
        return out;
    }
    auto reply = parse_reply(line);
    if (!reply) {
        return unreachable("the answer is not understood: " + reply.error().what, path,
                           "use the anjuctl of the same version as the daemon");
    }
    if (!reply->ok()) {
        // Nobody is there yet who could refuse: whoever waits for the gateway goes on waiting.
        const bool starting = reply->errors.front().what.starts_with(still_starting);
        return {starting ? Outcome::Kind::unreachable : Outcome::Kind::refused, nullptr,
                std::move(reply->errors), false, false};
    }
    return {Outcome::Kind::ok, std::move(reply->result), {}, false, false};
}

}  // namespace anju::control
