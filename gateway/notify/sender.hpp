// Carries requests out and brings replies back; the only place that talks to services. Each request
// gets exactly one reply, failures and timeouts included.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "notify/message.hpp"

namespace anju::notify {

/// Any thread: called by a sender's own.
using Replied = std::function<void(std::uint64_t job, Reply reply)>;

/// HTTP and SMTP through libcurl on one thread, all transfers side by side: a service that hangs
/// holds up no other. TLS 1.2 or newer with certificate and name checked; no redirects; no proxy
/// but what a system's routing does; answers beyond 16 KiB are cut off as failures.
class CurlSender {
public:
    struct Options {
        long connect_timeout_ms = 8'000;
        long timeout_ms = 15'000;  ///< of a transfer as a whole
        std::size_t most_waiting = 256;
    };
    CurlSender(Options options, Replied replied);
    /// What is under way is given up, without replies.
    ~CurlSender();
    CurlSender(const CurlSender&) = delete;
    CurlSender& operator=(const CurlSender&) = delete;

    /// Any thread; never blocks. Replies with a failure at once when too many wait.
    void send(std::uint64_t job, HttpRequest request);
    void send(std::uint64_t job, MailRequest request);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::notify
