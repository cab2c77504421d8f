// A TCP proxy that misbehaves on demand: between anjud, sensors or a platform and their broker it
// plays the networks that loopback is not. Everything it forwards is bytes; TLS goes through.
//
// Reordering: within one TCP stream there is none. What there is: an old connection that is not
// dead yet while a new one is served already, and whose bytes arrive then, after newer ones. That
// is Fault::Kind::late.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "firmware-sim/net/fault.hpp"

namespace anju::sim {

class FaultProxy {
public:
    struct Options {
        std::string listen_host = "127.0.0.1";  ///< a numeric address
        std::uint16_t listen_port = 0;          ///< 0 = any that is free
        std::string to_host = "127.0.0.1";      ///< looked up once, by start()
        std::uint16_t to_port = 0;
        /// Bytes kept for one direction of one connection, besides the kernel's; when it is full
        /// nothing more is read, so that the sender feels it. At least 1.
        std::size_t buffer_bytes = 65'536;
        /// Whoever comes beyond is reset and counted. Each takes two descriptors.
        std::size_t max_connections = 400;
        std::uint64_t seed = 1;  ///< of the jitter
    };
    struct Counts {
        std::uint64_t accepted{};
        std::uint64_t turned_away{};  ///< beyond max_connections
        std::uint64_t unreachable{};  ///< the other side did not take the connection
        std::uint64_t reset{};        ///< by cut, or by heal because they were half-open
        std::uint64_t bytes_up{};     ///< forwarded
        std::uint64_t bytes_down{};
        std::uint64_t vanished{};  ///< bytes that half-open connections swallowed
        std::size_t open{};        ///< connections now
        std::size_t buffered{};    ///< bytes in all buffers now
    };

    /// Listens when it returns. It runs on a thread of its own until it is destroyed, which
    /// resets all connections. The port is kept while connections are refused.
    [[nodiscard]] static result<std::unique_ptr<FaultProxy>> start(Options options);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const;

    /// In force when it returns. Faults add up until Kind::heal; of stall, half_open and late the
    /// newest counts for a direction. Any thread.
    void apply(const Fault& fault);

    /// Any thread.
    [[nodiscard]] Counts counts() const;

private:
    struct Impl;
    explicit FaultProxy(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::sim
