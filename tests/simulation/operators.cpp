#include "tests/simulation/operators.hpp"

#include <fmt/format.h>

namespace anju::whole {

using namespace std::chrono_literals;

Operators::Operators(World& world, const Weather& weather, Platform& platform, Chronicle& chronicle,
                     std::uint64_t seed)
    : world_(world), weather_(weather), platform_(platform), chronicle_(chronicle), dice_(seed) {}

void Operators::heard(const v1::DistrictEvent& event) {
    if (event.has_command_result()) {
        const auto found = orders_.find(event.command_result().command_id());
        if (found == orders_.end()) {
            return chronicle_.wrong("order {} was answered and never given",
                                    event.command_result().command_id());
        }
        Order& order = found->second;
        const int status = event.command_result().status();
        if (order.answered && order.status != status && !order.may_differ) {
            chronicle_.wrong("order {} was answered {} and then {}", found->first, order.status,
                             status);
        }
        order.answered = true;
        order.status = status;
        return;
    }
    if (!event.has_alert() || hushed_) return;
    const v1::AlertEvent& alert = event.alert();
    if (!known_.insert(alert.alert_id()).second) return;
    deal_with(alert.alert_id(), alert.priority() <= 2);
}

/// Not before a fire is out: whoever closes while it smokes would be told again, and rightly.
void Operators::deal_with(const std::string& alert, bool urgent) {
    Duration at = 15min + Duration{dice_.between(0, 90 * 60'000)};
    // Some are left, and told of again and again; but for years nothing is.
    if (dice_.chance(100)) at += std::chrono::hours{dice_.between(24, 24 * 4)};
    const auto then = [&](v1::AlertAction::Verb verb) {
        world_.in(at, [this, alert, verb] { give(alert, verb); });
        at += Duration{dice_.between(1'000, 30 * 60'000)};
    };
    if (dice_.chance(800)) then(v1::AlertAction::VERB_ACKNOWLEDGE);
    if (urgent) then(v1::AlertAction::VERB_ON_SITE);
    if (dice_.chance(500)) then(v1::AlertAction::VERB_RESOLVE);
    then(v1::AlertAction::VERB_CLOSE);
    if (urgent) then(v1::AlertAction::VERB_REVIEW);
}

void Operators::give(const std::string& alert, v1::AlertAction::Verb verb) {
    if (hushed_) return;
    const std::string id = fmt::format("order-{}", orders_.size() + 1);
    v1::DistrictCommand command;
    command.set_command_id(id);
    command.set_gateway_id(gateway_name);
    command.set_issuer(verb == v1::AlertAction::VERB_REVIEW ? "lead" : "desk");
    v1::AlertAction& action = *command.mutable_alert();
    action.set_alert_id(alert);
    action.set_verb(verb);
    action.set_reason(v1::CLOSING_REASON_HELP_GIVEN);
    action.set_note("seen");
    orders_[id] = {command.SerializeAsString(), world_.now(), false, 0};
    repeat(id);
}

void Operators::store_lost() {
    for (auto& [id, order] : orders_) order.may_differ = true;
}

void Operators::repeat(const std::string& id) {
    const Order& order = orders_.at(id);
    if (order.answered) return;
    platform_.command(order.bytes);
    world_.in(1min, [this, id] { repeat(id); });
}

void Operators::close_books() const {
    for (const auto& [id, order] : orders_) {
        if (order.answered || world_.now() - weather_.calm_since < settled_bound) continue;
        chronicle_.wrong("order {} was never answered", id);
    }
}

}  // namespace anju::whole
