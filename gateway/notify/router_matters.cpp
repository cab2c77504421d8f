// What each decision gives notices of; see router.hpp.
#include <algorithm>
#include <utility>

#include "core/model/care_names.hpp"
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

bool was_told(const Notice& notice) {
    return notice.cause != SummonsCause::stood_down && notice.cause != SummonsCause::review &&
           (notice.state == NoticeState::sending || notice.state == NoticeState::sent ||
            notice.state == NoticeState::delivered);
}

/// "王*兰 r5": whom it is about, for a group.
std::string about(const Scene& scene, const ResidentId& resident) {
    if (scene.resident_name.empty()) return resident.value;
    return masked_name(scene.resident_name) + " " + resident.value;
}

/// It was to be done by now. Contacts of the quota are told of by the plan that mends them.
bool became_overdue(const Decision& decision, const TaskChanged& changed) {
    const CareTask& task = changed.task;
    return task.overdue && !task.quota && task.state <= TaskState::in_progress &&
           changed.from == task.state && decision.at == task.due;
}

std::string date_of(Instant at, Duration offset) {
    const auto day = std::chrono::floor<std::chrono::days>(at + offset);
    return std::to_string(day.time_since_epoch().count());
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
    std::vector<Role> roles = summons.roles;
    if (const auto resident = std::ranges::find(roles, Role::resident); resident != roles.end()) {
        roles.erase(resident);
        if (directory_.can_ask(matter.unit)) {
            out.push_back(ask_home(matter));
        } else if (std::ranges::find(roles, Role::grid_worker) == roles.end()) {
            roles.push_back(Role::grid_worker);
        }
    }
    roles = with_stand_ins(matter, std::move(roles), out);
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

std::vector<Notice> Router::task(const Decision& decision, const TaskChanged& changed,
                                 Instant now) const {
    const CareTask& task = changed.task;
    if (became_overdue(decision, changed)) return overdue(decision, task, now);
    const bool today = date_of(now, options_.utc_offset) == std::to_string(task.date.days);
    // A week's plan is told of as a whole; what a worker did, the worker knows.
    const bool planned = task.cause == CareCause::plan || task.cause == CareCause::day_ended;
    const bool to_do = task.state == TaskState::planned || task.state == TaskState::assigned;
    const bool moved =
        to_do || task.state == TaskState::cancelled || task.state == TaskState::excused;
    if (!today || planned || !moved || task.worker.empty()) return {};
    const auto person = directory_.worker(decision.household, task.worker);
    if (!person || changed.actor.ends_with(":" + task.worker.value)) return {};
    Matter matter;
    matter.topic = NoticeTopic::care;
    matter.unit = decision.household;
    matter.subject = task.id.value;
    matter.priority = Priority::p3;
    matter.now = now;
    matter.scene = directory_.scene(task.household, task.resident);
    if (matter.scene.community.empty()) {
        if (const auto community = community_of(decision.household)) {
            matter.scene.community = community->value;
        }
    }
    const auto line = [&](texts::Language language) {
        const std::string gap = language == texts::Language::zh ? "：" : ": ";
        return std::string(texts::task_today.in(language)) + gap +
               text::local_time(language, task.start, options_.utc_offset, now) + " " +
               std::string(texts::task(task.kind).in(language)) + " " +
               std::string(texts::task_state(task.state).in(language)) + " " +
               about(matter.scene, task.resident);
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    Notice notice = blank(matter, person->key);
    for (const ChannelRules& channel : options_.channels) {
        const bool reads =
            channel.roles.empty() ||
            std::ranges::find(channel.roles, Role::grid_worker) != channel.roles.end();
        if (channel.group() && !channel.backup && reads && serves(channel, matter)) {
            notice.routes.push_back({channel.name, "", Wording::open, false});
        }
    }
    for (NoticeRoute& route : routes_to(*person, matter, true)) {
        notice.routes.push_back(std::move(route));
    }
    if (!person->handle.empty()) notice.mentions.push_back(person->handle);
    if (notice.routes.empty()) return {};
    write(notice, matter);
    return {std::move(notice)};
}

std::vector<Notice> Router::overdue(const Decision& decision, const CareTask& task,
                                    Instant now) const {
    Matter matter;
    matter.topic = NoticeTopic::care;
    matter.unit = decision.household;
    matter.subject = task.id.value;
    matter.priority = Priority::p3;
    matter.now = now;
    matter.scene = directory_.scene(task.household, task.resident);
    const auto worker = directory_.worker(decision.household, task.worker);
    const auto line = [&](texts::Language language) {
        const std::string gap = language == texts::Language::zh ? "：" : ": ";
        return std::string(texts::task_overdue.in(language)) + gap +
               std::string(texts::task(task.kind).in(language)) + " " +
               about(matter.scene, task.resident) + (worker ? " " + worker->name : "");
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    std::vector<Notice> out;
    tell(matter, {Role::community_lead}, out);
    return out;
}

std::vector<Notice> Router::plan(const Decision& decision, const PlanMade& made,
                                 Instant now) const {
    constexpr std::size_t named = 3;
    // A plan that changes nothing and lacks nothing is no news.
    if (made.changed == 0 && made.short_of.empty()) return {};
    Matter matter;
    matter.topic = NoticeTopic::care;
    matter.unit = decision.household;
    matter.subject = "plan/" + decision.household.value + "/" + std::to_string(made.week.days);
    matter.priority = Priority::p3;
    matter.digest = true;
    matter.now = now;
    matter.scene = directory_.scene(decision.household, {});
    const auto line = [&](texts::Language language) {
        std::string out =
            texts::with(texts::plan_made.in(language), "tasks", std::to_string(made.tasks));
        out = texts::with(out, "changed", std::to_string(made.changed));
        out = texts::with(out, "short", std::to_string(made.short_of.size()));
        // The first few say what is to be done; all are in the plan of the week.
        for (std::size_t i = 0; i < std::min(named, made.short_of.size()); ++i) {
            const Shortfall& one = made.short_of[i];
            const bool zh = language == texts::Language::zh;
            out += i == 0 ? (zh ? "：" : ": ") : (zh ? "；" : "; ");
            out += one.resident.empty() ? std::string(texts::everybody.in(language))
                                        : one.resident.value;
            out += " " + std::string(texts::shortage(one.why).in(language));
        }
        return out;
    };
    matter.line_zh = line(texts::Language::zh);
    matter.line_en = line(texts::Language::en);
    std::vector<Notice> out;
    tell(matter, {Role::community_lead}, out);
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
