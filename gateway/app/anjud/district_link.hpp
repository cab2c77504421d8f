// The daemon's side of the district: two sessions under one uplink, and the way of what comes
// down through the inbox.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/anjud/district_certificate.hpp"
#include "app/anjud/loop.hpp"
#include "config/config.hpp"
#include "mqtt/session.hpp"
#include "runtime/gateway.hpp"
#include "runtime/inbox.hpp"
#include "uplink/uplink.hpp"

namespace anju {

class DistrictLink {
public:
    /// `inbox` takes what comes down. All must outlive it. config.district must be set.
    DistrictLink(const config::Config& config, Clock& clock, Journal& journal, Inbox& inbox,
                 Loop& loop);
    ~DistrictLink();

    /// After the gateway's start: connects in the background. `gateway` is asked for the facts
    /// of heartbeats. `stirred` is called on the loop when deadline() may have changed.
    void start(Gateway& gateway, std::function<void()> stirred);
    void stop();

    /// A message from the inbox: a command or an acknowledgement. Loop thread.
    [[nodiscard]] result<void> handle(const Inbound& message);

    [[nodiscard]] uplink::Uplink& uplink() { return *uplink_; }
    [[nodiscard]] const DistrictCertificate& certificate() const { return certificate_; }
    [[nodiscard]] const mqtt::Session& session(Lane lane) const {
        return lane == Lane::alarm ? *alarm_ : *bulk_;
    }

private:
    class SessionLink;
    [[nodiscard]] std::unique_ptr<mqtt::Session> make_session(const config::Config& config,
                                                              Lane lane);
    void heard(mqtt::Incoming&& message);
    [[nodiscard]] result<void> command(const std::string& bytes);

    std::string gateway_id_;
    DistrictCertificate certificate_;
    Clock& clock_;
    Inbox& inbox_;
    Loop& loop_;
    std::unique_ptr<mqtt::Session> alarm_;
    std::unique_ptr<mqtt::Session> bulk_;
    std::unique_ptr<SessionLink> alarm_link_;
    std::unique_ptr<SessionLink> bulk_link_;
    std::unique_ptr<uplink::Uplink> uplink_;
    Gateway* gateway_ = nullptr;
    std::function<void()> stirred_;
};

}  // namespace anju
