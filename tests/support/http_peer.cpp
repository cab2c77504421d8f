#include "tests/support/http_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace anju::test {
namespace {

constexpr int poll_ms = 20;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

sockaddr* plain(sockaddr_in& at) {
    return std::bit_cast<sockaddr*>(&at);
}

void send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// The head of a request, without its last empty line.
HttpPeer::Heard read_head(const std::string& head) {
    HttpPeer::Heard out;
    const std::size_t first_end = head.find("\r\n");
    const std::size_t method_end = head.find(' ');
    const std::size_t path_end = head.find(' ', method_end + 1);
    out.method = head.substr(0, method_end);
    out.path = head.substr(method_end + 1, path_end - method_end - 1);
    for (std::size_t at = first_end; at != std::string::npos && at + 2 < head.size();) {
        const std::size_t end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end - at - 2);
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos) {
            out.fields[lower(line.substr(0, colon))] = line.substr(colon + 2);
        }
        at = end;
    }
    return out;
}

}  // namespace

HttpPeer::HttpPeer() {
    open();
}

HttpPeer::~HttpPeer() {
    close();
}

void HttpPeer::open() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in at = loopback(port_);
    socklen_t size = sizeof at;
    if (::bind(listener_, plain(at), sizeof at) != 0 || ::listen(listener_, 16) != 0) {
        throw std::runtime_error("no port for the peer");
    }
    ::getsockname(listener_, plain(at), &size);
    port_ = ntohs(at.sin_port);
    closing_ = false;
    thread_ = std::thread([this, listener = listener_] { serve(listener); });
}

void HttpPeer::close() {
    if (!thread_.joinable()) return;
    closing_ = true;
    changed_.notify_all();
    thread_.join();
    ::close(listener_);
}

void HttpPeer::answer(unsigned status, std::string body) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    body_ = std::move(body);
    silent_ = false;
    changed_.notify_all();
}

void HttpPeer::fall_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
}

void HttpPeer::serve(int listener) {
    while (!closing_) {
        pollfd waiting{listener, POLLIN, 0};
        if (::poll(&waiting, 1, poll_ms) != 1) continue;
        const int one = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (one < 0) continue;
        exchange(one);
        ::close(one);
    }
}

void HttpPeer::exchange(int one) {
    std::string input;
    std::size_t head_end = std::string::npos;
    std::size_t whole = std::string::npos;
    while (!closing_ && (head_end == std::string::npos || input.size() < whole)) {
        pollfd waiting{one, POLLIN, 0};
        if (::poll(&waiting, 1, poll_ms) != 1) continue;
        char buffer[4096];
        const ssize_t got = ::recv(one, buffer, sizeof buffer, 0);
        if (got <= 0) return;
        input.append(buffer, static_cast<std::size_t>(got));
        head_end = input.find("\r\n\r\n");
        if (head_end == std::string::npos) continue;
        const auto fields = read_head(input.substr(0, head_end)).fields;
        const auto length = fields.find("content-length");
        whole = head_end + 4 + (length == fields.end() ? 0 : std::stoul(length->second));
    }
    if (closing_) return;
    Heard heard = read_head(input.substr(0, head_end));
    heard.body = input.substr(head_end + 4);
    std::unique_lock lock(mutex_);
    heard_.push_back(std::move(heard));
    changed_.notify_all();
    changed_.wait(lock, [this] { return !silent_ || closing_; });
    if (closing_) return;
    const std::string answer =
        "HTTP/1.1 " + std::to_string(status_) +
        " As told\r\nConnection: close\r\nContent-Length: " + std::to_string(body_.size()) +
        "\r\n\r\n" + body_;
    lock.unlock();
    send_all(one, answer);
}

std::string HttpPeer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<HttpPeer::Heard> HttpPeer::heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
}

bool HttpPeer::hears(const std::function<bool(const Heard&)>& is_it,
                     std::chrono::milliseconds limit) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return std::ranges::any_of(heard_, is_it); });
}

HttpSaid http(const std::string& method, const std::string& url, const std::string& body,
              const std::string& host) {
    const std::string scheme = "http://127.0.0.1:";
    if (!url.starts_with(scheme)) throw std::runtime_error("not of this machine: " + url);
    const std::size_t slash = url.find('/', scheme.size());
    const auto port = std::stoul(url.substr(scheme.size(), slash - scheme.size()));
    const int to = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{20, 0};
    ::setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in at = loopback(static_cast<std::uint16_t>(port));
    std::string input;
    if (::connect(to, plain(at), sizeof at) == 0) {
        send_all(to, method + " " + url.substr(slash) + " HTTP/1.1\r\nHost: " + host +
                         "\r\nContent-Length: " + std::to_string(body.size()) +
                         "\r\nConnection: close\r\n\r\n" + body);
        char buffer[4096];
        for (ssize_t got = 0; (got = ::recv(to, buffer, sizeof buffer, 0)) > 0;) {
            input.append(buffer, static_cast<std::size_t>(got));
        }
    }
    ::close(to);
    const std::size_t end = input.find("\r\n\r\n");
    if (!input.starts_with("HTTP/1.1 ") || end == std::string::npos) return {};
    return {static_cast<unsigned>(std::stoul(input.substr(9, 3))), input.substr(0, end),
            input.substr(end + 4)};
}

}  // namespace anju::test
