// See loop.hpp.
#include "app/anjud/loop.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

namespace anju {

namespace asio = boost::asio;

struct Loop::Impl {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    asio::signal_set signals{context};
    std::function<void(int)> on_signal;

    void wait_for_signal() {
        signals.async_wait([this](const boost::system::error_code& error, int signal) {
            if (error) return;
            on_signal(signal);
            wait_for_signal();
        });
    }
};

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() = default;

void Loop::run() {
    impl_->context.run();
}
void Loop::stop() {
    impl_->context.stop();
}
void Loop::post(std::function<void()> work) {
    asio::post(impl_->context, std::move(work));
}
asio::io_context& Loop::context() {
    return impl_->context;
}

void Loop::on_signals(std::initializer_list<int> signals, std::function<void(int)> handler) {
    for (const int signal : signals) impl_->signals.add(signal);
    impl_->on_signal = std::move(handler);
    impl_->wait_for_signal();
}

struct Loop::Alarm::Impl {
    Impl(asio::io_context& context, std::function<void()> work)
        : timer(context), handler(std::move(work)) {}
    asio::steady_timer timer;
    std::function<void()> handler;
};

Loop::Alarm::Alarm(Loop& loop, std::function<void()> handler)
    : impl_(std::make_shared<Impl>(loop.context(), std::move(handler))) {}

Loop::Alarm::~Alarm() {
    impl_->handler = [] {};
    impl_->timer.cancel();
}

void Loop::Alarm::wake_in(std::chrono::nanoseconds delay) {
    // Far deadlines are cut to a day: the clock may be set meanwhile, and waking is harmless.
    delay = std::clamp<std::chrono::nanoseconds>(delay, std::chrono::nanoseconds{0},
                                                 std::chrono::hours{24});
    impl_->timer.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(delay));
    impl_->timer.async_wait([impl = impl_](const boost::system::error_code& error) {
        if (!error) impl->handler();
    });
}

}  // namespace anju
