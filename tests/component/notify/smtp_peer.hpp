// A mail server for one delivery on a loopback port (RFC 5321, RFC 3207), that keeps what it hears
// and in which of the two worlds, before TLS or behind it.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bit>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace anju::notify {

class SmtpPeer {
public:
    struct Options {
        std::string certificate = {};  ///< PEM; empty: no STARTTLS is offered
        std::string key = {};
        std::string to_receiver = "250 2.1.5 Ok";  ///< the answer to RCPT TO
    };
    explicit SmtpPeer(Options options) : options_(std::move(options)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        auto* const plain = std::bit_cast<sockaddr*>(&at);
        if (::bind(listener_, plain, sizeof at) != 0 || ::listen(listener_, 1) != 0) {
            throw std::runtime_error("no port for the mail server");
        }
        ::getsockname(listener_, plain, &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~SmtpPeer() { join(); }
    SmtpPeer(const SmtpPeer&) = delete;
    SmtpPeer& operator=(const SmtpPeer&) = delete;

    [[nodiscard]] std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
    /// Waits until the client has gone; then the members below are complete.
    void join() {
        if (!thread_.joinable()) return;
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }

    std::vector<std::string> open;    ///< commands that anybody on the way could read
    std::vector<std::string> sealed;  ///< commands behind TLS
    std::string mail;                 ///< lines as they came, without the last dot

private:
    void serve() {
        socket_ = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket_ < 0) return;
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        say("220 mail.example ESMTP");
        while (obey(command())) {}
        ssl_.reset();
        ::close(socket_);
    }

    /// False when the conversation is over.
    bool obey(const std::string& said) {
        if (said.empty()) return false;
        (ssl_ ? sealed : open).push_back(said);
        const auto is = [&said](std::string_view verb) { return said.starts_with(verb); };
        if (is("EHLO")) {
            const bool offer = !options_.certificate.empty() && !ssl_;
            say(offer ? "250-mail.example\r\n250 STARTTLS" : "250-mail.example\r\n250 AUTH PLAIN");
        } else if (is("STARTTLS")) {
            say("220 2.0.0 Ready");
            return secure();
        } else if (said == "AUTH PLAIN") {
            say("334 ");
            (ssl_ ? sealed : open).push_back(command());
            say("235 2.7.0 Ok");
        } else if (is("RCPT")) {
            say(options_.to_receiver);
        } else if (is("DATA")) {
            say("354 Go on");
            for (std::string one; !(one = line()).empty() && one != ".\r\n";) mail += one;
            say("250 2.0.0 Taken as 17");
        } else if (is("QUIT")) {
            say("221 2.0.0 Bye");
            return false;
        } else {
            say("250 2.0.0 Ok");
        }
        return true;
    }

    bool secure() {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_use_certificate_chain_file(context_.get(), options_.certificate.c_str());
        SSL_CTX_use_PrivateKey_file(context_.get(), options_.key.c_str(), SSL_FILETYPE_PEM);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), socket_);
        return SSL_accept(ssl_.get()) == 1;
    }

    void say(const std::string& text) {
        const std::string out = text + "\r\n";
        if (ssl_) {
            SSL_write(ssl_.get(), out.data(), static_cast<int>(out.size()));
        } else {
            (void)::send(socket_, out.data(), out.size(), MSG_NOSIGNAL);
        }
    }

    /// With its end; empty: the client has gone.
    std::string line() {
        std::size_t end = std::string::npos;
        while ((end = input_.find("\r\n")) == std::string::npos) {
            char buffer[4096];
            const ssize_t got = ssl_ ? SSL_read(ssl_.get(), buffer, sizeof buffer)
                                     : ::recv(socket_, buffer, sizeof buffer, 0);
            if (got <= 0) return {};
            input_.append(buffer, static_cast<std::size_t>(got));
        }
        std::string out = input_.substr(0, end + 2);
        input_.erase(0, end + 2);
        return out;
    }
    std::string command() {
        std::string out = line();
        if (!out.empty()) out.resize(out.size() - 2);
        return out;
    }

    Options options_;
    int listener_ = -1;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, SSL_CTX_free};
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
    std::string input_;
    std::thread thread_;
};

}  // namespace anju::notify
