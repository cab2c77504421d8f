#include "http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "base/log.hpp"
#include "http/address.hpp"
#include "http/connection.hpp"
#include "http/content.hpp"
#include "http/problem.hpp"
#include "http/stream.hpp"

namespace anju::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    Impl(Options server_options, const Router& table)
        : options(std::move(server_options)), router(table) {}

    void accept();
    void accepted(const error_code& error, tcp::socket socket);
    void ask(Request request, Connection::Answer answer);
    void hand_over(std::function<void()> work) const;
    void reply(const std::string& accept_encoding, Response response, const Connection::Answer& to);
    bool open_stream(const std::shared_ptr<Connection>& connection, const std::string& address,
                     bool capped);
    void gone(const std::shared_ptr<Connection>& connection);
    bool forget_ordinary(const std::shared_ptr<Connection>& connection);
    [[nodiscard]] bool is_full(const std::string& peer, bool local) const;

    Options options;
    const Router& router;
    Counters counters;
    asio::io_context context{1};
    tcp::acceptor acceptor{context};
    asio::steady_timer pause{context};
    std::shared_ptr<asio::ssl::context> tls;
    std::set<std::shared_ptr<Connection>> connections;
    std::map<std::string, std::size_t> by_address;
    /// Those that answer without an end, each with the address it counts for.
    std::map<std::shared_ptr<Connection>, std::string> streams;
    std::map<std::string, std::size_t> streams_by_address;
    bool accepting = false;
    bool started = false;
    std::uint16_t port = 0;
    /// Also seen by work that was handed over and has not begun.
    std::shared_ptr<std::atomic<bool>> stopped = std::make_shared<std::atomic<bool>>(false);
    std::thread thread;
};

void Server::Impl::accept() {
    if (*stopped || accepting || connections.size() >= options.limits.connections) return;
    accepting = true;
    acceptor.async_accept([this](error_code error, tcp::socket socket) {
        accepting = false;
        accepted(error, std::move(socket));
    });
}

bool Server::Impl::is_full(const std::string& peer, bool local) const {
    if (options.behind_proxy && local) return false;
    const auto found = by_address.find(peer);
    return found != by_address.end() && found->second >= options.limits.connections_per_address;
}

void Server::Impl::accepted(const error_code& error, tcp::socket socket) {
    if (*stopped || error == asio::error::operation_aborted) return;
    error_code failed = error;
    const tcp::endpoint other = failed ? tcp::endpoint{} : socket.remote_endpoint(failed);
    if (error) {  // out of descriptors, for example: later
        pause.expires_after(std::chrono::seconds{1});
        pause.async_wait([this](error_code) { accept(); });
        return;
    }
    if (failed) return accept();  // already gone
    ++counters.connections;
    const std::string address = other.address().to_string();
    if (is_full(counted_as(address), is_loopback(address))) {
        ++counters.refused;
        return accept();
    }
    const bool v6 = other.protocol() == tcp::v6();
    const auto connection = make_connection(
        context, tls.get(), socket.release(), v6, address,
        {options.limits, options.behind_proxy,
         [this](Request request, Connection::Answer answer) {
             ask(std::move(request), std::move(answer));
         },
         [this](const std::shared_ptr<Connection>& which, const std::string& whose, bool capped) {
             return open_stream(which, whose, capped);
         },
         [this](const std::shared_ptr<Connection>& which) { gone(which); }, &counters});
    connections.insert(connection);
    ++by_address[connection->peer()];
    connection->start();
    accept();
}

bool Server::Impl::forget_ordinary(const std::shared_ptr<Connection>& connection) {
    if (connections.erase(connection) == 0) return false;
    const auto found = by_address.find(connection->peer());
    if (--found->second == 0) by_address.erase(found);
    accept();
    return true;
}

bool Server::Impl::open_stream(const std::shared_ptr<Connection>& connection,
                               const std::string& address, bool capped) {
    const auto found = streams_by_address.find(address);
    const std::size_t theirs = found == streams_by_address.end() ? 0 : found->second;
    const bool over = streams.size() >= options.limits.streams ||
                      (capped && theirs >= options.limits.streams_per_address);
    if (over || *stopped) {
        ++counters.streams_refused;
        return false;
    }
    streams.emplace(connection, address);
    ++streams_by_address[address];
    ++counters.streams;
    ++counters.streams_open;
    forget_ordinary(connection);
    return true;
}

void Server::Impl::gone(const std::shared_ptr<Connection>& connection) {
    if (forget_ordinary(connection)) return;
    const auto stream = streams.find(connection);
    if (stream == streams.end()) return;
    const auto found = streams_by_address.find(stream->second);
    if (--found->second == 0) streams_by_address.erase(found);
    streams.erase(stream);
    --counters.streams_open;
}

void Server::Impl::hand_over(std::function<void()> work) const {
    if (options.hand_over) {
        options.hand_over(std::move(work));
    } else {
        work();
    }
}

/// On the server's thread: what costs time is done here.
void Server::Impl::reply(const std::string& accept_encoding, Response response,
                         const Connection::Answer& to) {
    if (response.status >= 500) {
        ++counters.answered_5xx;
    } else if (response.status >= 400) {
        ++counters.answered_4xx;
    }
    if (response.compress) response = compressed(accept_encoding, std::move(response));
    to(std::move(response));
}

void Server::Impl::ask(Request request, Connection::Answer answer) {
    const bool here = !router.needs_loop(request);
    auto work = [weak = weak_from_this(), flag = stopped, table = &router, post = options.hand_over,
                 asked = std::move(request), say = std::move(answer)] {
        if (*flag) return;
        Response response;
        try {
            response = table->answer(asked);
        } catch (const std::exception& problem) {
            log::error("http_handler_failed", {{"error", problem.what()}});
            response = failure(asked.path, 500, "internal", {"网关出错", "the gateway failed"});
        }
        const auto send = [weak, flag, post, say, accepted = asked.accept_encoding](Response made) {
            if (made.stream) {
                made.stream->carry_with([post, flag](std::function<void()> gone) {
                    if (*flag) return;
                    auto unless_stopped = [flag, tell = std::move(gone)] {
                        if (!*flag) tell();
                    };
                    post ? post(std::move(unless_stopped)) : unless_stopped();
                });
            }
            const auto self = weak.lock();
            if (!self) return;
            asio::post(self->context,
                       [impl = self.get(), say, accepted, made = std::move(made)]() mutable {
                           impl->reply(accepted, std::move(made), say);
                       });
        };
        response.later ? response.later(send) : send(std::move(response));
    };
    if (here) {
        work();
    } else {
        hand_over(std::move(work));
    }
}

Server::Server(Options options, const Router& router)
    : impl_(std::make_shared<Impl>(std::move(options), router)) {}

Server::~Server() {
    stop();
}

result<void> Server::start() {
    const Options& options = impl_->options;
    const std::string where = options.address + ":" + std::to_string(options.port);
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) return Error{"is no IP address", where, "write 127.0.0.1, 0.0.0.0 or ::"};
    if (!address.is_loopback() && !options.certificate) {
        return Error{"would show people's homes unencrypted to other machines", where,
                     "give cert_file and key_file, or listen on 127.0.0.1 behind a proxy"};
    }
    if (options.certificate) {
        auto tls = server_tls(*options.certificate);
        if (!tls) return tls.error();
        impl_->tls = std::move(*tls);
    }
    tcp::acceptor& acceptor = impl_->acceptor;
    const tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        acceptor = tcp::acceptor(impl_->context);
        return Error{"cannot listen: " + error.message(), where,
                     "another program has the port, or this machine has no such address"};
    }
    impl_->port = acceptor.local_endpoint().port();
    impl_->started = true;
    impl_->accept();
    impl_->thread = std::thread([impl = impl_.get()] { impl->context.run(); });
    return {};
}

void Server::stop() {
    if (impl_->stopped->exchange(true) || !impl_->started) return;
    asio::post(impl_->context, [impl = impl_.get()] {
        error_code ignored;
        impl->acceptor.close(ignored);
        impl->pause.cancel();
        for (const auto& connection : impl->connections) connection->abandon();
        for (const auto& [connection, address] : impl->streams) connection->abandon();
        impl->connections.clear();
        impl->by_address.clear();
        impl->streams.clear();
        impl->streams_by_address.clear();
        impl->counters.streams_open = 0;
    });
    impl_->thread.join();
}

std::uint16_t Server::port() const {
    return impl_->port;
}

const Server::Counters& Server::counters() const {
    return impl_->counters;
}

}  // namespace anju::http
