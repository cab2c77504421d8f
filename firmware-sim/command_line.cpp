#include "firmware-sim/command_line.hpp"

#include <cstdint>
#include <memory>

#include "core/model/names.hpp"
#include "firmware-sim/command_run.hpp"

namespace anju::sim {
namespace {

void add_alert_verb(CLI::App& command, const std::shared_ptr<CommandOptions>& options,
                    const std::string& verb, v1::AlertAction::Verb number,
                    std::function<int()>& action) {
    auto* sub = command.add_subcommand(verb);
    auto alert = std::make_shared<std::string>();
    auto note = std::make_shared<std::string>();
    auto reason = std::make_shared<std::string>();
    sub->add_option("alert", *alert)->required();
    sub->add_option("--note", *note);
    if (number == v1::AlertAction::VERB_CLOSE) {
        sub->add_option("--reason", *reason, "like cooking_steam")->required();
    }
    sub->callback([=, &action] {
        action = [=] {
            auto& change = *options->command.mutable_alert();
            change.set_alert_id(*alert);
            change.set_verb(number);
            change.set_note(*note);
            if (!reason->empty()) {
                const auto parsed = parse_closing_reason(*reason);
                if (!parsed) {
                    return fail(
                        {"not a closing reason", "--reason " + *reason,
                         fmt::format("one of {}", fmt::join(closing_reason_names(), ", "))});
                }
                change.set_reason(static_cast<v1::ClosingReason>(*parsed));
            }
            return run_command(*options);
        };
    });
}

}  // namespace

void add_command(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("command", "one command from the district to a gateway");
    auto options = std::make_shared<CommandOptions>();
    auto gateway = std::make_shared<std::string>();
    auto id = std::make_shared<std::string>();
    auto issuer = std::make_shared<std::string>("simulator");
    auto expires = std::make_shared<std::int64_t>(0);
    add_broker(*command, *options);
    command->add_option("--user", options->user)->capture_default_str();
    command->add_option("--gateway", *gateway, "gateway id")->required();
    command->add_option("--id", *id, "command id; drawn when absent");
    command->add_option("--issuer", *issuer)->capture_default_str();
    command->add_option("--expires-ms", *expires, "Unix ms on the gateway's clock; 0 = never");
    command->add_flag("--json", options->json);
    add_seconds(*command, "--timeout", options->timeout, "to wait for the answer");
    command->require_subcommand(1);
    command->parse_complete_callback([=] {
        options->command.set_gateway_id(*gateway);
        options->command.set_command_id(*id);
        options->command.set_issuer(*issuer);
        options->command.set_expires_ms(*expires);
    });
    add_alert_verb(*command, options, "ack", v1::AlertAction::VERB_ACKNOWLEDGE, action);
    add_alert_verb(*command, options, "resolve", v1::AlertAction::VERB_RESOLVE, action);
    add_alert_verb(*command, options, "close", v1::AlertAction::VERB_CLOSE, action);

    auto* resend = command->add_subcommand("resend", "asks for events once more");
    auto lane = std::make_shared<std::string>("alarm");
    struct Range {
        std::uint64_t epoch = 0;
        std::uint64_t first = 1;
        std::uint64_t last = 0;
    };
    auto range = std::make_shared<Range>();
    resend->add_option("--lane", *lane)->check(CLI::IsMember({"alarm", "bulk"}));
    resend->add_option("--epoch", range->epoch)->required();
    resend->add_option("--first", range->first)->capture_default_str();
    resend->add_option("--last", range->last, "0 = up to the head")->capture_default_str();
    resend->callback([=, &action] {
        action = [=] {
            auto& wanted = *options->command.mutable_resend();
            wanted.set_lane(*lane == "alarm" ? v1::LANE_ALARM : v1::LANE_BULK);
            wanted.set_epoch(range->epoch);
            wanted.set_first_seq(range->first);
            wanted.set_last_seq(range->last);
            return run_command(*options);
        };
    });
}

}  // namespace anju::sim
