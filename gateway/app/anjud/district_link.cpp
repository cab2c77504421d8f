// See district_link.hpp.
#include "app/anjud/district_link.hpp"

#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

#include "anjud_version.hpp"
#include "base/log.hpp"
#include "system/secrets.hpp"
#include "uplink/command_decoder.hpp"
#include "uplink/reconnect.hpp"

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

class DistrictLink::SessionLink final : public uplink::Link {
public:
    explicit SessionLink(mqtt::Session& session) : session_(session) {}
    bool publish(std::string topic, std::string payload, int qos) override {
        return session_.publish(std::move(topic), std::move(payload), qos);
    }

private:
    mqtt::Session& session_;
};

DistrictLink::DistrictLink(const config::Config& config, Clock& clock, Journal& journal,
                           Inbox& inbox, Loop& loop)
    : gateway_id_(config.gateway_id), clock_(clock), inbox_(inbox), loop_(loop) {
    alarm_ = make_session(config, Lane::alarm);
    bulk_ = make_session(config, Lane::bulk);
    alarm_link_ = std::make_unique<SessionLink>(*alarm_);
    bulk_link_ = std::make_unique<SessionLink>(*bulk_);
    uplink::Uplink::Options options;
    options.gateway_id = gateway_id_;
    options.software_version = version;
    options.heartbeat_every = config.heartbeat_every;
    uplink_ = std::make_unique<uplink::Uplink>(
        options, journal, clock, *alarm_link_, *bulk_link_, [this] {
            const Engine& engine = gateway_->engine();
            return uplink::Census{static_cast<std::uint32_t>(engine.household_count()),
                                  static_cast<std::uint32_t>(engine.device_count()),
                                  static_cast<std::uint32_t>(engine.open_alert_count())};
        });
}

DistrictLink::~DistrictLink() = default;

std::unique_ptr<mqtt::Session> DistrictLink::make_session(const config::Config& config, Lane lane) {
    const bool alarm = lane == Lane::alarm;
    mqtt::Session::Options options;
    options.endpoint = broker_endpoint(*config.district);
    options.endpoint.client_id = "anju-" + gateway_id_ + (alarm ? "-alarm" : "-bulk");
    options.endpoint.clean_session = !alarm;  // commands wait for us at the broker
    if (alarm) {
        options.subscriptions = {{uplink::Uplink::ack_topic(gateway_id_), 1},
                                 {uplink::Uplink::command_topic(gateway_id_), 1}};
    }
    // Each session draws for itself: thousands of boxes must not knock in step.
    const auto random = std::make_shared<std::mt19937>(std::random_device{}());
    const uplink::ReconnectSpread spread(
        {.spread = config.spread_reconnect},
        [random] { return std::uniform_real_distribution<double>{0, 1}(*random); },
        [this] { return uplink_->alarm_waiting(); });
    options.retry_delay = [spread](unsigned attempt) { return spread.delay(attempt); };
    return std::make_unique<mqtt::Session>(
        std::move(options), [this](mqtt::Incoming&& message) { heard(std::move(message)); },
        [this, lane](bool up) {
            log::info(up ? "district_connected" : "district_lost",
                      {{"lane", lane == Lane::alarm ? "alarm" : "bulk"}});
            loop_.post([this, lane, up] {
                uplink_->link_changed(lane, up, clock_.read().steady);
                stirred_();
            });
        });
}

void DistrictLink::start(Gateway& gateway, std::function<void()> stirred) {
    gateway_ = &gateway;
    stirred_ = std::move(stirred);
    uplink_->start(gateway.epoch());
    alarm_->start();
    bulk_->start();
}

void DistrictLink::stop() {
    alarm_->stop();
    bulk_->stop();
}

void DistrictLink::heard(mqtt::Incoming&& message) {
    const bool ack = message.topic == uplink::Uplink::ack_topic(gateway_id_);
    Inbound inbound{ack ? Source::district_ack : Source::district_command, std::move(message.topic),
                    std::move(message.payload), message.retained, message.redelivered};
    if (ack) {
        inbox_.offer(std::move(inbound));  // one that is lost comes again with the repetition
    } else if (!inbox_.deliver(std::move(inbound))) {
        std::this_thread::sleep_for(std::chrono::hours{24});  // going down: not acknowledged
    }
}

result<void> DistrictLink::handle(const Inbound& message) {
    if (message.source == Source::district_command) return command(message.payload);
    if (auto ack = uplink_->on_ack(message.payload, clock_.read().steady)) {
        gateway_->acknowledged(std::move(*ack));
    }
    return {};
}

result<void> DistrictLink::command(const std::string& bytes) {
    const uplink::Order order = uplink::decode_command(bytes, gateway_id_);
    result<AnsweredCommand> answer = AnsweredCommand{};
    if (const auto* alert = std::get_if<uplink::AlertOrder>(&order)) {
        answer = gateway_->command({alert->command, alert->expires});
    } else if (const auto* resend = std::get_if<uplink::ResendOrder>(&order)) {
        answer = gateway_->order(resend->command_id, resend->expires, [&] {
            const bool sent =
                uplink_->resend(resend->epoch, resend->lane, resend->first, resend->last);
            return sent
                       ? std::pair{CommandStatus::applied, std::string()}
                       : std::pair{CommandStatus::refused,
                                   std::string("nothing to send: another epoch or no such events")};
        });
    } else {
        const auto& refused = std::get<uplink::RefusedOrder>(order);
        gateway_->counters().add(Counter::bad_commands);
        log::warn("command_refused", {{"code", refused.code}, {"text", refused.text}});
        if (refused.command_id.empty()) return {};
        answer = gateway_->order(refused.command_id, Instant{}, [&] {
            return std::pair{CommandStatus::refused, refused.code + ": " + refused.text};
        });
    }
    if (!answer) return answer.error();
    return {};
}

}  // namespace anju
