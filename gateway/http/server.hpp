// A small HTTP/1.1 server over Boost.Beast, with TLS (docs/adr/0014-http.md).
//
// It has a thread of its own for everything that a stranger may make slow or expensive: accepting,
// handshakes, parsing, waiting. Only a request that is complete and within its bounds is handed to
// whoever answers, on the daemon's loop; so no client, however slow, stands before an alarm.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "http/message.hpp"
#include "http/router.hpp"
#include "http/tls.hpp"

namespace anju::http {

class Server {
public:
    struct Limits {
        std::size_t header_bytes = std::size_t{8} * 1024;
        std::size_t body_bytes = std::size_t{64} * 1024;
        /// Ordinary ones. When all are taken, the one goes that has waited longest for a request
        /// to be complete, idle ones included: browsers connect anew. Only while every one is being
        /// answered do further clients wait. A browser keeps up to six, and an office is behind one
        /// address.
        std::size_t connections = 256;
        /// Of those at one address so many may not have asked anything yet; then the oldest of them
        /// goes, so that half a header costs its sender a place and nobody else's.
        std::size_t unfinished_per_address = 32;
        std::size_t connections_per_address = 128;
        std::size_t requests = 100;  ///< on one connection, then it is closed
        /// Beside the ordinary ones, so that open consoles leave them free; beyond: 503.
        std::size_t streams = 256;
        std::size_t streams_per_address = 64;
        /// In all, from the first byte or from the answer before: a client that sends a byte now
        /// and then gains nothing.
        std::chrono::milliseconds handshake{10'000};
        std::chrono::milliseconds header{10'000};  ///< idle time between requests included
        std::chrono::milliseconds body{15'000};
        std::chrono::milliseconds answer{10'000};  ///< for the handler; then 503
        std::chrono::milliseconds write{15'000};   ///< for an answer, or a piece of a stream
        /// A stream that has nothing to say sends a comment so often: proxies hang up on silence.
        std::chrono::milliseconds keep_alive{15'000};
    };
    struct Options {
        std::string address = "127.0.0.1";  ///< an IP address
        std::uint16_t port = 8480;          ///< 0: any free one
        std::optional<Certificate> certificate = {};
        /// The last X-Forwarded-For of a client on loopback says who it is, X-Forwarded-Proto
        /// whether it came over TLS, and connections of such clients are not capped per address.
        /// What did not come over TLS is refused under /api/: it would be a session in the clear.
        bool behind_proxy = false;
        Limits limits = {};
        /// Runs a piece of work on the thread that answers; called on the server's thread. Empty:
        /// requests are answered on the server's thread. So are those of routes that say so.
        std::function<void(std::function<void()>)> hand_over = {};
    };
    struct Counters {
        std::atomic<std::uint64_t> connections{};
        std::atomic<std::uint64_t> requests{};
        std::atomic<std::uint64_t> refused{};    ///< over the cap of their address
        std::atomic<std::uint64_t> malformed{};  ///< 400, 413, 431, failed handshakes
        std::atomic<std::uint64_t> timed_out{};
        std::atomic<std::uint64_t> displaced{};     ///< unfinished, and another needed the place
        std::atomic<std::uint64_t> insecure{};      ///< through the proxy, but not over TLS
        std::atomic<std::uint64_t> answered_4xx{};  ///< by handlers and for want of one
        std::atomic<std::uint64_t> answered_5xx{};
        std::atomic<std::uint64_t> streams{};          ///< ever opened
        std::atomic<std::uint64_t> streams_open{};     ///< at present
        std::atomic<std::uint64_t> streams_refused{};  ///< over a cap
        std::atomic<std::uint64_t> streams_dropped{};  ///< the client did not take its bytes
    };

    /// `router` must outlive it and is not changed after start().
    Server(Options options, const Router& router);
    ~Server();  ///< stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens. Refuses to listen beyond loopback without a certificate.
    [[nodiscard]] result<void> start();
    /// Hangs up on everybody, ends streams and joins the thread. No handler begins afterwards that
    /// was not handed over before. Not to be called by a handler that runs on the server's thread.
    void stop();

    [[nodiscard]] std::uint16_t port() const;  ///< after start()
    [[nodiscard]] const Counters& counters() const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace anju::http
