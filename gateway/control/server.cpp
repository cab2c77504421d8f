#include "control/server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <exception>
#include <set>
#include <string>

namespace anju::control {

namespace asio = boost::asio;
using boost::system::error_code;
using Local = asio::local::stream_protocol;

namespace {

constexpr mode_t socket_mode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;

class Connection;

}  // namespace

struct ControlServer::Impl : std::enable_shared_from_this<ControlServer::Impl> {
    Impl(asio::io_context& loop_context, Options server_options, Handler request_handler)
        : loop(loop_context),
          options(std::move(server_options)),
          handler(std::move(request_handler)),
          acceptor(loop),
          pause(loop) {}

    void accept();
    void accepted(const error_code& error, Local::socket socket);
    void gone(const std::shared_ptr<Connection>& connection);
    Reply answer(std::string_view line);

    asio::io_context& loop;
    Options options;
    Handler handler;
    Local::acceptor acceptor;
    asio::steady_timer pause;
    std::set<std::shared_ptr<Connection>> connections;
    bool accepting = false;
    bool stopped = false;
    ino_t inode = 0;  ///< of the socket file we made
};

namespace {

/// One client, one request at a time.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Local::socket socket, ControlServer::Options options,
               std::function<Reply(std::string_view)> answer,
               std::function<void(const std::shared_ptr<Connection>&)> gone)
        : socket_(std::move(socket)),
          timer_(socket_.get_executor()),
          options_(std::move(options)),
          answer_(std::move(answer)),
          gone_(std::move(gone)) {}

    void read() {
        arm();
        asio::async_read_until(socket_, asio::dynamic_buffer(input_, options_.max_request_bytes),
                               '\n',
                               [self = shared_from_this()](error_code error, std::size_t size) {
                                   self->on_read(error, size);
                               });
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        timer_.cancel();
        error_code ignored;
        socket_.close(ignored);
        if (gone_) gone_(shared_from_this());
    }

    /// Closes without telling anybody.
    void abandon() {
        gone_ = nullptr;
        close();
    }

private:
    void on_read(const error_code& error, std::size_t size) {
        if (closed_) return;
        if (error == asio::error::not_found) {
            const Error oversize{"the request is longer than " +
                                     std::to_string(options_.max_request_bytes) + " bytes",
                                 "", "split it"};
            write(to_line(Reply::failed(oversize)), false);
        } else if (error) {
            close();
        } else {
            const Reply reply = answer_(std::string_view(input_).substr(0, size));
            input_.erase(0, size);
            if (input_.empty()) input_.shrink_to_fit();
            if (!reply.later) return write(to_line(reply), true);
            timer_.cancel();  // it is not the client that is slow
            reply.later([weak = weak_from_this()](const Reply& made) {
                if (const auto self = weak.lock()) self->write(to_line(made), true);
            });
        }
    }

    void write(std::string line, bool go_on) {
        if (closed_) return;
        arm();
        output_ = std::move(line);
        asio::async_write(socket_, asio::buffer(output_),
                          [self = shared_from_this(), go_on](error_code error, std::size_t) {
                              if (self->closed_) return;
                              if (error || !go_on) return self->close();
                              self->output_ = {};
                              self->read();
                          });
    }

    void arm() {
        timer_.expires_after(options_.timeout);
        timer_.async_wait([weak = weak_from_this()](error_code error) {
            const auto self = weak.lock();
            // A timer that was set anew while its handler was already queued has not expired.
            if (self && !error && self->timer_.expiry() <= std::chrono::steady_clock::now()) {
                self->close();
            }
        });
    }

    Local::socket socket_;
    asio::steady_timer timer_;
    ControlServer::Options options_;
    std::function<Reply(std::string_view)> answer_;
    std::function<void(const std::shared_ptr<Connection>&)> gone_;
    std::string input_;
    std::string output_;
    bool closed_ = false;
};

/// Makes way for a new socket file.
result<void> clear_path(asio::io_context& loop, const std::filesystem::path& path) {
    struct stat info{};
    if (lstat(path.c_str(), &info) != 0) {
        if (errno == ENOENT) return {};
        return Error{std::string("cannot look at the control socket: ") + std::strerror(errno),
                     path.string(), "let the gateway's user into this folder"};
    }
    if (!S_ISSOCK(info.st_mode)) {
        return Error{"something that is not a socket is in the place of the control socket",
                     path.string(), "move it away or choose another control_socket"};
    }
    Local::socket probe(loop);
    error_code error;
    probe.connect(Local::endpoint(path.string()), error);
    if (!error) {
        return Error{"another daemon answers on the control socket", path.string(),
                     "stop it first, or choose another control_socket"};
    }
    if (unlink(path.c_str()) != 0 && errno != ENOENT) {
        return Error{std::string("cannot remove the old control socket: ") + std::strerror(errno),
                     path.string(), "let the gateway's user write to this folder"};
    }
    return {};
}

}  // namespace

void ControlServer::Impl::accept() {
    if (stopped || accepting || connections.size() >= options.max_connections) return;
    accepting = true;
    acceptor.async_accept([self = shared_from_this()](error_code error, Local::socket socket) {
        self->accepting = false;
        self->accepted(error, std::move(socket));
    });
}

void ControlServer::Impl::accepted(const error_code& error, Local::socket socket) {
    if (stopped || error == asio::error::operation_aborted) return;
    if (error) {  // out of descriptors, for example: later
        pause.expires_after(std::chrono::seconds{1});
        pause.async_wait([self = shared_from_this()](error_code) { self->accept(); });
        return;
    }
    const std::weak_ptr<Impl> weak = weak_from_this();
    const auto connection = std::make_shared<Connection>(
        std::move(socket), options,
        [weak](std::string_view line) {
            const auto self = weak.lock();
            return self ? self->answer(line) : Reply{};
        },
        [weak](const std::shared_ptr<Connection>& which) {
            if (const auto self = weak.lock()) self->gone(which);
        });
    connections.insert(connection);
    connection->read();
    accept();
}

void ControlServer::Impl::gone(const std::shared_ptr<Connection>& connection) {
    connections.erase(connection);
    accept();
}

Reply ControlServer::Impl::answer(std::string_view line) {
    auto request = parse_request(line);
    if (!request) return Reply::failed(request.error());
    try {
        return handler(*request);
    } catch (const std::exception& problem) {
        return Reply::failed({std::string("the daemon could not answer: ") + problem.what(),
                              request->method, "look at the daemon's log"});
    }
}

ControlServer::ControlServer(asio::io_context& loop, Options options, Handler handler)
    : impl_(std::make_shared<Impl>(loop, std::move(options), std::move(handler))) {}

ControlServer::~ControlServer() {
    stop();
}

result<void> ControlServer::start() {
    const std::filesystem::path& path = impl_->options.path;
    const auto refuse = [&](std::string_view what, const std::string& why) {
        impl_->acceptor = Local::acceptor(impl_->loop);
        return Error{std::string(what) + ": " + why, path.string(),
                     "check that the folder exists and the gateway's user may write to it"};
    };
    if (path.native().size() > 107) {
        return Error{"the path of the control socket is longer than 107 bytes", path.string(),
                     "choose a shorter control_socket"};
    }
    if (auto cleared = clear_path(impl_->loop, path); !cleared) return cleared.error();
    error_code error;
    impl_->acceptor.open(Local(), error);
    if (error) return refuse("cannot make the control socket", error.message());
    // Before the name exists, so that it never has another mode.
    if (fchmod(impl_->acceptor.native_handle(), socket_mode) != 0) {
        return refuse("cannot protect the control socket", std::strerror(errno));
    }
    impl_->acceptor.bind(Local::endpoint(path.string()), error);
    if (error) return refuse("cannot make the control socket", error.message());
    struct stat info{};
    if (chmod(path.c_str(), socket_mode) != 0 || lstat(path.c_str(), &info) != 0) {
        return refuse("cannot protect the control socket", std::strerror(errno));
    }
    impl_->inode = info.st_ino;
    impl_->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return refuse("cannot listen on the control socket", error.message());
    impl_->accept();
    return {};
}

void ControlServer::stop() {
    if (impl_->stopped) return;
    impl_->stopped = true;
    error_code ignored;
    impl_->acceptor.close(ignored);
    impl_->pause.cancel();
    for (const auto& connection : impl_->connections) connection->abandon();
    impl_->connections.clear();
    struct stat info{};
    const std::filesystem::path& path = impl_->options.path;
    if (impl_->inode != 0 && lstat(path.c_str(), &info) == 0 && info.st_ino == impl_->inode) {
        unlink(path.c_str());
    }
}

}  // namespace anju::control
