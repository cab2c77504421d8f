// The alerts of the community itself, on a ladder like any other: when many homes fall silent at
// once, one area_outage stands for theirs; when a way to its people fails, one channel_failed for
// each.
#include <utility>

#include "core/alert/command.hpp"
#include "core/care/desk_step.hpp"
#include "core/engine/recorder.hpp"

namespace anju::care {
namespace {

/// What the book of alerts has to know of whom it belongs to.
Household as_unit(const Community& community) {
    Household unit;
    unit.id = unit_of(community.id);
    unit.community = community.id.value;
    unit.rules.ladder = community.ladder;
    unit.calendar = community.calendar;
    return unit;
}

/// The book of a community in use, for one step.
struct Open {
    explicit Open(DeskState& desk, Instant at, Decisions& out)
        : unit(as_unit(desk.community)),
          ladder(unit.rules.ladder, unit.calendar, desk.utc_offset),
          recorder(unit, desk.decisions, {desk.utc_offset}, at, out) {}

    Household unit;
    Ladder ladder;
    Recorder recorder;
};

/// The outage that stands; empty: none does.
AlertId standing(const AlertBook& book) {
    for (const Alert& alert : book.pending()) {
        if (alert.kind == AlertKind::area_outage && anju::is_open(alert.state)) return alert.id;
    }
    return {};
}

}  // namespace

std::optional<Instant> alerts_due(const DeskState& desk) {
    if (desk.book.pending().empty()) return std::nullopt;
    const Household unit = as_unit(desk.community);
    return desk.book.deadline(unit.rules.reopen_window,
                              Ladder(unit.rules.ladder, unit.calendar, desk.utc_offset));
}

std::vector<Alert> alerts_of(const DeskState& desk) {
    const Household unit = as_unit(desk.community);
    std::vector<Alert> alerts = desk.book.pending();
    for (Alert& alert : alerts) word(alert, unit, {desk.utc_offset});
    return alerts;
}

void DeskStep::watch_outage(const Alert& alert) {
    if (const auto verdict = desk_.outage.take(alert, at_)) turn(*verdict);
}

void DeskStep::forget_home(const HouseholdId& household) {
    if (const auto verdict = desk_.outage.forget(household)) turn(*verdict);
}

void DeskStep::turn(const AreaOutage::Verdict& verdict) {
    Open open(desk_, at_, out_);
    AlertId into;
    switch (verdict.turn) {
        case AreaOutage::Turn::begins:
            desk_.book.raise(
                {.kind = AlertKind::area_outage,
                 .device = {},
                 .evidence = {.rule = "area_outage",
                              .since = verdict.since,
                              .until = at_,
                              .measured = static_cast<std::int64_t>(verdict.homes) * 1000,
                              .threshold = AreaOutage::more_than * 1000,
                              .unit = EvidenceUnit::thousandths,
                              .sources = {}}},
                at_, open.unit, open.ladder, open.recorder);
            into = standing(desk_.book);
            break;
        case AreaOutage::Turn::joins:
            into = standing(desk_.book);
            // Somebody has resolved it while homes are still lost: theirs stand for themselves.
            if (into.empty()) return;
            break;
        case AreaOutage::Turn::ends:
            desk_.book.recover(AlertKind::area_outage, {}, at_, open.recorder);
            break;
    }
    if (!verdict.alerts.empty()) {
        next().what = OutageSpread{.into = into, .alerts = verdict.alerts};
    }
}

void DeskStep::told(const ChannelHealth& input) {
    Open open(desk_, at_, out_);
    const DeviceId channel{input.channel};
    if (!input.failing) {
        desk_.book.recover(AlertKind::channel_failed, channel, at_, open.recorder);
        return;
    }
    desk_.book.raise({.kind = AlertKind::channel_failed,
                      .device = channel,
                      .evidence = {.rule = input.failures == 0 ? "refused" : "failures",
                                   .since = input.since,
                                   .until = at_,
                                   .measured = static_cast<std::int64_t>(input.failures) * 1000,
                                   .unit = EvidenceUnit::thousandths,
                                   .sources = {}},
                      .note = input.cause},
                     at_, open.unit, open.ladder, open.recorder);
}

void DeskStep::climb() {
    Open open(desk_, at_, out_);
    desk_.book.run(at_, open.unit.rules.reopen_window, open.ladder, open.recorder);
}

void DeskStep::end_alerts() {
    Open open(desk_, at_, out_);
    desk_.book.cancel_all(at_, open.recorder);
}

void DeskStep::command(const AlertCommand& input) {
    Open open(desk_, at_, out_);
    CommandAnswered answer = anju::carry_out(desk_.book, input, at_, open.ladder, open.recorder);
    open.recorder.answered(std::move(answer));
}

}  // namespace anju::care
