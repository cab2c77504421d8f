// See home_link.hpp. Runs on Paho's receive thread, but for start() and stop().
#include "app/anjud/home_link.hpp"

#include <stdexcept>
#include <utility>

#include "base/log.hpp"
#include "system/secrets.hpp"

namespace anju {

mqtt::Endpoint broker_endpoint(const config::Broker& broker) {
    mqtt::Endpoint endpoint;
    endpoint.uri = broker.uri;
    endpoint.username = broker.username;
    endpoint.ca_file = broker.ca_file.string();
    endpoint.cert_file = broker.cert_file.string();
    endpoint.key_file = broker.key_file.string();
    if (!broker.password_file.empty()) {
        auto password = system::read_secret(broker.password_file);
        if (!password) throw std::runtime_error(password.error().text());
        endpoint.password = std::move(*password);
    }
    return endpoint;
}

HomeLink::HomeLink(const config::Config& config, const drivers::Catalog& catalog, Inbox& inbox,
                   std::function<void(bool)> hears)
    : config_(config), catalog_(catalog), inbox_(inbox), hears_(std::move(hears)) {
    mqtt::Session::Options foreign = options("home");
    foreign.endpoint.clean_session = false;  // the broker keeps what comes while we are away
    for (const drivers::Route& route : catalog_.routes()) {
        if (route.driver->name == "native") continue;
        foreign.subscriptions.push_back({route.filter, 1});
    }
    foreign_ = std::make_unique<mqtt::Session>(
        std::move(foreign),
        [this](mqtt::Incoming&& message) { inbox_.deliver(inbound(std::move(message))); },
        on_state("home"));
    alarms_ = native("alarms", "anju/v1/up/+/alarm", Inbox::Lane::urgent);
    sensors_ = native("sensors", "anju/v1/up/+/data", Inbox::Lane::bulk);
}

mqtt::Session::Options HomeLink::options(const char* role) const {
    mqtt::Session::Options out;
    out.endpoint = broker_endpoint(config_.home);
    out.endpoint.client_id = "anju-" + config_.gateway_id + "-" + role;
    out.endpoint.clean_session = true;
    return out;
}

std::unique_ptr<mqtt::Session> HomeLink::native(const char* role, const char* filter,
                                                Inbox::Lane lane) {
    mqtt::Session::Options out = options(role);
    out.subscriptions = {{filter, 0}};
    out.queue_limit = 32768;
    return std::make_unique<mqtt::Session>(
        std::move(out),
        [this, lane](mqtt::Incoming&& message) {
            inbox_.offer(inbound(std::move(message)), lane);  // full: the sensor repeats
        },
        on_state(role));
}

mqtt::Session::OnState HomeLink::on_state(const char* role) {
    return [this, role](bool up) {
        log::info(up ? "home_connected" : "home_lost", {{"session", role}});
        if (up) {
            if (connected_++ == 0) hears_(true);
        } else {
            if (--connected_ == 0) hears_(false);
        }
    };
}

/// One byte over the limit is enough to be refused, and keeps the inbox bounded in bytes.
Inbound HomeLink::inbound(mqtt::Incoming&& message) const {
    const drivers::Route* route = catalog_.find(message.topic);
    const std::size_t limit =
        route == nullptr ? drivers::max_payload_bytes : route->max_payload(message.topic);
    if (message.payload.size() > limit) {
        message.payload.resize(limit + 1);
        message.payload.shrink_to_fit();
    }
    return {Source::home,     std::move(message.topic), std::move(message.payload),
            message.retained, message.redelivered,      message.packet_id};
}

void HomeLink::start() {
    alarms_->start();
    foreign_->start();
    sensors_->start();
}

void HomeLink::stop() {
    alarms_->stop();
    foreign_->stop();
    sensors_->stop();
}

void HomeLink::send(std::string topic, std::string payload) {
    sensors_->publish(std::move(topic), std::move(payload), 0);
}

}  // namespace anju
