#include "uplink/command_decoder.hpp"

#include <algorithm>
#include <utility>

#include "anju/v1/command.pb.h"
#include "uplink/parse.hpp"

namespace anju::uplink {

namespace {

bool printable(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    });
}

bool good_id(std::string_view id) {
    return !id.empty() && id.size() <= max_id_bytes && printable(id);
}

Order alert_order(const v1::DistrictCommand& message) {
    const auto& action = message.alert();
    const auto refuse = [&](std::string code, std::string text) {
        return RefusedOrder{message.command_id(), std::move(code), std::move(text)};
    };
    if (!good_id(action.alert_id())) {
        return refuse("bad_alert_id", "alert_id must have 1..128 printable bytes");
    }
    if (action.verb() < v1::AlertAction::VERB_ACKNOWLEDGE ||
        action.verb() > v1::AlertAction::VERB_I_AM_WELL) {
        return refuse("unknown_verb", "verb " + std::to_string(action.verb()) +
                                          " is unknown here; one of 1 (acknowledge) to 9");
    }
    if (!v1::ClosingReason_IsValid(action.reason())) {
        return refuse("unknown_reason",
                      "closing reason " + std::to_string(action.reason()) + " is unknown here");
    }
    if (action.note().size() > max_note_bytes) {
        return refuse("note_too_long", "note must not exceed 2000 bytes");
    }
    AlertOrder order;
    order.command.command_id = message.command_id();
    order.command.alert = AlertId{action.alert_id()};
    order.command.verb = static_cast<AlertVerb>(action.verb());
    order.command.reason = static_cast<ClosingReason>(action.reason());
    order.command.note = action.note();
    order.command.actor = "platform:" + message.issuer();
    order.expires = from_unix_ms(message.expires_ms());
    return order;
}

Order resend_order(const v1::DistrictCommand& message) {
    const auto& action = message.resend();
    const auto refuse = [&](std::string code, std::string text) {
        return RefusedOrder{message.command_id(), std::move(code), std::move(text)};
    };
    if (action.lane() != v1::LANE_ALARM && action.lane() != v1::LANE_BULK) {
        return refuse("unknown_lane", "lane must be alarm or bulk");
    }
    if (action.first_seq() == 0 ||
        (action.last_seq() != 0 && action.last_seq() < action.first_seq())) {
        return refuse("bad_range", "first_seq must be at least 1 and not above last_seq");
    }
    return ResendOrder{.command_id = message.command_id(),
                       .epoch = action.epoch(),
                       .lane = static_cast<Lane>(action.lane()),
                       .first = action.first_seq(),
                       .last = action.last_seq(),
                       .expires = from_unix_ms(message.expires_ms())};
}

Order certificate_order(const v1::DistrictCommand& message) {
    if (message.certificate().certificates().empty()) {
        return RefusedOrder{message.command_id(), "no_certificate",
                            "certificates must hold the box's certificate as PEM"};
    }
    return CertificateOrder{.command_id = message.command_id(),
                            .certificates = message.certificate().certificates(),
                            .expires = from_unix_ms(message.expires_ms())};
}

}  // namespace

Order decode_command(std::string_view bytes, std::string_view gateway_id) {
    if (bytes.size() > max_command_bytes) {
        return RefusedOrder{{}, "too_large", "a command must not exceed 8192 bytes"};
    }
    v1::DistrictCommand message;
    if (!parse(message, bytes)) {
        return RefusedOrder{{}, "unreadable", "not a DistrictCommand"};
    }
    if (!good_id(message.command_id())) {
        return RefusedOrder{{}, "bad_command_id", "command_id must have 1..128 printable bytes"};
    }
    const auto refuse = [&](std::string code, std::string text) {
        return RefusedOrder{message.command_id(), std::move(code), std::move(text)};
    };
    if (message.gateway_id() != gateway_id) {
        return refuse("wrong_gateway", "the command names another gateway than its topic");
    }
    if (message.issuer().size() > max_id_bytes || !printable(message.issuer())) {
        return refuse("bad_issuer", "issuer must have at most 128 printable bytes");
    }
    if (message.expires_ms() < 0) return refuse("bad_expiry", "expires_ms must not be negative");
    switch (message.action_case()) {
        case v1::DistrictCommand::kAlert:
            return alert_order(message);
        case v1::DistrictCommand::kResend:
            return resend_order(message);
        case v1::DistrictCommand::kCertificate:
            return certificate_order(message);
        case v1::DistrictCommand::ACTION_NOT_SET:
            break;
    }
    return refuse("unknown_action", "the command has no action this gateway knows");
}

}  // namespace anju::uplink
