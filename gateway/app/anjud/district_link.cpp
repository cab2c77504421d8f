// See district_link.hpp.
#include "app/anjud/district_link.hpp"

#include <random>
#include <utility>

#include "anjud_version.hpp"
#include "app/anjud/home_link.hpp"
#include "app/anjud/protection_flags.hpp"
#include "base/log.hpp"
#include "uplink/command_decoder.hpp"
#include "uplink/reconnect.hpp"

namespace anju {

namespace {
constexpr std::size_t longest_message = 256 * 1024 + 1;  ///< bytes: an acknowledgement's limit
}

class DistrictLink::SessionLink final : public uplink::Link {
public:
    explicit SessionLink(mqtt::Session& session) : session_(session) {}
    bool publish(std::string topic, std::string payload, int qos) override {
        return session_.publish(std::move(topic), std::move(payload), qos);
    }
    void hurry() override { session_.hurry(); }

private:
    mqtt::Session& session_;
};

DistrictLink::DistrictLink(const config::Config& config, Clock& clock, Journal& journal,
                           Inbox& inbox, Loop& loop)
    : gateway_id_(config.gateway_id),
      certificate_(*config.district, config.data_dir, ProtectionFlags::folder_of_service(),
                   clock.read()),
      clock_(clock),
      inbox_(inbox),
      loop_(loop) {
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
        [this, alarm] { return alarm && uplink_->alarm_waiting(); });
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
    // What is too long is refused all the same, and keeps the inbox bounded in bytes.
    if (message.payload.size() > longest_message) message.payload.resize(longest_message);
    const bool ack = message.topic == uplink::Uplink::ack_topic(gateway_id_);
    Inbound inbound{ack ? Source::district_ack : Source::district_command, std::move(message.topic),
                    std::move(message.payload), message.retained, message.redelivered};
    if (ack) {
        // Before measurements: what is on its way up waits for it. One that is lost comes again
        // with the repetition.
        inbox_.offer(std::move(inbound), Inbox::Lane::urgent);
    } else {
        inbox_.deliver(std::move(inbound));
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
    } else if (const auto* issued = std::get_if<uplink::CertificateOrder>(&order)) {
        answer = gateway_->order(issued->command_id, issued->expires, [&] {
            auto taken = certificate_.take(issued->certificates, clock_.read());
            if (taken.first == CommandStatus::refused) {
                gateway_->counters().add(Counter::bad_commands);
            }
            return taken;
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
