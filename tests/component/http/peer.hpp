// A client that sends exactly the bytes it is told to, and a server with a few routes.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "http/server.hpp"

namespace anju::http {

using namespace std::chrono_literals;

class Peer {
public:
    /// `from`: the last byte of its own address, 127.0.0.x.
    explicit Peer(std::uint16_t port, unsigned from = 1)
        : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        timeval patience{20, 0};
        setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const sockaddr own = loopback(0, from);
        const sockaddr other = loopback(port, 1);
        if (::bind(fd_, &own, sizeof own) != 0 || ::connect(fd_, &other, sizeof other) != 0) {
            ::close(fd_);
            throw std::runtime_error("nobody listens");
        }
    }
    ~Peer() { ::close(fd_); }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// False when the other end has hung up.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (size <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(size));
        }
        return true;
    }
    void finish() { ::shutdown(fd_, SHUT_WR); }

    /// Whether there is something to read, or the end, within `limit`.
    bool readable(std::chrono::milliseconds limit) {
        pollfd one{fd_, POLLIN, 0};
        return ::poll(&one, 1, static_cast<int>(limit.count())) == 1;
    }

    /// One answer: its head and as much as Content-Length says. Empty when the other end hung up.
    std::string answer(bool head = false) {
        std::size_t end = std::string::npos;
        while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
            if (!more()) return {};
        }
        end += 4;
        constexpr std::string_view mark = "Content-Length: ";
        const std::size_t at = input_.find(mark);
        if (!head && at < end) end += std::stoul(input_.substr(at + mark.size()));
        while (input_.size() < end) {
            if (!more()) return {};
        }
        std::string out = input_.substr(0, end);
        input_.erase(0, end);
        return out;
    }
    /// Everything up to `mark` and with it; what came when the other end hangs up before.
    std::string until(std::string_view mark) {
        std::size_t at = 0;
        while ((at = input_.find(mark)) == std::string::npos) {
            if (!more()) return std::move(input_);
        }
        std::string out = input_.substr(0, at + mark.size());
        input_.erase(0, out.size());
        return out;
    }
    /// Everything up to the end.
    std::string rest() {
        while (more()) {}
        return std::move(input_);
    }
    /// The other end closes without another word.
    bool hangs_up() { return rest().empty(); }
    [[nodiscard]] int fd() const { return fd_; }

private:
    static sockaddr loopback(std::uint16_t port, unsigned last) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(0x7f000000U + last);
        sockaddr generic{};
        static_assert(sizeof generic == sizeof address);
        std::copy_n(reinterpret_cast<const char*>(&address), sizeof address,
                    reinterpret_cast<char*>(&generic));
        return generic;
    }

    bool more() {
        char bytes[4096];
        const ssize_t size = ::recv(fd_, bytes, sizeof bytes, 0);
        if (size <= 0) return false;
        input_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    int fd_;
    std::string input_;
};

inline std::string get(std::string_view path, std::string_view more = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: box\r\n" + std::string(more) + "\r\n";
}

inline std::string status_of(const std::string& answer) {
    return answer.substr(0, answer.find("\r\n"));
}

class WebServer : public testing::Test {
protected:
    WebServer() {
        options_.port = 0;
        router_.add("GET", "/hello", [this](const Request& request) {
            ++asked_;
            return Response{200, "text/plain; charset=utf-8", "hello " + request.query};
        });
        router_.add("GET", "/peer", [](const Request& request) {
            return Response{200, "text/plain", request.peer};
        });
        router_.add("POST", "/echo", [this](const Request& request) {
            ++asked_;
            return Response{200, "text/plain", request.body};
        });
        router_.add("GET", "/broken",
                    [](const Request&) -> Response { throw std::runtime_error("broken"); });
    }
    std::uint16_t serve() {
        server_ = std::make_unique<Server>(options_, router_);
        const auto started = server_->start();
        if (!started) throw std::runtime_error(started.error().text());
        return server_->port();
    }

    /// Whoever else asks is answered meanwhile.
    void expect_others_served(unsigned from = 1) {
        Peer other(server_->port(), from);
        other.send(get("/hello", "Connection: close\r\n"));
        EXPECT_EQ(status_of(other.rest()), "HTTP/1.1 200 OK");
    }
    /// The server counts after it has acted.
    template <class Holds>
    static bool comes_true(const Holds& holds) {
        const auto patience = std::chrono::steady_clock::now() + 10s;
        while (!holds() && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
        return holds();
    }
    static bool reaches(const std::atomic<std::uint64_t>& counter, std::uint64_t wanted) {
        return comes_true([&] { return counter == wanted; });
    }

    Server::Options options_;
    Router router_;
    std::atomic<int> asked_{0};
    std::unique_ptr<Server> server_;
};

}  // namespace anju::http
