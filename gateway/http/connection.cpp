#include "http/connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_generator.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <type_traits>
#include <utility>

#include "http/address.hpp"

namespace anju::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using beast::error_code;
using Plain = beast::tcp_stream;
using Tls = asio::ssl::stream<beast::tcp_stream>;

constexpr std::size_t buffer_bytes = std::size_t{16} * 1024;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = std::size_t{256} * 1024;

/// Fields of every answer: nothing may be loaded, framed, guessed, kept or referred to.
constexpr std::pair<std::string_view, std::string_view> every_answer[] = {
    {"Content-Security-Policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

Response refusal(unsigned status, std::string text) {
    return {status, "text/plain; charset=utf-8", std::move(text) + "\n"};
}

/// What a client is told whose request cannot be read; nullopt: nothing, it is gone or too slow.
std::optional<Response> answer_to(const error_code& error) {
    if (error == wire::error::header_limit || error == wire::error::buffer_overflow) {
        return refusal(431, "请求头过大 / the header is too large");
    }
    if (error == wire::error::body_limit) {
        return refusal(413, "请求体过大 / the body is too large");
    }
    if (error == wire::error::end_of_stream || error == wire::error::partial_message) return {};
    if (error.category() != make_error_code(wire::error::bad_value).category()) return {};
    return refusal(400, "请求格式不对 / malformed request");
}

template <class Stream>
class Client final : public Connection {
public:
    Client(Stream stream, std::string peer, bool local, Surroundings surroundings)
        : Connection(std::move(peer)),
          stream_(std::move(stream)),
          patience_(stream_.get_executor()),
          around_(std::move(surroundings)),
          local_(local) {}

    void start() override {
        if constexpr (secure) {
            socket().expires_after(around_.limits.handshake);
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = me()](error_code error) {
                                        if (error) return self->fail(error);
                                        self->read_header();
                                    });
        } else {
            read_header();
        }
    }

    void abandon() override {
        around_.gone = nullptr;
        close();
    }

private:
    static constexpr bool secure = std::is_same_v<Stream, Tls>;
    using Parser = wire::request_parser<wire::string_body>;

    std::shared_ptr<Client> me() { return std::static_pointer_cast<Client>(shared_from_this()); }
    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

    void read_header() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(around_.limits.header_bytes));
        parser_->body_limit(around_.limits.body_bytes);
        socket().expires_after(around_.limits.header);
        wire::async_read_header(stream_, buffer_, *parser_,
                                [self = me()](error_code error, std::size_t) {
                                    if (error) return self->fail(error);
                                    self->read_body();
                                });
    }

    void read_body() {
        socket().expires_after(around_.limits.body);
        wire::async_read(stream_, buffer_, *parser_, [self = me()](error_code error, std::size_t) {
            if (error) return self->fail(error);
            self->dispatch();
        });
    }

    void dispatch() {
        ++around_.counters->requests;
        ++requests_;
        socket().expires_never();
        const auto& message = parser_->get();
        head_ = message.method() == wire::verb::head;
        keep_ = message.keep_alive() && requests_ < around_.limits.requests;
        version_ = message.version();
        const std::string_view target{message.target().data(), message.target().size()};
        if (!target.starts_with('/') || (version_ >= 11 && message.count(wire::field::host) != 1)) {
            return refuse(refusal(400, "请求格式不对 / malformed request"));
        }
        wait_for_answer();
        around_.ask(request(target),
                    [weak = std::weak_ptr<Client>(me()), number = requests_](Response response) {
                        const auto self = weak.lock();
                        if (self) self->answered(number, std::move(response));
                    });
    }

    Request request(std::string_view target) {
        auto& message = parser_->get();
        const auto field = [&](wire::field name) {
            const auto value = message[name];
            return std::string(value.data(), value.size());
        };
        Request out;
        out.method = head_ ? "GET" : std::string(message.method_string());
        const std::size_t mark = target.find('?');
        out.path = target.substr(0, mark);
        if (mark != std::string_view::npos) out.query = target.substr(mark + 1);
        out.body = std::move(message.body());
        out.if_none_match = field(wire::field::if_none_match);
        out.peer = peer();
        if (around_.behind_proxy && local_) {
            std::string_view last;  // of the last field, whoever wrote the ones before
            const auto [from, to] = message.equal_range("X-Forwarded-For");
            for (auto one = from; one != to; ++one) {
                last = last_forwarded({one->value().data(), one->value().size()});
            }
            if (!last.empty()) out.peer = counted_as(last);
        }
        return out;
    }

    /// Whoever is to answer may be busy for long: the client is told, and the late answer dropped.
    void wait_for_answer() {
        waiting_for_ = requests_;
        patience_.expires_after(around_.limits.answer);
        patience_.async_wait(
            [weak = std::weak_ptr<Client>(me()), number = requests_](error_code error) {
                const auto self = weak.lock();
                if (!self || error || self->waiting_for_ != number) return;
                self->keep_ = false;
                ++self->around_.counters->timed_out;
                self->answered(number, refusal(503, "网关正忙，请稍后再试 / busy, try again"));
            });
    }

    void answered(std::size_t number, Response response) {
        if (closed_ || waiting_for_ != number) return;
        waiting_for_ = 0;
        patience_.cancel();
        write(std::move(response));
    }

    void refuse(Response response) {
        ++around_.counters->malformed;
        keep_ = false;
        write(std::move(response));
    }

    void write(Response response) {
        wire::response<wire::string_body> out(static_cast<wire::status>(response.status), version_);
        for (const auto& [name, value] : every_answer) out.set(name, value);
        if constexpr (secure) out.set("Strict-Transport-Security", "max-age=31536000");
        out.keep_alive(keep_);
        if (response.status != 304) {
            out.set(wire::field::content_type, response.content_type);
            out.content_length(response.body.size());
        }
        for (const auto& [name, value] : response.fields) out.set(name, value);
        if (!head_ && response.status != 304) out.body() = std::move(response.body);
        socket().expires_after(around_.limits.write);
        beast::async_write(stream_, wire::message_generator(std::move(out)),
                           [self = me()](error_code error, std::size_t) {
                               if (error) return self->fail(error);
                               self->keep_ ? self->read_header() : self->say_goodbye();
                           });
    }

    void fail(const error_code& error) {
        if (closed_) return;
        if (error == beast::error::timeout) ++around_.counters->timed_out;
        if (auto response = answer_to(error)) return refuse(std::move(*response));
        if (secure && requests_ == 0 && error.category() == asio::error::get_ssl_category()) {
            ++around_.counters->malformed;
        }
        close();
    }

    /// Closing with unread bytes would reset the connection and take the answer with it.
    void say_goodbye() {
        socket().expires_after(linger_time);
        if constexpr (secure) {
            stream_.async_shutdown([self = me()](error_code) { self->linger(); });
        } else {
            linger();
        }
    }

    void linger() {
        if (closed_) return;
        error_code ignored;
        socket().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        drain();
    }

    void drain() {
        buffer_.clear();
        socket().async_read_some(buffer_.prepare(4096),
                                 [self = me()](error_code error, std::size_t size) {
                                     self->drained_ += size;
                                     if (error || self->drained_ > linger_bytes)
                                         return self->close();
                                     self->drain();
                                 });
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        patience_.cancel();
        socket().close();
        if (around_.gone) around_.gone(shared_from_this());
    }

    Stream stream_;
    asio::steady_timer patience_;
    Surroundings around_;
    bool local_;
    beast::flat_buffer buffer_{buffer_bytes};
    std::optional<Parser> parser_;
    std::size_t requests_ = 0;
    std::size_t waiting_for_ = 0;  ///< number of the request; 0 = none
    std::size_t drained_ = 0;
    unsigned version_ = 11;
    bool head_ = false;
    bool keep_ = false;
    bool closed_ = false;
};

}  // namespace

std::shared_ptr<Connection> make_connection(asio::io_context& loop, asio::ssl::context* tls,
                                            int socket, bool v6, const std::string& address,
                                            Connection::Surroundings surroundings) {
    asio::ip::tcp::socket taken(loop);
    taken.assign(v6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), socket);
    error_code ignored;
    taken.set_option(asio::ip::tcp::no_delay(true), ignored);
    Plain plain(std::move(taken));
    const bool local = is_loopback(address);
    if (tls == nullptr) {
        return std::make_shared<Client<Plain>>(std::move(plain), counted_as(address), local,
                                               std::move(surroundings));
    }
    return std::make_shared<Client<Tls>>(Tls(std::move(plain), *tls), counted_as(address), local,
                                         std::move(surroundings));
}

}  // namespace anju::http
