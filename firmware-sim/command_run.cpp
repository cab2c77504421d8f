#include "firmware-sim/command_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdio>
#include <optional>
#include <random>

#include "anju/v1/event.pb.h"
#include "firmware-sim/credentials.hpp"
#include "firmware-sim/mailbox.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

std::optional<v1::CommandResult> answer_in(const mqtt::Incoming& message,
                                           const std::string& command_id) {
    v1::DistrictUplink uplink;
    if (!uplink.ParseFromString(message.payload) || !uplink.event().has_command_result() ||
        uplink.event().command_result().command_id() != command_id) {
        return std::nullopt;
    }
    return uplink.event().command_result();
}

int exit_status(v1::CommandResult::Status status) {
    switch (status) {
        case v1::CommandResult::STATUS_APPLIED:
        case v1::CommandResult::STATUS_ALREADY:
            return 0;
        case v1::CommandResult::STATUS_REFUSED:
            return 3;
        case v1::CommandResult::STATUS_EXPIRED:
            return 4;
        default:
            return 1;
    }
}

void print(const CommandOptions& options, const std::string& id, const std::string& status,
           const std::string& text) {
    if (options.json) {
        const boost::json::object out{{"command_id", id}, {"status", status}, {"text", text}};
        fmt::print("{}\n", boost::json::serialize(out));
    } else {
        fmt::print("{}: {}{}{}\n", id, status, text.empty() ? "" : ": ", text);
    }
}

}  // namespace

int run_command(const CommandOptions& options) {
    auto command = options.command;
    if (command.command_id().empty()) {
        std::random_device source;
        command.set_command_id(fmt::format("sim-{:08x}{:08x}", source(), source()));
    }
    command.set_issued_ms(real_now_ns() / 1'000'000);
    auto endpoint = endpoint_for(options.broker, options.user, options.credentials);
    if (!endpoint) {
        fmt::print(stderr, "anju-sim: {}\n", endpoint.error().text());
        return 1;
    }
    endpoint->client_id = fmt::format("sim-command-{}", ::getpid());

    Waiter waiter;
    Mailbox<mqtt::Incoming> inbox(waiter, 10'000);
    const auto base = "anju/v1/district/" + command.gateway_id();
    mqtt::Session::Options session_options;
    session_options.endpoint = std::move(*endpoint);
    session_options.subscriptions = {{base + "/up/alarm", 1}};
    mqtt::Session session(
        std::move(session_options),
        [&](mqtt::Incoming&& message) { inbox.put(std::move(message)); },
        [&](bool) { waiter.wake(); });
    session.start();

    const auto bytes = command.SerializeAsString();
    const auto deadline = Steady::now() + options.timeout;
    auto next_send = Steady::now();
    while (Steady::now() < deadline && !waiter.stopping()) {
        // The gateway answers a repetition with the same answer.
        if (session.connected() && Steady::now() >= next_send &&
            session.publish(base + "/down/command", bytes, 1)) {
            next_send = Steady::now() + 3s;
        }
        for (const auto& message : inbox.take()) {
            const auto answer = answer_in(message, command.command_id());
            if (!answer) continue;
            auto status = v1::CommandResult::Status_Name(answer->status());
            print(options, command.command_id(), status, answer->text());
            return exit_status(answer->status());
        }
        const auto retry = session.connected() ? next_send : deadline;
        waiter.wait(std::min(deadline, std::max(retry, Steady::now() + 10ms)));
    }
    if (!session.connected()) {
        fmt::print(stderr,
                   "anju-sim: {}: cannot connect: {} (check that the district broker runs)\n",
                   options.broker, session.stats().last_error);
        return 1;
    }
    print(options, command.command_id(), "NO_ANSWER",
          "is the gateway connected to this broker, and is its id right?");
    return 5;
}

}  // namespace anju::sim
