// One client of the web server. Private to this module.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "http/message.hpp"
#include "http/server.hpp"

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace anju::http {

/// Lives on the thread that runs the io_context.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Answer = std::function<void(Response)>;  ///< any thread, once
    struct Surroundings {
        Server::Limits limits;
        bool behind_proxy{};
        /// Has the request answered; returns at once.
        std::function<void(Request, Answer)> ask;
        /// Whether it may become a stream of a client at `address`; then it is no longer counted
        /// among the ordinary ones. `capped`: `address` is the client's and not a proxy's.
        std::function<bool(const std::shared_ptr<Connection>&, const std::string& address,
                           bool capped)>
            open_stream;
        std::function<void(const std::shared_ptr<Connection>&)> gone;
        /// It waits for another request: its place could be another's.
        std::function<void()> idle;
        Server::Counters* counters{};
    };

    virtual ~Connection() = default;
    virtual void start() = 0;
    /// Closes without telling anybody.
    virtual void abandon() = 0;
    /// Closes for another that needs the place.
    virtual void displace() = 0;
    /// Since when it has waited for a request to be complete; nullopt: it has one.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> waiting_since() const {
        return waiting_since_;
    }
    /// A request of it has ever been complete.
    [[nodiscard]] bool has_asked() const { return requests_ > 0; }
    [[nodiscard]] const std::string& peer() const { return peer_; }

protected:
    explicit Connection(std::string peer) : peer_(std::move(peer)) {}
    void wait_for_request() { waiting_since_ = std::chrono::steady_clock::now(); }
    void has_request() {
        ++requests_;
        waiting_since_.reset();
    }
    [[nodiscard]] std::size_t requests() const { return requests_; }

private:
    std::optional<std::chrono::steady_clock::time_point> waiting_since_;
    std::size_t requests_ = 0;
    std::string peer_;  ///< counted_as() its address
};

/// Takes over `socket`, a connected TCP socket. `tls` may be nullptr and must outlive it.
[[nodiscard]] std::shared_ptr<Connection> make_connection(boost::asio::io_context& loop,
                                                          boost::asio::ssl::context* tls,
                                                          int socket, bool v6,
                                                          const std::string& address,
                                                          Connection::Surroundings surroundings);

}  // namespace anju::http
