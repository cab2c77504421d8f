// What persons know of the resident, and the self-check (本人确认) that any sign of life answers.
#include <algorithm>
#include <string>
#include <utility>

#include "core/engine/step.hpp"
#include "core/model/names.hpp"

namespace anju {

void Step::answer_self_checks(Instant when) {
    for (Alert* const alert : home_.book.asking()) {
        bool answered = when > alert->evidence.until;
        if (alert->kind == AlertKind::not_returned) {
            // A sign of somebody is none of the person who is out, until it says who came home.
            answered = whereabouts_of_silence(home_, at_).where != Whereabouts::out;
        } else if (alert->kind == AlertKind::inactivity &&
                   alert->evidence.rule != name(Preset::door_24h)) {
            answered = when > alert->evidence.since;  // there was no such silence
        }
        if (answered) take_back(*alert, "system");
    }
}

/// Pressed in the flat, so whoever was missed is back, where it can only have been that one.
void Step::answered_by_hand(Instant when) {
    for (Alert* const alert : home_.book.asking()) {
        const bool of_another = alert->kind == AlertKind::not_returned &&  //
                                home_.household.residents.size() > 1;
        if (when > alert->evidence.since && !of_another) take_back(*alert, "resident");
    }
}

void Step::take_back(Alert& alert, const std::string& actor) {
    home_.book.move(alert, AlertState::cancelled, StepCause::sign_of_life, actor, at_, recorder_);
    begin_anew(alert);
}

void Step::begin_anew(const Alert& alert) {
    if (detect::RepeatGuard* const guard = home_.guard_of(alert.kind)) guard->release();
    if (alert.kind == AlertKind::water_low) home_.water.covered_from(at_);
    if (alert.evidence.rule == name(Preset::door_24h)) home_.door.restart(at_);
}

/// It says nothing about when this person is up and about, and is not learned from; nor where the
/// person is, for a telephone is carried along.
void Step::witness(Instant when) {
    when = std::min(when, at_);
    home_.last_sign_of_life = std::max(home_.last_sign_of_life, when);
    if (!home_.watched()) return;
    if (home_.inactivity.since() != Instant{} && when > home_.inactivity.since()) {
        home_.inactivity.restart(when, true);
        home_.told = Concern::none;
    }
    home_.water.covered_from(when);
    home_.door.restart(when);
    for (Alert* const alert : home_.book.asking()) {
        if (when > alert->evidence.since) take_back(*alert, "system");
    }
}

/// Sensors cannot tell two residents apart, so what they found stands while somebody is at home;
/// a contact was to be with one of them.
void Step::suppress() {
    const auto gone = [this](const Alert& alert) {
        return !home_.watched() ||
               (alert.kind == AlertKind::contact_failed && !home_.watched(alert.resident));
    };
    home_.book.suppress(gone, at_, recorder_);
}

/// The rounds tell of the calls or visits that failed; the home adds how long it has been silent.
void Step::claim_contact_failed(const AlertAsked& asked) {
    Evidence evidence = asked.evidence;
    if (evidence.until == Instant{}) evidence.until = at_;
    if (evidence.sources.empty()) evidence.sources = all_sources();
    evidence.measured = evidence.threshold = 0;
    evidence.unit = EvidenceUnit::none;
    if (home_.last_sign_of_life != Instant{}) {
        evidence.measured =
            std::max<std::int64_t>((evidence.until - home_.last_sign_of_life).count(), 0);
        evidence.unit = EvidenceUnit::milliseconds;
    }
    home_.book.raise({.kind = AlertKind::contact_failed,
                      .device = {},
                      .evidence = std::move(evidence),
                      .resident = asked.resident},
                     at_, home_.household, ladder(), recorder_);
}

void Step::merge(const AlertMerged& merged) {
    if (merged.into.empty()) {
        home_.book.part(merged.alert, at_, ladder(), recorder_);
    } else {
        home_.book.merge(merged.alert, merged.into, at_, recorder_);
    }
}

}  // namespace anju
