#include "core/alert/command.hpp"

#include <string>

#include "core/check.hpp"
#include "core/model/names.hpp"

namespace anju {
namespace {

AlertState asked_for(AlertVerb verb) {
    switch (verb) {
        case AlertVerb::en_route:
            return AlertState::en_route;
        case AlertVerb::on_site:
            return AlertState::on_site;
        case AlertVerb::reopen:
        case AlertVerb::review:
        case AlertVerb::hand_over:
        case AlertVerb::i_am_well:
        case AlertVerb::acknowledge:
            return AlertState::acknowledged;
        case AlertVerb::resolve:
            return AlertState::resolved;
        case AlertVerb::close:
            return AlertState::closed;
    }
    check_failed("verb", "an AlertVerb has one of its values", __FILE__, __LINE__);
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

CommandAnswered answer(const AlertCommand& command, CommandStatus status, std::string text = {}) {
    return {.command_id = command.command_id, .status = status, .text = std::move(text)};
}

}  // namespace

CommandAnswered no_such_alert(const AlertCommand& command) {
    return answer(command, CommandStatus::refused,
                  "no alert \"" + command.alert.value +
                      "\" here: check the number, or it ended so long ago that it is only kept "
                      "in the history");
}

CommandAnswered carry_out(AlertBook& book, const AlertCommand& command, Instant at,
                          AlertSink& sink) {
    Alert* alert = book.find(command.alert);
    if (alert == nullptr) return no_such_alert(command);
    const AlertState target = asked_for(command.verb);
    if (alert->state >= target) {
        return answer(command, CommandStatus::already,
                      "the alert is already " + std::string(name(alert->state)));
    }
    if (target == AlertState::closed &&
        (command.reason == ClosingReason::none || is_blank(command.note))) {
        return answer(command, CommandStatus::refused,
                      "closing takes a reason and a note: say what it was and what was done");
    }
    for (const AlertState step :
         {AlertState::acknowledged, AlertState::resolved, AlertState::closed}) {
        if (step <= alert->state || step > target) continue;
        if (step == target && !is_blank(command.note)) alert->note = command.note;
        if (step == AlertState::closed) alert->reason = command.reason;
        book.move(*alert, step, command.actor, at, sink);
    }
    return answer(command, CommandStatus::applied);
}

}  // namespace anju
