// Channels of the box itself: its modem and the loudspeakers of homes.
#include "notify/channel.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

// Four parts of 67 characters, of three bytes each in UTF-8: what still reads as one message.
constexpr std::size_t longest_sms = 4 * 67 * 3;

class Modem final : public Channel {
public:
    explicit Modem(std::uint32_t per_minute) : per_minute_(per_minute) {}

    [[nodiscard]] Request prepare(const Message& message, Instant) const override {
        return ModemRequest{message.address, fitted(message, longest_sms)};
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        if (reply.failure.empty()) {
            Answer out{Verdict::accepted, "+CMGS: " + reply.body};
            out.reference = reply.body;
            return out;
        }
        // 3GPP TS 24.011 Annex E: 1 unassigned number, 28 unidentified subscriber, 96 invalid
        // mandatory information; 42 congestion.
        const bool for_good = reply.status == 1 || reply.status == 28 || reply.status == 96;
        const bool busy = reply.status == 42;
        // TS 27.005 3.2.5: 310 no SIM, 311, 312, 316 a PIN or PUK is wanted, 313 the SIM has
        // failed, 315 it is the wrong one.
        const bool away = (reply.status >= 310 && reply.status <= 313) || reply.status == 315 ||
                          reply.status == 316;
        return {for_good ? Verdict::refused
                : busy   ? Verdict::limited
                         : Verdict::failed,
                reply.failure, 1min, "", away};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override {
        if (per_minute_ == 0) return {};
        return {{per_minute_, 1min}};
    }

private:
    std::uint32_t per_minute_;
};

class Loudspeaker final : public Channel {
public:
    [[nodiscard]] Request prepare(const Message& message, Instant) const override {
        return SpeakRequest{message.address, message.subject, message.text};
    }
    [[nodiscard]] Answer judge(const Reply& reply) const override {
        if (reply.failure.empty()) return {Verdict::accepted, "asked"};
        return {Verdict::failed, reply.failure};
    }
    [[nodiscard]] std::vector<Quota> quotas() const override { return {}; }
};

}  // namespace

std::unique_ptr<Channel> make_modem(std::uint32_t per_minute) {
    return std::make_unique<Modem>(per_minute);
}

std::unique_ptr<Channel> make_speaker() {
    return std::make_unique<Loudspeaker>();
}

}  // namespace anju::notify
