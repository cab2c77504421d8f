#include "core/alert/ladder.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "core/check.hpp"

namespace anju {
namespace {

using enum Role;

constexpr std::array the_resident{resident};
constexpr std::array p1_at_once{emergency_contact, grid_worker, street_centre};
constexpr std::array p2_at_once{emergency_contact, grid_worker};
constexpr std::array worker{grid_worker};
constexpr std::array second{second_worker};
constexpr std::array helpers{neighbour, second_worker};
constexpr std::array lead{community_lead};
constexpr std::array street{street_centre};
constexpr std::array p1_everybody{emergency_contact, neighbour, grid_worker, second_worker,
                                  street_centre};
constexpr std::array lead_and_street{community_lead, street_centre};
constexpr std::array repair{maintainer};
constexpr std::array lead_and_repair{community_lead, maintainer};

struct Rung {
    Duration LadderRules::* after;  // nullptr: at once
    std::span<const Role> roles;
    SummonsCause cause = SummonsCause::unanswered;
};

constexpr std::array p1_rungs{Rung{nullptr, p1_at_once, SummonsCause::told},
                              Rung{&LadderRules::p1_second_worker, helpers},
                              Rung{&LadderRules::p1_street_again, street},
                              Rung{&LadderRules::p1_ask_119, p1_everybody, SummonsCause::ask_119}};
constexpr std::array p2_rungs{
    Rung{nullptr, p2_at_once, SummonsCause::told}, Rung{&LadderRules::p2_second_worker, second},
    Rung{&LadderRules::p2_lead, lead}, Rung{&LadderRules::p2_street, street}};
constexpr std::array p3_rungs{Rung{nullptr, worker, SummonsCause::told},
                              Rung{&LadderRules::p3_lead, lead}};
constexpr std::array p4_rungs{Rung{nullptr, repair, SummonsCause::told},
                              Rung{&LadderRules::p4_lead, lead}};
constexpr std::array test_rungs{Rung{nullptr, repair, SummonsCause::told}};

std::span<const Rung> rungs_of(const Alert& alert) {
    switch (alert.priority) {
        case Priority::p1:
            return p1_rungs;
        case Priority::p2:
            return p2_rungs;
        case Priority::p3:
            return p3_rungs;
        case Priority::p4:
            break;
    }
    return alert.kind == AlertKind::test ? std::span<const Rung>(test_rungs) : p4_rungs;
}

bool is_urgent(const Alert& alert) {
    return alert.priority <= Priority::p2;
}

/// Whom the next telling goes to, whatever it is for, and whether 119 is to be thought of.
Rung upwards(const Alert& alert) {
    const auto rungs = rungs_of(alert);
    if (alert.rung < rungs.size()) return rungs[alert.rung];
    if (is_urgent(alert)) return {nullptr, street};
    return {nullptr,
            alert.priority == Priority::p3 ? std::span<const Role>(lead) : lead_and_repair};
}

Instant reminder(const Alert& alert, Duration every) {
    const bool persists = alert.told_at - alert.opened_at >= Ladder::persistent;
    return alert.told_at + (persists ? every * Ladder::rarely : every);
}

}  // namespace

std::optional<Ladder::Step> Ladder::next(const Alert& alert) const {
    const auto sooner = [](std::optional<Step> one, std::optional<Step> other) {
        if (!one || (other && other->at < one->at)) return other;
        return one;
    };
    switch (alert.state) {
        case AlertState::suspected:
        case AlertState::self_check:
            return self_check(alert);
        case AlertState::open:
            return sooner(limit(alert), rung(alert));
        case AlertState::acknowledged:
            return sooner(limit(alert), resumption(alert));
        case AlertState::en_route:
            return limit(alert);
        case AlertState::on_site:  // whoever is there repairs it, or does not
            return alert.priority == Priority::p4 ? limit(alert) : std::nullopt;
        case AlertState::closed:
            return review(alert);
        case AlertState::resolved:
        case AlertState::merged:
        case AlertState::suppressed:
        case AlertState::cancelled:
            break;
    }
    return std::nullopt;
}

Ladder::Step Ladder::self_check(const Alert& alert) const {
    const Instant at = alert.rung == 0 ? alert.changed_at : alert.told_at + rules_.self_check_gap;
    if (alert.rung < rules_.self_check_asks) {
        return {.at = at,
                .to = AlertState::self_check,
                .cause = StepCause::unanswered,
                .summons = SummonsCause::ask_resident,
                .roles = the_resident};
    }
    return {.at = at,
            .to = AlertState::open,
            .cause = StepCause::no_answer,
            .summons = SummonsCause::told,
            .roles = rungs_of(alert).front().roles};
}

std::optional<Ladder::Step> Ladder::rung(const Alert& alert) const {
    Step step{.to = AlertState::open, .cause = StepCause::unanswered, .escalates = alert.rung > 0};
    const auto rungs = rungs_of(alert);
    if (alert.rung >= rungs.size()) {
        if (!is_urgent(alert)) return std::nullopt;
        step.at = reminder(alert, alert.priority == Priority::p1 ? p1_reminder : p2_reminder);
        step.summons = SummonsCause::unanswered;
        step.roles = street;
        return step;
    }
    const Rung& up = rungs[alert.rung];
    step.summons = up.cause;
    step.roles = up.roles;
    if (up.after == nullptr) {
        step.at = alert.opened_at;
    } else if (alert.priority == Priority::p3) {
        step.at = after_working_time(alert.opened_at, rules_.*up.after, calendar_, rules_.hours,
                                     utc_offset_);
    } else {
        step.at = alert.opened_at + rules_.*up.after;
    }
    return step;
}

std::optional<Ladder::Step> Ladder::resumption(const Alert& alert) const {
    if (!is_urgent(alert)) return std::nullopt;
    const Rung up = upwards(alert);
    return Step{.at = alert.acknowledged_at +
                      (alert.priority == Priority::p1 ? rules_.p1_resume : rules_.p2_resume),
                .to = AlertState::open,
                .cause = StepCause::not_moving,
                .summons = up.cause == SummonsCause::ask_119 ? SummonsCause::ask_119
                                                             : SummonsCause::not_moving,
                .roles = up.roles,
                .escalates = alert.rung > 0};
}

std::optional<Ladder::Step> Ladder::limit(const Alert& alert) const {
    if (alert.kind == AlertKind::test) return std::nullopt;
    const Rung up = upwards(alert);
    Step step{.to = alert.state,
              .cause = StepCause::overdue,
              .summons =
                  up.cause == SummonsCause::ask_119 ? SummonsCause::ask_119 : SummonsCause::overdue,
              .roles = alert.priority == Priority::p4 ? lead_and_repair : up.roles,
              .escalates = alert.rung > 0,
              .overdue = true};
    if (alert.overdue) {
        if (alert.state != AlertState::en_route || !is_urgent(alert)) return std::nullopt;
        step.at = reminder(alert, overdue_reminder);
        return step;
    }
    step.at = limit_of(alert);
    if (alert.state == AlertState::open && is_urgent(alert)) {
        step.roles = {};
        step.escalates = false;
    }
    return step;
}

Instant Ladder::limit_of(const Alert& alert) const {
    switch (alert.priority) {
        case Priority::p1:
            return alert.opened_at + rules_.p1_arrival;
        case Priority::p2:
            return alert.opened_at + rules_.p2_arrival;
        case Priority::p3: {
            Date day = date_of(alert.opened_at, utc_offset_) + 1;
            while (!calendar_.is_working(day)) day = day + 1;
            return instant_at(day, rules_.hours.to, utc_offset_);
        }
        case Priority::p4:
            break;
    }
    return alert.opened_at + (blinds_protection(alert) ? rules_.p4_repair_blind : rules_.p4_repair);
}

std::optional<Ladder::Step> Ladder::review(const Alert& alert) const {
    // Those of versions that knew no review say nothing of who closed them.
    const Instant due = alert.closed_at + rules_.review;
    if (!is_urgent(alert) || alert.closed_by.empty() || !alert.reviewed_by.empty() ||
        alert.told_at >= due) {
        return std::nullopt;
    }
    return Step{.at = due,
                .to = AlertState::closed,
                .cause = StepCause::overdue,
                .summons = SummonsCause::review,
                .roles = lead_and_street,
                .overdue = true};
}

void Ladder::climb(Alert& alert, const Step& step, Instant at) {
    ANJU_CHECK(at >= step.at, "no step is made before it is due");
    if (step.to == AlertState::open && alert.state != AlertState::open) {
        if (alert.opened_at == Instant{}) {
            begin(alert);
            alert.opened_at = at;
        }
        alert.owner.clear();
        alert.acknowledged_at = alert.en_route_at = Instant{};
    }
    alert.state = step.to;
    alert.cause = step.cause;
    alert.changed_at = at;
    alert.escalated = alert.escalated || step.escalates;
    alert.overdue = alert.overdue || step.overdue;
    if (step.roles.empty()) return;
    alert.told_at = at;
    if (alert.rung < std::numeric_limits<decltype(alert.rung)>::max()) ++alert.rung;
}

void Ladder::begin(Alert& alert) {
    alert.rung = 0;
    alert.escalated = alert.overdue = false;
    alert.opened_at = alert.told_at = Instant{};
    alert.first_acknowledged_at = alert.acknowledged_at = Instant{};
    alert.en_route_at = alert.on_site_at = alert.closed_at = Instant{};
    alert.owner.clear();
    alert.merged_into = AlertId{};
    alert.closed_by.clear();
    alert.reviewed_by.clear();
    alert.reason = ClosingReason::none;
    alert.note.clear();
}

std::vector<Role> Ladder::told(const Alert& alert) {
    if (alert.opened_at == Instant{}) return {};
    std::vector<Role> roles;
    const auto rungs = rungs_of(alert);
    for (std::size_t i = 0; i < std::min<std::size_t>(alert.rung, rungs.size()); ++i) {
        roles.insert(roles.end(), rungs[i].roles.begin(), rungs[i].roles.end());
    }
    std::ranges::sort(roles);
    const auto repeated = std::ranges::unique(roles);
    roles.erase(repeated.begin(), repeated.end());
    return roles;
}

bool Ladder::blinds_protection(const Alert& alert) {
    if (alert.kind != AlertKind::device_offline && alert.kind != AlertKind::data_stale &&
        alert.kind != AlertKind::tamper && alert.kind != AlertKind::mains_lost) {
        return false;
    }
    return std::ranges::any_of(alert.evidence.sources, [&](const EvidenceSource& source) {
        return source.device == alert.device &&
               (source.kind == SensorKind::smoke || source.kind == SensorKind::gas ||
                source.kind == SensorKind::sos);
    });
}

}  // namespace anju
