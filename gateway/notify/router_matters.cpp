// What each decision gives notices of; see router.hpp.
#include <algorithm>
#include <utility>

#include "core/model/care_names.hpp"
#include "core/model/person.hpp"
#include "notify/matter.hpp"
#include "notify/names.hpp"

namespace anju::notify {
namespace {

/// What the holder of the link may do with it.
std::optional<AlertVerb> verb_of(SummonsCause cause) {
    switch (cause) {
        case SummonsCause::told:
        case SummonsCause::unanswered:
        case SummonsCause::ask_119:
        case SummonsCause::again:
            return AlertVerb::acknowledge;
        case SummonsCause::not_moving:
            return AlertVerb::en_route;
        case SummonsCause::review:
            return AlertVerb::review;
        case SummonsCause::ask_resident:
            return AlertVerb::i_am_well;  // says whoever phoned
        case SummonsCause::overdue:
        case SummonsCause::stood_down:
            break;
    }
    return std::nullopt;
}

/// Who is told where nobody has the role, so that somebody is who can go or send; nullopt: nobody.
std::optional<Role> next_after(Role vacant) {
    switch (vacant) {
        case Role::grid_worker:
            return Role::second_worker;
        case Role::second_worker:
        case Role::maintainer:
        case Role::owner:
            return Role::community_lead;
        case Role::community_lead:
            return Role::street_centre;
        default:
            return std::nullopt;
    }
}

/// The alert as the decisions of this very moment leave it.
std::optional<Alert> changed_now(std::span<const Decision> all, const AlertId& id) {
    std::optional<Alert> out;
    for (const Decision& decision : all) {
        const auto* changed = std::get_if<AlertChanged>(&decision.what);
        if (changed != nullptr && changed->alert.id == id) out = changed->alert;
    }
    return out;
}

/// Who is told of an alert of which these would be. Phone numbers of relatives and neighbours of a
/// home that was made up are nobody's, or somebody's who knows of nothing.
std::vector<Role> practising(Drill drill, std::vector<Role> roles) {
    if (drill == Drill::maintainers) return {Role::maintainer};
    if (drill == Drill::staff) {
        std::erase_if(roles, [](Role role) {
            return role == Role::emergency_contact || role == Role::neighbour;
        });
        if (roles.empty()) roles.push_back(Role::maintainer);
    }
    return roles;
}

bool was_told(const Notice& notice) {
    return notice.cause != SummonsCause::stood_down && notice.cause != SummonsCause::review &&
           (notice.state == NoticeState::sending || notice.state == NoticeState::sent ||
            notice.state == NoticeState::delivered);
}

}  // namespace

std::vector<Notice> Router::notices(const Decision& decision, std::span<const Decision> all,
                                    std::span<const Notice> earlier, Instant now) const {
    if (options_.channels.empty()) return {};
    if (const auto* summons_made = std::get_if<Summons>(&decision.what)) {
        return summons(decision, *summons_made, all, earlier, now);
    }
    if (const auto* changed = std::get_if<TaskChanged>(&decision.what)) {
        return task(decision, *changed, now);
    }
    if (const auto* made = std::get_if<PlanMade>(&decision.what)) return plan(decision, *made, now);
    return {};
}

Matter Router::matter_of(const Decision& decision, const Summons& summons,
                         std::span<const Decision> all, Instant now) const {
    Matter out;
    out.unit = decision.household;
    out.subject = summons.alert.value;
    out.priority = summons.priority;
    out.cause = summons.cause;
    out.kind = summons.kind;
    out.now = now;
    out.alert = changed_now(all, summons.alert);
    if (!out.alert) out.alert = directory_.alert(decision.household, summons.alert);
    out.scene =
        directory_.scene(decision.household, out.alert ? out.alert->resident : ResidentId{});
    out.digest = summons.priority == Priority::p3 || summons.priority == Priority::p4;
    out.verb = verb_of(summons.cause);
    if (summons.kind == AlertKind::channel_failed && out.alert) {
        out.channel = out.alert->device.value;
        out.digest = false;  // what else is to be told waits for this one
    }
    // Whoever was handed an alert has it already.
    if (summons.roles.size() == 1 && summons.roles.front() == Role::owner) {
        out.verb =
            summons.cause == SummonsCause::told ? std::optional(AlertVerb::en_route) : std::nullopt;
    }
    return out;
}

std::optional<std::string> Router::channel_of(const Decision& decision,
                                              std::span<const Decision> all) const {
    const auto* summons = std::get_if<Summons>(&decision.what);
    if (summons == nullptr || summons->kind != AlertKind::channel_failed) return std::nullopt;
    auto alert = changed_now(all, summons->alert);
    if (!alert) alert = directory_.alert(decision.household, summons->alert);
    if (!alert) return std::nullopt;
    return alert->device.value;
}

std::vector<HouseholdId> Router::units_reached_by(const std::string& channel) const {
    const auto rules = std::ranges::find(options_.channels, channel, &ChannelRules::name);
    if (rules == options_.channels.end()) return {};
    std::vector<HouseholdId> out = directory_.units_of_communities();
    if (rules->communities.empty()) return out;
    std::erase_if(out, [&](const HouseholdId& unit) {
        const auto community = community_of(unit);
        return !community ||
               std::ranges::find(rules->communities, community->value) == rules->communities.end();
    });
    return out;
}

std::vector<Notice> Router::summons(const Decision& decision, const Summons& summons,
                                    std::span<const Decision> all, std::span<const Notice> earlier,
                                    Instant now) const {
    const Matter matter = matter_of(decision, summons, all, now);
    if (summons.cause == SummonsCause::stood_down) return stood_down(matter, earlier);
    std::vector<Notice> out;
    std::vector<Role> roles = practising(matter.drill(), summons.roles);
    if (const auto resident = std::ranges::find(roles, Role::resident); resident != roles.end()) {
        roles.erase(resident);
        if (matter.drill() == Drill::none && directory_.can_ask(matter.unit)) {
            out.push_back(ask_home(matter));
        } else if (std::ranges::find(roles, Role::grid_worker) == roles.end()) {
            roles.push_back(Role::grid_worker);
        }
    }
    // For a maintainer who is missing nobody else is disturbed by a drill.
    if (matter.drill() != Drill::maintainers) {
        roles = with_stand_ins(matter, std::move(roles), out);
    }
    tell(matter, roles, out);
    return out;
}

std::vector<Role> Router::with_stand_ins(const Matter& matter, std::vector<Role> roles,
                                         std::vector<Notice>& out) const {
    for (const Role wanted : std::vector<Role>(roles)) {
        std::vector<Role> vacant;
        std::optional<Role> who = wanted;
        while (who && persons(matter, *who).empty()) {
            vacant.push_back(*who);
            who = next_after(*who);
        }
        if (!who) continue;  // tell() writes down that nobody is there
        for (const Role role : vacant) note_vacancy(matter, role, out);
        if (std::ranges::find(roles, *who) == roles.end()) roles.push_back(*who);
    }
    return roles;
}

void Router::note_vacancy(const Matter& matter, Role role, std::vector<Notice>& out) const {
    Notice nobody = blank(matter, "nobody:" + std::string(name(role)));
    nobody.state = NoticeState::skipped;
    nobody.answer = "nobody has the role";
    const bool noted = std::ranges::any_of(
        out, [&](const Notice& one) { return one.recipient == nobody.recipient; });
    if (!noted) out.push_back(std::move(nobody));
}

std::vector<Person> Router::owners(const Matter& matter) const {
    if (!matter.alert) return {};
    const std::string owner{anju::person_of(matter.alert->owner)};
    constexpr std::string_view mark = "worker:";
    if (owner.starts_with(mark)) {
        if (auto one = directory_.worker(matter.unit, WorkerId{owner.substr(mark.size())})) {
            return {std::move(*one)};
        }
    }
    for (const Role role : {Role::emergency_contact, Role::neighbour}) {
        for (Person& one : directory_.who(role, matter.unit, matter.now)) {
            if (one.key == owner) return {std::move(one)};
        }
    }
    return {};
}

std::vector<Notice> Router::stood_down(const Matter& matter,
                                       std::span<const Notice> earlier) const {
    std::vector<Notice> out;
    for (const Notice& one : earlier) {
        if (!was_told(one) || one.recipient.starts_with("resident:")) continue;
        const bool again = std::ranges::any_of(
            out, [&one](const Notice& other) { return other.recipient == one.recipient; });
        if (again) continue;
        Notice notice = blank(matter, one.recipient);
        notice.mentions = one.mentions;
        // First over the channel that reached them.
        notice.routes = one.routes;
        std::ranges::stable_partition(
            notice.routes, [&one](const NoticeRoute& route) { return route.channel == one.over; });
        write(notice, matter);
        out.push_back(std::move(notice));
    }
    return out;
}

std::vector<Notice> Router::channel_changed(const std::string& channel, const std::string& failure,
                                            Instant now) const {
    Matter matter;
    matter.topic = NoticeTopic::channel;
    matter.subject = "channel/" + channel;
    if (!failure.empty()) matter.channel = channel;
    matter.priority = Priority::p4;
    matter.now = now;
    const texts::Pair words = failure.empty() ? texts::channel_back : texts::channel_down;
    const auto line = [&](texts::Language language) {
        return texts::with(texts::with(words.in(language), "name", channel), "text", failure);
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    std::vector<Notice> out;
    std::vector<HouseholdId> units = directory_.units_of_communities();
    if (units.empty()) units.emplace_back("");
    for (const HouseholdId& unit : units) {
        matter.unit = unit;
        matter.scene = directory_.scene(unit, {});
        std::vector<Notice> more;
        tell(matter, {Role::maintainer}, more);
        for (Notice& notice : more) {
            const bool again = std::ranges::any_of(
                out, [&](const Notice& one) { return one.recipient == notice.recipient; });
            if (!again) out.push_back(std::move(notice));
        }
    }
    return out;
}

Notice Router::test(const std::string& channel, const std::string& address, Instant now) const {
    Matter matter;
    matter.topic = NoticeTopic::test;
    matter.priority = Priority::p4;
    matter.now = now;
    matter.line_zh = texts::test.zh;
    matter.line_en = texts::test.en;
    Notice out = blank(matter, "test");
    out.expires = now + options_.test_expires;
    out.routes.push_back({channel, address, Wording::open, false});
    write(out, matter);
    return out;
}

}  // namespace anju::notify
