#include "mqtt/connection.hpp"

#include <utility>

#include "mqtt/failure.hpp"
#include "mqtt/lookup.hpp"
#include "mqtt/no_delay.hpp"
#include "mqtt/packet_id.hpp"

namespace anju::mqtt {

namespace {

constexpr int suback_failure = 0x80;  // MQTT 3.1.1, section 3.9.3

bool is_tls(const std::string& uri) {
    return uri.rfind("mqtts://", 0) == 0 || uri.rfind("ssl://", 0) == 0;
}

}  // namespace

std::string paho_uri(const std::string& uri) {
    const auto split = uri.find("://");
    if (split == std::string::npos) return "tcp://" + uri;
    return (is_tls(uri) ? "ssl" : "tcp") + uri.substr(split);
}

bool Completion::wait(std::stop_token stop, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, std::move(stop), limit, [this] { return done_; });
}

void Completion::arm() {
    const std::lock_guard lock(mutex_);
    done_ = false;
}

void Completion::finish() {
    const std::lock_guard lock(mutex_);
    done_ = true;
    ended_.notify_all();
}

Connection::Connection(const Endpoint& endpoint, const std::string& address, Events events)
    : endpoint_(endpoint),
      events_(std::move(events)),
      published_(events_.published),
      client_(paho_uri(is_tls(endpoint.uri) ? endpoint.uri : with_host(endpoint.uri, address)),
              endpoint.client_id) {
    // Before connect: setting it later takes Paho's locks in the other order and may deadlock.
    client_.set_message_callback([this](::mqtt::const_message_ptr message) {
        events_.message(Incoming{.topic = message->get_topic(),
                                 .payload = message->get_payload(),
                                 .retained = message->is_retained(),
                                 .redelivered = message->is_duplicate(),
                                 .packet_id = packet_id(*message)});
    });
    client_.set_connection_lost_handler([this](const std::string& cause) { events_.lost(cause); });
}

Connection::~Connection() {
    // A lost message or token of a client that is going away must not reach the session.
    try {
        client_.disable_callbacks();
    } catch (const ::mqtt::exception&) {}
}

::mqtt::connect_options Connection::options() const {
    ::mqtt::connect_options options;
    options.set_mqtt_version(MQTTVERSION_3_1_1);
    options.set_clean_session(endpoint_.clean_session);
    options.set_keep_alive_interval(endpoint_.keep_alive_s);
    options.set_connect_timeout(30);  // ours is shorter and follows the steady clock
    options.set_max_inflight(1000);   // with 10, the default, a burst drops to 11 a second
    options.set_automatic_reconnect(false);
    if (!endpoint_.username.empty()) options.set_user_name(endpoint_.username);
    if (!endpoint_.password.empty()) options.set_password(endpoint_.password);
    if (is_tls(endpoint_.uri)) {
        // No error handler: Paho C++ 1.2 calls it through a pointer into the copy of the options
        // that connect() takes by value, which is gone by then.
        ::mqtt::ssl_options tls;
        tls.set_enable_server_cert_auth(true);
        tls.set_verify(true);  // the name in the certificate
        // At this level OpenSSL speaks nothing older than TLS 1.2, whatever the system's own
        // configuration allows. Paho's way to say 1.2 would rule out 1.3.
        tls.set_enabled_cipher_suites("DEFAULT:@SECLEVEL=2");
        if (!endpoint_.ca_file.empty()) tls.set_trust_store(endpoint_.ca_file);
        if (!endpoint_.cert_file.empty()) tls.set_key_store(endpoint_.cert_file);
        if (!endpoint_.key_file.empty()) tls.set_private_key(endpoint_.key_file);
        options.set_ssl(std::move(tls));
    }
    return options;
}

std::string Connection::explain(int code, const std::string& detail) const {
    return is_tls(endpoint_.uri) ? explain_tls(code, detail) : explain_connect(code, detail);
}

result<void> Connection::open(std::stop_token stop, std::chrono::milliseconds limit) {
    try {
        completion_.arm();
        const auto token = client_.connect(options(), nullptr, completion_);
        if (!completion_.wait(std::move(stop), limit)) {
            return Error{explain(-1, "no answer in time"), endpoint_.uri, {}};
        }
        token->try_wait();  // throws what the action ended with
        set_no_delay(endpoint_.uri);
        return {};
    } catch (const ::mqtt::exception& failure) {
        return Error{explain(failure.get_return_code(), failure.get_message()), endpoint_.uri, {}};
    }
}

result<bool> Connection::subscribe(std::stop_token stop, const Subscription& subscription,
                                   std::chrono::milliseconds limit) {
    try {
        completion_.arm();
        const auto token =
            client_.subscribe(subscription.filter, subscription.qos, nullptr, completion_);
        if (!completion_.wait(std::move(stop), limit)) {
            return Error{"no answer to the subscription to '" + subscription.filter + "'",
                         endpoint_.uri,
                         {}};
        }
        token->try_wait();
        return true;
    } catch (const ::mqtt::exception& failure) {
        if (failure.get_return_code() == suback_failure) return false;
        return Error{
            explain_subscribe(subscription.filter, failure.get_return_code()), endpoint_.uri, {}};
    }
}

bool Connection::publish(const Outgoing& message) {
    try {
        client_.publish(message.topic, message.payload.data(), message.payload.size(), message.qos,
                        message.retain, nullptr, published_);
        return true;
    } catch (const ::mqtt::exception&) {
        return false;
    }
}

void Connection::close(std::chrono::milliseconds limit) {
    try {
        if (!client_.is_connected()) return;
        completion_.arm();
        client_.disconnect(0, nullptr, completion_);
        completion_.wait({}, limit);
    } catch (const ::mqtt::exception&) {
        // The connection went first.
    }
}

}  // namespace anju::mqtt
