#include "core/alert/command.hpp"

#include <array>
#include <string>
#include <utility>

#include "core/check.hpp"
#include "core/model/person.hpp"
#include "core/text/refusals.hpp"

namespace anju {
namespace {

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

CommandAnswered answer(const AlertCommand& command, CommandStatus status,
                       const text::Said& said = {}) {
    return {.command_id = command.command_id,
            .status = status,
            .text = said.en,
            .code = said.code,
            .text_zh = said.zh};
}

/// With the alert's state and who has it as facts.
text::Said of_state(const Alert& alert, std::string_view code) {
    const text::Wording state = text::state_name(alert.state);
    const text::Fact facts[] = {{"state", std::string(state.en), std::string(state.zh)},
                                {"owner", alert.owner}};
    return text::say(code, facts);
}

text::Said stands(const Alert& alert) {
    const bool had = !alert.owner.empty() && is_open(alert.state);
    return of_state(alert, had ? "stands_with" : "stands_already");
}

/// One command for one alert of the book.
class Execution {
public:
    Execution(AlertBook& book, Alert& alert, const AlertCommand& command, Instant at,
              const Ladder& ladder, AlertSink& sink)
        : book_(book), alert_(alert), command_(command), at_(at), ladder_(ladder), sink_(sink) {}

    CommandAnswered run() {
        switch (command_.verb) {
            case AlertVerb::acknowledge:
                return advance(AlertState::acknowledged);
            case AlertVerb::en_route:
                return advance(AlertState::en_route);
            case AlertVerb::on_site:
                return advance(AlertState::on_site);
            case AlertVerb::resolve:
                return advance(AlertState::resolved);
            case AlertVerb::close:
                return advance(AlertState::closed);
            case AlertVerb::reopen:
                return reopen();
            case AlertVerb::review:
                return review();
            case AlertVerb::hand_over:
                return hand_over();
            case AlertVerb::i_am_well:
                return well();
        }
        check_failed("verb", "an AlertVerb has one of its values", __FILE__, __LINE__);
    }

private:
    [[nodiscard]] CommandAnswered applied() const {
        return answer(command_, CommandStatus::applied);
    }
    [[nodiscard]] CommandAnswered already() const {
        return answer(command_, CommandStatus::already, stands(alert_));
    }
    [[nodiscard]] CommandAnswered refused(const text::Said& why) const {
        return answer(command_, CommandStatus::refused, why);
    }
    [[nodiscard]] CommandAnswered refused(std::string_view code) const {
        return refused(text::say(code));
    }

    CommandAnswered advance(AlertState target) {
        const bool moves_people = target == AlertState::en_route || target == AlertState::on_site;
        if (alert_.state > AlertState::closed) {
            return refused(of_state(alert_, "alert_over"));
        }
        if (moves_people && alert_.state > target) {
            return refused(of_state(alert_, is_open(alert_.state) ? "goes_on" : "alert_over"));
        }
        if (alert_.state >= target) return already();
        if (target == AlertState::closed &&
            (command_.reason == ClosingReason::none || is_blank(command_.note))) {
            return refused("closing_takes");
        }
        if (target == AlertState::resolved && alert_.priority <= Priority::p2 &&
            alert_.on_site_at == Instant{} && is_blank(command_.note)) {
            return refused("nobody_there");
        }
        for (const AlertState step :
             {AlertState::acknowledged, AlertState::en_route, AlertState::on_site,
              AlertState::resolved, AlertState::closed}) {
            const bool passed = step == AlertState::acknowledged || step == AlertState::resolved;
            if (step <= alert_.state || step > target || (!passed && step != target)) continue;
            if (step == target && !is_blank(command_.note)) alert_.note = command_.note;
            enter(step);
        }
        return applied();
    }
    void enter(AlertState step) {
        if (step == AlertState::acknowledged) {
            if (alert_.opened_at == Instant{}) {  // taken while the resident was being asked
                const std::string note = std::exchange(alert_.note, {});
                Ladder::begin(alert_);
                alert_.note = note;
                alert_.opened_at = at_;
            }
            alert_.acknowledged_at = at_;
            if (alert_.first_acknowledged_at == Instant{}) alert_.first_acknowledged_at = at_;
            alert_.owner = command_.actor;
        }
        if (step == AlertState::en_route) alert_.en_route_at = at_;
        if (step == AlertState::on_site) alert_.on_site_at = at_;
        if (step == AlertState::closed) {
            alert_.closed_by = command_.actor;
            alert_.closed_at = at_;
            alert_.reason = command_.reason;
        }
        move(step);
    }
    CommandAnswered reopen() {
        if (is_open(alert_.state)) return already();
        if (const AlertId newer = book_.newer_than(alert_); !newer.empty()) {
            const text::Fact facts[] = {{"alert", newer.value}};
            return refused(text::say("newer_alert", facts));
        }
        book_.reopen(alert_, command_.actor, at_, ladder_, sink_);
        if (!is_blank(command_.note)) {  // what is to be looked at once more
            alert_.note = command_.note;
            move(alert_.state);
        }
        return applied();
    }
    CommandAnswered review() {
        if (alert_.state != AlertState::closed) {
            return refused(of_state(alert_, "not_closed_yet"));
        }
        if (alert_.priority > Priority::p2) {
            return refused("needs_no_review");
        }
        if (!alert_.reviewed_by.empty()) {
            const text::Fact facts[] = {{"person", alert_.reviewed_by}};
            return answer(command_, CommandStatus::already, text::say("reviewed_already", facts));
        }
        if (same_person(alert_.closed_by, command_.actor)) {
            const text::Fact facts[] = {{"person", command_.actor}};
            return refused(text::say("own_closing", facts));
        }
        alert_.reviewed_by = command_.actor;
        if (!is_blank(command_.note)) alert_.note += "\n" + command_.note;
        move(AlertState::closed);
        return applied();
    }
    CommandAnswered hand_over() {
        if (!is_open(alert_.state)) {
            return refused(of_state(alert_, "alert_over"));
        }
        if (alert_.state < AlertState::acknowledged) {
            return refused("nobody_has_it");
        }
        const std::string owner = trimmed(command_.note);
        if (owner.empty()) return refused("to_whom");
        if (same_person(owner, alert_.owner)) return already();
        alert_.owner = owner;
        if (alert_.state == AlertState::on_site) {
            move(AlertState::on_site);
        } else {
            // Whoever has it now is not on the way yet, and has the time for it anew.
            alert_.acknowledged_at = at_;
            alert_.en_route_at = Instant{};
            move(AlertState::acknowledged);
        }
        constexpr std::array the_new_one{Role::owner};
        sink_.told(alert_, the_new_one, SummonsCause::told);
        return applied();
    }
    CommandAnswered well() {
        if (alert_.state == AlertState::cancelled) return already();
        if (alert_.state != AlertState::self_check) {
            return refused(is_open(alert_.state) ? text::say("others_know") : stands(alert_));
        }
        move(AlertState::cancelled);
        return applied();
    }
    void move(AlertState to) {
        book_.move(alert_, to, StepCause::person, command_.actor, at_, sink_);
    }

    AlertBook& book_;
    Alert& alert_;
    const AlertCommand& command_;
    Instant at_;
    const Ladder& ladder_;
    AlertSink& sink_;
};

}  // namespace

CommandAnswered no_such_alert(const AlertCommand& command) {
    const text::Fact facts[] = {{"alert", command.alert.value}};
    return answer(command, CommandStatus::refused, text::say("no_alert", facts));
}

CommandAnswered carry_out(AlertBook& book, const AlertCommand& command, Instant at,
                          const Ladder& ladder, AlertSink& sink) {
    Alert* alert = book.find(command.alert);
    if (alert == nullptr) return no_such_alert(command);
    return Execution(book, *alert, command, at, ladder, sink).run();
}

}  // namespace anju
