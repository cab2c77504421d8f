#include "firmware-sim/net/fault_proxy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <future>
#include <set>
#include <thread>
#include <utility>

#include "firmware-sim/net/fault_queue.hpp"

namespace anju::sim {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Mode = FaultQueue::Mode;

constexpr std::size_t up = 0;
constexpr std::size_t down = 1;
constexpr std::size_t read_bytes = 16'384;

/// How a sender ended.
enum class End { none, fin, reset };

/// Closes with RST instead of FIN.
void reset(tcp::socket& socket) {
    error_code ignored;
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

bool covers(Direction direction, std::size_t way) {
    return direction == Direction::both || (direction == Direction::up) == (way == up);
}

/// Splitmix64: the jitter needs no better.
std::uint64_t draw(std::uint64_t& state) {
    std::uint64_t value = (state += 0x9e3779b97f4a7c15U);
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

}  // namespace

struct FaultProxy::Impl {
    class Link;

    explicit Impl(Options chosen) : options(std::move(chosen)), jitter_state(options.seed) {}

    result<void> listen();
    void accept();
    void accept_later();
    void apply(const Fault& fault);
    void end(const std::shared_ptr<Link>& link, bool by_fault);
    void heal();

    Options options;
    asio::io_context io{1};
    tcp::endpoint target;
    // Bound and not listening: it keeps the port while nobody listens.
    tcp::socket reservation{io};
    tcp::acceptor acceptor{io};
    asio::steady_timer pause{io};
    std::uint64_t generation = 0;  ///< of the acceptor; what an older one accepted is stale
    std::array<FaultQueue::Rules, 2> rules;  ///< of new connections
    std::set<std::shared_ptr<Link>> links;
    std::uint64_t jitter_state;
    Counts counts;
    std::jthread thread;
};

/// One connection through the proxy: two ways, each a bounded queue of bytes with a time.
class FaultProxy::Impl::Link : public std::enable_shared_from_this<Link> {
public:
    Link(Impl& owner, tcp::socket client)
        : owner_(owner),
          client_(std::move(client)),
          server_(owner.io),
          ways_{Way{client_,
                    server_,
                    {owner.options.buffer_bytes, owner.rules[up]},
                    asio::steady_timer(owner.io)},
                Way{server_,
                    client_,
                    {owner.options.buffer_bytes, owner.rules[down]},
                    asio::steady_timer(owner.io)}} {}

    void start() {
        server_.async_connect(owner_.target, [self = shared_from_this()](error_code failed) {
            if (self->over_) return;
            if (failed) {
                ++self->owner_.counts.unreachable;
                return self->owner_.end(self, false);
            }
            error_code ignored;
            for (auto* socket : {&self->client_, &self->server_}) {
                socket->set_option(tcp::no_delay(true), ignored);
                socket->non_blocking(true, ignored);
            }
            self->connected_ = true;
            self->go_on();
        });
    }

    void apply(const Fault& fault) {
        if (covers(fault.direction, up)) ways_[up].queue.apply(fault);
        if (covers(fault.direction, down)) ways_[down].queue.apply(fault);
        if (connected_) go_on();
    }

    [[nodiscard]] bool half_open() const {
        return ways_[up].queue.mode() == Mode::swallow || ways_[down].queue.mode() == Mode::swallow;
    }
    [[nodiscard]] std::size_t buffered() const {
        return ways_[up].queue.buffered() + ways_[down].queue.buffered();
    }

    void close() {
        over_ = true;
        for (auto& way : ways_) way.timer.cancel();
        reset(client_);
        reset(server_);
    }

private:
    struct Way {
        tcp::socket& from;
        tcp::socket& to;
        FaultQueue queue;
        asio::steady_timer timer;
        End end = End::none;
        bool waiting = false;
        bool writing = false;
        bool done = false;
    };

    void go_on() {
        for (auto& way : ways_) {
            if (over_) return;
            read(way);
            write(way);
        }
    }

    // Waits for bytes and takes them only then, so that a fault that comes while it waits finds
    // nothing taken.
    void read(Way& way) {
        if (way.waiting || !may_read(way)) return;
        way.waiting = true;
        way.from.async_wait(tcp::socket::wait_read,
                            [this, self = shared_from_this(), &way](error_code failed) {
                                way.waiting = false;
                                if (over_) return;
                                if (failed) return owner_.end(self, false);
                                if (!may_read(way)) return;
                                take(way);
                                if (!over_) read(way);
                                if (!over_) write(way);
                            });
    }

    [[nodiscard]] static bool may_read(const Way& way) {
        return way.end == End::none && way.queue.room() > 0;
    }

    void take(Way& way) {
        std::string bytes(std::min(read_bytes, way.queue.room()), '\0');
        error_code failed;
        bytes.resize(way.from.read_some(asio::buffer(bytes), failed));
        if (failed == asio::error::would_block) return;
        if (failed) {
            way.end = failed == asio::error::eof ? End::fin : End::reset;
            return;
        }
        const auto size = bytes.size();
        if (!way.queue.put(std::move(bytes), Clock::now(), draw(owner_.jitter_state))) {
            owner_.counts.vanished += size;
        }
    }

    void write(Way& way) {
        if (way.writing || way.done) return;
        if (way.queue.mode() == Mode::swallow) {
            // The one end hears nothing of the other's; when both have ended nobody is left.
            way.done = way.end != End::none;
            return finish();
        }
        if (way.queue.mode() == Mode::pass && way.queue.empty()) return pass_on_end(way);
        const auto due = way.queue.due();
        if (!due) return;
        if (*due > Clock::now()) {
            way.timer.expires_at(*due);
            way.timer.async_wait([this, self = shared_from_this(), &way](error_code stopped) {
                if (!stopped && !over_) write(way);
            });
            return;
        }
        way.writing = true;
        asio::async_write(
            way.to, asio::buffer(way.queue.begin_write()),
            [this, self = shared_from_this(), &way](error_code failed, std::size_t bytes) {
                way.writing = false;
                way.queue.written(bytes, Clock::now());
                (&way == &ways_[up] ? owner_.counts.bytes_up : owner_.counts.bytes_down) += bytes;
                if (over_) return;
                if (!failed) return go_on();
                // Whoever is gone here is not missed there while the way there is dead.
                if (!half_open()) return owner_.end(self, false);
                way.done = true;
                finish();
            });
    }

    void pass_on_end(Way& way) {
        if (way.end == End::none) return;
        if (way.end == End::reset) return owner_.end(shared_from_this(), false);
        error_code ignored;
        way.to.shutdown(tcp::socket::shutdown_send, ignored);
        way.done = true;
        finish();
    }

    void finish() {
        if (ways_[up].done && ways_[down].done) owner_.end(shared_from_this(), false);
    }

    Impl& owner_;
    tcp::socket client_;
    tcp::socket server_;
    std::array<Way, 2> ways_;
    bool connected_ = false;
    bool over_ = false;
};

result<void> FaultProxy::Impl::listen() {
    const auto where = fmt::format("{}:{}", options.listen_host, options.listen_port);
    error_code failed;
    const auto address = asio::ip::make_address(options.listen_host, failed);
    if (failed) return Error{"not a numeric address", where, "like 127.0.0.1"};
    tcp::endpoint here{address, options.listen_port};
    const auto open = [&](auto& socket) {
        if (!failed) socket.open(here.protocol(), failed);
        if (!failed) socket.set_option(asio::socket_base::reuse_address(true), failed);
        if (!failed) socket.bind(here, failed);
    };
    if (!reservation.is_open()) {
        open(reservation);
        if (!failed) here = reservation.local_endpoint(failed);
        if (!failed) options.listen_port = here.port();
    }
    open(acceptor);
    if (!failed) acceptor.listen(64, failed);
    if (failed) {
        error_code ignored;
        acceptor.close(ignored);
        return Error{"cannot listen: " + failed.message(), where, "choose another port"};
    }
    accept();
    return {};
}

void FaultProxy::Impl::accept() {
    acceptor.async_accept([this, mine = generation](error_code failed, tcp::socket client) {
        if (mine != generation) return;
        if (failed) return accept_later();
        ++counts.accepted;
        if (links.size() < options.max_connections) {
            const auto link = std::make_shared<Link>(*this, std::move(client));
            links.insert(link);
            link->start();
        } else {
            ++counts.turned_away;
            reset(client);
        }
        accept();
    });
}

// Mostly no descriptors are left: asking again at once would only burn the processor.
void FaultProxy::Impl::accept_later() {
    pause.expires_after(std::chrono::milliseconds{100});
    pause.async_wait([this, mine = generation](error_code stopped) {
        if (!stopped && mine == generation) accept();
    });
}

void FaultProxy::Impl::end(const std::shared_ptr<Link>& link, bool by_fault) {
    if (links.erase(link) == 0) return;
    if (by_fault) ++counts.reset;
    link->close();
}

void FaultProxy::Impl::heal() {
    rules = {};
    // Nothing else may hold the port, so this fails only when descriptors run out.
    if (!acceptor.is_open() && !listen()) fmt::print(stderr, "anju-sim: cannot listen again\n");
}

void FaultProxy::Impl::apply(const Fault& fault) {
    const auto now = links;
    switch (fault.kind) {
        case Fault::Kind::heal:
            heal();
            for (const auto& link : now) {
                if (link->half_open()) end(link, true);
            }
            break;
        case Fault::Kind::cut:
            for (const auto& link : now) end(link, true);
            return;
        case Fault::Kind::refuse: {
            ++generation;
            error_code ignored;
            acceptor.close(ignored);
            return;
        }
        case Fault::Kind::stall:
        case Fault::Kind::slow:
            if (covers(fault.direction, up)) rules[up].apply(fault);
            if (covers(fault.direction, down)) rules[down].apply(fault);
            break;
        case Fault::Kind::half_open:
        case Fault::Kind::late:
            break;  // only what is connected already
    }
    for (const auto& link : now) {
        if (links.contains(link)) link->apply(fault);
    }
}

FaultProxy::FaultProxy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

FaultProxy::~FaultProxy() {
    impl_->io.stop();
    impl_->thread.join();
    for (const auto& link : impl_->links) link->close();
}

result<std::unique_ptr<FaultProxy>> FaultProxy::start(Options options) {
    auto impl = std::make_unique<Impl>(std::move(options));
    impl->options.buffer_bytes = std::max<std::size_t>(impl->options.buffer_bytes, 1);
    error_code failed;
    tcp::resolver resolver(impl->io);
    const auto found =
        resolver.resolve(impl->options.to_host, std::to_string(impl->options.to_port), failed);
    if (failed) {
        return Error{"cannot look up the target: " + failed.message(), impl->options.to_host,
                     "check the name"};
    }
    impl->target = found.begin()->endpoint();
    if (auto listening = impl->listen(); !listening) return listening.error();
    auto* running = impl.get();
    impl->thread = std::jthread([running] {
        const auto work = asio::make_work_guard(running->io);
        running->io.run();
    });
    return std::unique_ptr<FaultProxy>(new FaultProxy(std::move(impl)));
}

std::uint16_t FaultProxy::port() const {
    return impl_->options.listen_port;
}

void FaultProxy::apply(const Fault& fault) {
    std::promise<void> applied;
    asio::post(impl_->io, [&] {
        impl_->apply(fault);
        applied.set_value();
    });
    applied.get_future().wait();
}

FaultProxy::Counts FaultProxy::counts() const {
    std::promise<Counts> counted;
    asio::post(impl_->io, [&] {
        auto out = impl_->counts;
        out.open = impl_->links.size();
        for (const auto& link : impl_->links) out.buffered += link->buffered();
        counted.set_value(out);
    });
    return counted.get_future().get();
}

}  // namespace anju::sim
