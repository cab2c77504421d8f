#include "http/connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_generator.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>
#include <sstream>
#include <type_traits>
#include <utility>

#include "http/address.hpp"
#include "http/fields.hpp"
#include "http/kernel_queue.hpp"
#include "http/refusals.hpp"
#include "http/stream.hpp"

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
constexpr std::size_t piece_bytes = std::size_t{16} * 1024;

std::string_view view(boost::core::string_view text) {
    return {text.data(), text.size()};
}

template <class Transport>
class Client final : public Connection {
public:
    Client(Transport stream, std::string peer, bool local, Surroundings surroundings)
        : Connection(std::move(peer)),
          stream_(std::move(stream)),
          patience_(stream_.get_executor()),
          around_(std::move(surroundings)),
          local_(local) {}

    void start() override {
        wait_for_request();
        if constexpr (secure) {
            socket().expires_after(around_.limits.handshake);
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = me()](error_code error) {
                                        error ? self->fail(error) : self->read_header();
                                    });
        } else {
            read_header();
        }
    }

    void abandon() override {
        around_.gone = nullptr;
        close();
    }

    void displace() override {
        ++around_.counters->displaced;
        close();
    }

private:
    static constexpr bool secure = std::is_same_v<Transport, Tls>;
    using Parser = wire::request_parser<wire::string_body>;

    std::shared_ptr<Client> me() { return std::static_pointer_cast<Client>(shared_from_this()); }
    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

    void read_header() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(around_.limits.header_bytes));
        parser_->body_limit(around_.limits.body_bytes);
        socket().expires_after(around_.limits.header);
        if (has_asked()) {
            wait_for_request();
            around_.idle();
        }
        wire::async_read_header(stream_, buffer_, *parser_,
                                [self = me()](error_code error, std::size_t) {
                                    error ? self->fail(error) : self->read_body();
                                });
    }

    void read_body() {
        socket().expires_after(around_.limits.body);
        wire::async_read(stream_, buffer_, *parser_, [self = me()](error_code error, std::size_t) {
            error ? self->fail(error) : self->dispatch();
        });
    }

    void dispatch() {
        ++around_.counters->requests;
        has_request();
        socket().expires_never();
        const auto& message = parser_->get();
        head_ = message.method() == wire::verb::head;
        keep_ = message.keep_alive() && requests() < around_.limits.requests;
        version_ = message.version();
        const std::string_view target = view(message.target());
        path_ = target.substr(0, target.find('?'));
        Request asked;
        if (!is_sound() || !read(asked)) return refuse(malformed(path_));
        if (around_.behind_proxy && local_ && !asked.secure && path_.starts_with("/api/")) {
            ++around_.counters->insecure;
            return write(needs_tls(path_));
        }
        asker_ = asked.peer;
        wait_for_answer();
        around_.ask(std::move(asked),
                    [weak = std::weak_ptr<Client>(me()), number = requests()](Response response) {
                        const auto self = weak.lock();
                        if (self) self->answered(number, std::move(response));
                    });
    }

    /// Whether everybody on the way has read the same request (RFC 9112, 3.2 and 6.1). Beast takes
    /// codings other than chunked for a request without a body.
    bool is_sound() {
        const auto& message = parser_->get();
        if (!view(message.target()).starts_with('/')) return false;
        const std::size_t hosts = message.count(wire::field::host);
        const std::size_t codings = message.count(wire::field::transfer_encoding);
        if (version_ < 11) return hosts <= 1 && codings == 0;
        const std::string_view coding = view(message[wire::field::transfer_encoding]);
        return hosts == 1 && (codings == 0 || (codings == 1 && same_field(coding, "chunked")));
    }

    bool read(Request& out) {
        auto& message = parser_->get();
        const std::string_view target = view(message.target());
        out.method = head_ ? "GET" : std::string(message.method_string());
        out.path = path_;
        if (path_.size() < target.size()) out.query = target.substr(path_.size() + 1);
        out.body = std::move(message.body());
        out.peer = peer();
        out.secure = secure;
        Forwarded forwarded;
        for (const auto& field : message) {
            if (!take_field(view(field.name_string()), view(field.value()), out, forwarded)) {
                return false;
            }
        }
        if (around_.behind_proxy && local_) {
            if (!forwarded.address.empty()) out.peer = counted_as(forwarded.address);
            out.secure = secure || forwarded.scheme == "https";
        }
        return true;
    }

    /// Whoever is to answer may be busy for long: the client is told, and the late answer dropped.
    void wait_for_answer() {
        waiting_for_ = requests();
        patience_.expires_after(around_.limits.answer);
        patience_.async_wait(
            [weak = std::weak_ptr<Client>(me()), number = requests()](error_code error) {
                const auto self = weak.lock();
                if (!self || error || self->waiting_for_ != number) return;
                self->keep_ = false;
                ++self->around_.counters->timed_out;
                self->answered(number, too_busy(self->path_));
            });
    }

    void answered(std::size_t number, Response response) {
        if (closed_ || waiting_for_ != number) return;
        waiting_for_ = 0;
        patience_.cancel();
        response.stream && !head_ ? open_stream(std::move(response)) : write(std::move(response));
    }

    void refuse(Response response) {
        ++around_.counters->malformed;
        keep_ = false;
        write(std::move(response));
    }

    void set_fields(wire::fields& out, const Response& response) const {
        for (const auto& [name, value] : every_answer()) out.set(name, value);
        if constexpr (secure) out.set("Strict-Transport-Security", "max-age=31536000");
        for (const auto& [name, value] : response.fields) {
            if (same_field(name, "Set-Cookie")) {
                out.insert(name, on_one_line(value));
            } else {
                out.set(name, on_one_line(value));
            }
        }
    }

    void write(Response response) {
        wire::response<wire::span_body<const char>> out(static_cast<wire::status>(response.status),
                                                        version_);
        set_fields(out, response);
        out.keep_alive(keep_);
        auto body = response.shared_body;
        if (!body) body = std::make_shared<const std::string>(std::move(response.body));
        const bool empty = response.status == 204 || response.status == 304;
        if (!empty) {
            out.set(wire::field::content_type, response.content_type);
            if (!response.stream) out.content_length(body->size());
        }
        if (!head_ && !empty) out.body() = {body->data(), body->size()};
        socket().expires_after(around_.limits.write);
        beast::async_write(stream_, wire::message_generator(std::move(out)),
                           [self = me(), body](error_code error, std::size_t) {
                               if (error) return self->fail(error);
                               self->keep_ ? self->read_header() : self->say_goodbye();
                           });
    }

    /// From here on it is written to without an end, and read from only to see it go. The deadlines
    /// are those of `patience_`, for Beast's cannot be set while it reads.
    void open_stream(Response response) {
        const bool capped = !around_.behind_proxy || !local_ || asker_ != peer();
        if (!around_.open_stream(me(), asker_, capped)) return write(too_many_streams(path_));
        limit_kernel_queue(socket().socket().native_handle(),
                           around_.limits.write + around_.limits.keep_alive);
        wire::response<wire::empty_body> head(wire::status::ok, version_);
        set_fields(head, response);
        head.keep_alive(false);  // its end is the end of the connection
        head.set(wire::field::content_type, response.content_type);
        std::ostringstream text;
        text << head.base();
        reader_ = std::move(response.stream);
        reader_->wake_with([weak = std::weak_ptr<Client>(me()), where = stream_.get_executor()] {
            asio::post(where, [weak] {
                if (const auto self = weak.lock()) self->pump();
            });
        });
        send(std::move(text).str());
        buffer_.clear();
        watch();
    }

    void pump() {
        if (closed_ || !reader_) return;
        if (reader_->overflowed()) return drop();
        if (writing_) return;
        StreamReader::Batch batch = reader_->take(piece_bytes);
        if (!batch.bytes.empty()) return send(std::move(batch.bytes));
        if (batch.last) return end_stream();
        set_alarm(around_.limits.keep_alive, [](Client& self) { self.send(":\n\n"); });
    }

    void send(std::string piece) {
        writing_ = true;
        piece_ = std::move(piece);
        set_alarm(around_.limits.write, [](Client& self) { self.drop(); });
        asio::async_write(stream_, asio::buffer(piece_),
                          [self = me()](error_code error, std::size_t) {
                              self->writing_ = false;
                              if (error) return self->close();
                              self->pump();
                          });
    }

    void drop() {
        ++around_.counters->streams_dropped;
        close();
    }

    void end_stream() {
        release_stream();
        error_code ignored;
        socket().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        set_alarm(linger_time, [](Client& self) { self.close(); });
    }

    /// Sees the client go; what it still says is of no interest, and not endless.
    void watch() {
        stream_.async_read_some(buffer_.prepare(1024),
                                [self = me()](error_code error, std::size_t size) {
                                    self->drained_ += size;
                                    const bool over = self->drained_ > linger_bytes;
                                    error || over ? self->close() : self->watch();
                                });
    }

    /// One alarm: setting it again replaces it, also when it has gone off and waits for its turn.
    void set_alarm(std::chrono::milliseconds delay, void (*then)(Client&)) {
        patience_.expires_after(delay);
        patience_.async_wait(
            [weak = std::weak_ptr<Client>(me()), then, number = ++alarms_](error_code error) {
                const auto self = weak.lock();
                if (self && !error && !self->closed_ && self->alarms_ == number) then(*self);
            });
    }

    void release_stream() {
        if (!reader_) return;
        reader_->wake_with({});
        reader_.reset();
    }

    void fail(const error_code& error) {
        if (closed_) return;
        if (error == beast::error::timeout) ++around_.counters->timed_out;
        if (auto response = answer_to(error, path())) return refuse(std::move(*response));
        if (secure && !has_asked() && error.category() == asio::error::get_ssl_category()) {
            ++around_.counters->malformed;
        }
        close();
    }

    /// Of the request that is being read, as far as it has come.
    std::string_view path() const {
        return parser_ && parser_->is_header_done() ? view(parser_->get().target())
                                                    : std::string_view{};
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
                                     const bool over = self->drained_ > linger_bytes;
                                     error || over ? self->close() : self->drain();
                                 });
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        patience_.cancel();
        release_stream();
        socket().close();
        if (around_.gone) around_.gone(shared_from_this());
    }

    Transport stream_;
    asio::steady_timer patience_;
    Surroundings around_;
    bool local_;
    beast::flat_buffer buffer_{buffer_bytes};
    std::optional<Parser> parser_;
    std::size_t waiting_for_ = 0;  ///< number of the request; 0 = none
    std::size_t drained_ = 0;
    std::string path_;   ///< of the last request
    std::string asker_;  ///< who it counts for
    std::shared_ptr<StreamReader> reader_;
    std::string piece_;         ///< of the stream, being written
    std::uint64_t alarms_ = 0;  ///< number of the one that counts
    bool writing_ = false;
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
