// The control socket of the daemon: local, for the operator of this box only (mode 0660).
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.hpp"
#include "control/protocol.hpp"

namespace boost::asio {
class io_context;
}

namespace anju::control {

/// Lives on the thread that runs the io_context: every method and the handler are called there.
class ControlServer {
public:
    struct Options {
        std::filesystem::path path;
        std::size_t max_request_bytes = 64U * 1024 * 1024;  ///< a directory of a whole district
        std::size_t max_connections = 16;  ///< further clients wait until one has gone
        /// For a request to arrive in full, counted from the answer before, and for an answer to
        /// be taken.
        std::chrono::milliseconds timeout{30'000};
    };
    /// Must answer without waiting for anybody, or say that it answers later. What it throws
    /// becomes an error reply.
    using Handler = std::function<Reply(const Request& request)>;

    /// `loop` must outlive it.
    ControlServer(boost::asio::io_context& loop, Options options, Handler handler);
    ~ControlServer();  ///< stops
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    /// Replaces a socket file left behind by a dead daemon; refuses when somebody answers on it
    /// or when something else is in its place.
    [[nodiscard]] result<void> start();
    /// Hangs up on everybody and removes the socket file. The handler is not called any more.
    void stop();

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace anju::control
