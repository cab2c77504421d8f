#include "mqtt/session.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/log.hpp"
#include "mqtt/connection.hpp"
#include "mqtt/egress.hpp"
#include "mqtt/failure.hpp"
#include "mqtt/lookup.hpp"
#include "mqtt/receive_pulse.hpp"

namespace anju::mqtt {

using namespace std::chrono_literals;

namespace {

constexpr auto lookup_limit = 10s;
constexpr auto connect_limit = 10s;
constexpr auto subscribe_limit = 10s;
constexpr int suback_failure = 0x80;  // MQTT 3.1.1, section 3.9.3
constexpr auto close_limit = 1s;
constexpr auto hurry_pause = 2s;
/// A connection that breaks sooner counts as one more failed attempt, so that two clients with
/// one id do not chase each other off the broker at full speed.
constexpr auto proven_after = 5s;

std::chrono::milliseconds default_retry_delay(unsigned attempt) {
    if (attempt == 0) return 0ms;
    return std::min<std::chrono::milliseconds>(10s, 200ms * (1U << std::min(attempt - 1, 10U)));
}

}  // namespace

struct Session::Impl {
    Impl(Options given, OnMessage message, OnState state)
        : options(std::move(given)),
          on_message(std::move(message)),
          on_state(std::move(state)),
          egress(options.queue_limit) {
        if (!options.retry_delay) options.retry_delay = default_retry_delay;
    }

    void run(std::stop_token stop);
    void pause(const std::stop_token& stop, std::chrono::milliseconds delay);
    bool serve(const std::stop_token& stop);
    result<void> establish(const std::stop_token& stop, Connection& connection);
    void failed(const std::string& reason);
    void note_refused(std::vector<std::string> refusals);
    [[nodiscard]] Connection::Events events();

    Options options;
    OnMessage on_message;
    OnState on_state;
    Egress egress;

    std::mutex mutex;
    std::condition_variable_any changed;
    bool connected = false;
    std::optional<std::string> lost;
    bool waiting = false;  ///< for the next attempt
    bool hurried = false;
    std::chrono::steady_clock::time_point next_hurry;
    std::uint64_t received = 0;
    std::uint64_t connects = 0;
    std::uint64_t failures = 0;
    std::string last_error;
    std::vector<std::string> refused;
    Lookup lookup;       ///< the session's thread only
    std::string logged;  ///< the reason that was logged last; the session's thread only

    std::shared_ptr<ReceivePulse> pulse;
    std::jthread supervisor;
};

Connection::Events Session::Impl::events() {
    return {.message =
                [this](Incoming&& message) {
                    {
                        const std::lock_guard lock(mutex);
                        ++received;
                    }
                    on_message(std::move(message));
                },
            .lost =
                [this](std::string cause) {
                    const std::lock_guard lock(mutex);
                    lost = cause.empty() ? "connection lost" : "connection lost: " + cause;
                    changed.notify_all();
                },
            .published = [this] { egress.published(); }};
}

void Session::Impl::failed(const std::string& reason) {
    {
        const std::lock_guard lock(mutex);
        last_error = reason;
        ++failures;
    }
    if (reason == logged) return;
    logged = reason;
    log::warn("mqtt_disconnected", {{"broker", options.endpoint.uri},
                                    {"client", options.endpoint.client_id},
                                    {"reason", reason}});
}

/// Until the next attempt is due or hurried.
void Session::Impl::pause(const std::stop_token& stop, std::chrono::milliseconds delay) {
    const auto due = std::chrono::steady_clock::now() + delay;
    std::unique_lock lock(mutex);
    changed.wait_until(lock, stop, due, [this] { return hurried; });
    if (hurried) {
        const auto earliest = std::min(due, next_hurry);
        changed.wait_until(lock, stop, earliest, [] { return false; });
        next_hurry = std::chrono::steady_clock::now() + hurry_pause;
    }
    waiting = false;
}

void Session::Impl::run(std::stop_token stop) {
    unsigned attempt = 0;
    while (!stop.stop_requested()) {
        {
            // Before the delay is asked for: a reason to hurry that comes later is not lost.
            const std::lock_guard lock(mutex);
            waiting = true;
            hurried = false;
        }
        pause(stop, options.retry_delay(attempt));
        if (stop.stop_requested()) break;
        attempt = serve(stop) ? 0 : attempt + 1;
    }
}

result<void> Session::Impl::establish(const std::stop_token& stop, Connection& connection) {
    const ReceivePulse::Hurry hurry(pulse);
    if (auto opened = connection.open(stop, connect_limit); !opened) return opened;
    std::vector<std::string> refusals;
    for (const auto& subscription : options.subscriptions) {
        const auto made = connection.subscribe(stop, subscription, subscribe_limit);
        if (!made) return made.error();
        if (!*made) refusals.push_back(subscription.filter);
    }
    const bool all = !refusals.empty() && refusals.size() == options.subscriptions.size();
    note_refused(std::move(refusals));
    if (!all) return {};
    return Error{explain_subscribe(options.subscriptions.front().filter, suback_failure),
                 options.endpoint.uri,
                 {}};
}

void Session::Impl::note_refused(std::vector<std::string> refusals) {
    const std::lock_guard lock(mutex);
    if (refusals == refused) return;
    refused = std::move(refusals);
    for (const std::string& filter : refused) {
        log::error("subscription_refused",
                   {{"broker", options.endpoint.uri},
                    {"client", options.endpoint.client_id},
                    {"filter", filter},
                    {"remedy", "let this user read it in the broker's ACL"}});
    }
}

/// One connection from beginning to end. True: it held long enough to be called a success.
bool Session::Impl::serve(const std::stop_token& stop) {
    {
        const std::lock_guard lock(mutex);
        lost.reset();
    }
    const auto address = lookup.find(host_of(options.endpoint.uri), stop, lookup_limit);
    if (!address) {
        if (!stop.stop_requested()) failed(address.error().what);
        return false;
    }
    Connection connection(options.endpoint, *address, events());
    if (const auto established = establish(stop, connection); !established) {
        if (!stop.stop_requested()) failed(established.error().what);
        connection.close(close_limit);
        return false;
    }

    const auto since = std::chrono::steady_clock::now();
    egress.open(connection);
    {
        const std::lock_guard lock(mutex);
        connected = true;
        ++connects;
    }
    logged.clear();
    log::info("mqtt_connected",
              {{"broker", options.endpoint.uri}, {"client", options.endpoint.client_id}});
    if (on_state) on_state(true);

    std::optional<std::string> cause;
    {
        std::unique_lock lock(mutex);
        changed.wait(lock, stop, [this] { return lost.has_value(); });
        cause = lost;
        if (cause) connected = false;
    }
    if (!cause) egress.flush(close_limit);
    {
        const std::lock_guard lock(mutex);
        connected = false;
    }
    egress.close();
    if (cause) failed(*cause);
    if (on_state) on_state(false);
    if (!cause) connection.close(close_limit);
    return std::chrono::steady_clock::now() - since >= proven_after;
}

Session::Session(Options options, OnMessage on_message, OnState on_state)
    : impl_(
          std::make_unique<Impl>(std::move(options), std::move(on_message), std::move(on_state))) {}

Session::~Session() {
    stop();
}

void Session::start() {
    if (impl_->supervisor.joinable()) return;
    impl_->pulse = ReceivePulse::acquire();
    impl_->supervisor =
        std::jthread([impl = impl_.get()](std::stop_token stop) { impl->run(std::move(stop)); });
}

void Session::stop() {
    if (!impl_->supervisor.joinable()) return;
    impl_->supervisor.request_stop();
    impl_->supervisor.join();
    impl_->pulse.reset();
}

bool Session::publish(std::string topic, std::string payload, int qos, bool retain) {
    return impl_->egress.push({std::move(topic), std::move(payload), qos, retain});
}

void Session::hurry() {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->waiting || impl_->hurried) return;
    impl_->hurried = true;
    impl_->changed.notify_all();
}

bool Session::connected() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->connected;
}

SessionStats Session::stats() const {
    const auto counts = impl_->egress.counts();
    const std::lock_guard lock(impl_->mutex);
    return {.received = impl_->received,
            .published = counts.published,
            .dropped = counts.dropped,
            .connects = impl_->connects,
            .failures = impl_->failures,
            .last_error = impl_->last_error,
            .refused = impl_->refused};
}

}  // namespace anju::mqtt
