// The daemon's side of telling people: channels made from the configuration, whoever carries
// messages out, and the way of their replies back to the loop and into the outbox.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/anjud/engine_directory.hpp"
#include "app/anjud/loop.hpp"
#include "config/config.hpp"
#include "notify/modem/modem.hpp"
#include "notify/sender.hpp"
#include "notify/service.hpp"
#include "notify/speaker.hpp"
#include "runtime/gateway.hpp"

namespace anju {

class PeopleLink {
public:
    /// `speaker` may be nullptr. All must outlive it. Throws std::runtime_error when a secret or
    /// the key of links cannot be read.
    PeopleLink(const config::Config& config, Clock& clock, Journal& journal, Loop& loop,
               Gateway& gateway, notify::Speaker* speaker);
    ~PeopleLink();

    [[nodiscard]] notify::Service& service() { return *service_; }
    [[nodiscard]] const notify::Service& service() const { return *service_; }
    /// Signs and verifies what links say; also without channels.
    [[nodiscard]] const notify::LinkSigner& signer() const { return signer_; }
    /// About once a second.
    [[nodiscard]] result<void> tick();
    /// Sends a message over one channel; the id of its notice.
    [[nodiscard]] result<std::uint64_t> test(const std::string& channel,
                                             const std::string& address);

private:
    void carry(notify::Outgoing message);
    void replied(std::uint64_t job, notify::Reply reply);
    [[nodiscard]] result<void> flush();

    Clock& clock_;
    Loop& loop_;
    Gateway& gateway_;
    notify::Speaker* speaker_;
    notify::LinkSigner signer_;
    EngineDirectory directory_;
    std::unique_ptr<notify::Service> service_;
    std::map<std::string, std::unique_ptr<notify::Modem>> modems_;  ///< by channel
    std::unique_ptr<notify::CurlSender> curl_;
};

}  // namespace anju
