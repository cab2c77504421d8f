// Persons, groups and channels of a notice; see router.hpp.
#include "notify/router.hpp"

#include <algorithm>
#include <utility>

#include "notify/matter.hpp"

namespace anju::notify {
namespace {

constexpr std::size_t most_persons = 3;  // of one role
constexpr std::size_t most_mentions = 10;

template <class T>
bool holds(const std::vector<T>& list, const T& value) {
    return std::ranges::find(list, value) != list.end();
}

bool urgent(Priority priority) {
    return priority == Priority::p1 || priority == Priority::p2;
}

/// Works for the community, and has to know where to go.
bool in_charge(Role role) {
    return role == Role::grid_worker || role == Role::second_worker ||
           role == Role::community_lead || role == Role::street_centre || role == Role::owner;
}

/// Of these roles one person is meant, not everybody who could be.
bool single(Role role) {
    return role == Role::grid_worker || role == Role::second_worker;
}

}  // namespace

Router::Router(RouterOptions options, const Directory& directory, const LinkSigner* signer)
    : options_(std::move(options)), directory_(directory), signer_(signer) {}

bool Router::meant_for(const ChannelRules& channel, const Matter& matter) const {
    const bool here = channel.communities.empty() || matter.scene.community.empty() ||
                      holds(channel.communities, matter.scene.community);
    return here && (channel.priorities.empty() || holds(channel.priorities, matter.priority));
}

bool Router::serves(const ChannelRules& channel, const Matter& matter) const {
    return channel.name != matter.channel && meant_for(channel, matter);
}

std::vector<Person> Router::persons(const Matter& matter, Role role) const {
    std::vector<Person> out =
        role == Role::owner ? owners(matter) : directory_.who(role, matter.unit, matter.now);
    out.resize(std::min(out.size(), single(role) ? 1 : most_persons));
    return out;
}

std::vector<NoticeRoute> Router::routes_to(const Person& person, const Matter& matter,
                                           bool full_is_right) const {
    const Wording wording = options_.full_names && full_is_right ? Wording::full : Wording::brief;
    // A text message costs money and wakes people: it is for what cannot wait, and for whoever
    // would else never hear that nothing arrives.
    const bool at_once = urgent(matter.priority);
    const bool texts = at_once || !matter.channel.empty();
    std::vector<NoticeRoute> out;
    for (const bool backup : {false, true}) {
        for (const ChannelRules& channel : options_.channels) {
            if (channel.backup != backup || !serves(channel, matter)) continue;
            const bool sms = channel.kind == ChannelKind::sms || channel.kind == ChannelKind::modem;
            if (sms && texts && !person.phone.empty()) {
                out.push_back({channel.name, person.phone, wording, false});
            }
            if (channel.kind == ChannelKind::mail && !person.email.empty()) {
                out.push_back({channel.name, person.email, wording, false});
            }
        }
    }
    // Text messages first where it is urgent, else mail, whatever the order of the configuration.
    std::ranges::stable_partition(out, [&](const NoticeRoute& route) {
        return std::ranges::any_of(options_.channels, [&](const ChannelRules& channel) {
            return channel.name == route.channel && (channel.kind == ChannelKind::mail) != at_once;
        });
    });
    return out;
}

Notice Router::blank(const Matter& matter, const std::string& recipient) const {
    Notice out;
    out.at = matter.now;
    out.topic = matter.topic;
    out.priority = matter.priority;
    out.cause = matter.cause;
    out.subject = matter.subject;
    out.unit = matter.unit.value;
    out.recipient = recipient;
    out.digest = matter.digest;
    out.due = matter.digest ? digest_after(matter.now, matter.priority) : matter.now;
    out.expires =
        out.due + (matter.priority == Priority::p1 ? options_.p1_expires : options_.expires);
    return out;
}

void Router::write(Notice& notice, const Matter& matter) const {
    const std::vector<texts::Language> first{options_.languages.front()};
    const auto wanted = [&notice](Wording wording) {
        return std::ranges::any_of(notice.routes, [wording](const NoticeRoute& route) {
            return route.wording == wording;
        });
    };
    if (wanted(Wording::open)) notice.open = words_of(matter, options_.languages, false);
    if (wanted(Wording::brief)) notice.brief = words_of(matter, first, false);
    if (wanted(Wording::full)) notice.full = words_of(matter, first, true);
    // A digest of P3 is all that anybody hears of it; of a device the maintainer answers for it.
    if (matter.verb && signer_ != nullptr && (!matter.digest || matter.priority == Priority::p3)) {
        notice.link = signer_->url({AlertId{matter.subject}, *matter.verb, notice.recipient,
                                    notice.due + options_.link_valid});
    }
    if (notice.routes.empty()) {
        notice.state = NoticeState::skipped;
        notice.answer = "no channel leads there";
    }
}

/// The notice for a group and the roles it reaches; nullopt: it is for none of them.
std::optional<Router::Group> Router::group_of(const ChannelRules& channel, const Matter& matter,
                                              const std::vector<Role>& roles) const {
    Group out{blank(matter, "group:" + channel.name), {}, {}};
    if (channel.name != matter.channel) {
        out.notice.routes.push_back({channel.name, "", Wording::open, false});
    }
    for (const Role role : roles) {
        // Those who do not work there are in no group of workers; of a drill that is for the
        // maintainers the workers' group hears nothing.
        const bool outside = role == Role::emergency_contact || role == Role::neighbour ||
                             matter.drill() == Drill::maintainers;
        if (outside ? !holds(channel.roles, role)
                    : !channel.roles.empty() && !holds(channel.roles, role)) {
            continue;
        }
        out.reached.push_back(role);
        for (Person& person : persons(matter, role)) {
            std::vector<std::string>& mentions = out.notice.mentions;
            if (!person.handle.empty() && mentions.size() < most_mentions &&
                !holds(mentions, person.handle)) {
                mentions.push_back(person.handle);
            }
            if (!out.first) out.first = std::move(person);
        }
    }
    if (out.reached.empty()) return std::nullopt;
    for (const ChannelRules& other : options_.channels) {
        if (other.group() && other.backup && serves(other, matter)) {
            out.notice.routes.push_back({other.name, "", Wording::open, false});
        }
    }
    return out;
}

void Router::tell_groups(const Matter& matter, const std::vector<Role>& roles,
                         std::vector<Role>& reached, std::vector<Notice>& out) const {
    std::vector<std::string> behind;  // the first persons of groups so far
    const auto add = [&](Group group) {
        // Of what is urgent everybody is told by themselves, whatever becomes of the group.
        if (group.first && !urgent(matter.priority) && !holds(behind, group.first->key)) {
            behind.push_back(group.first->key);
            for (NoticeRoute& route : routes_to(*group.first, matter, false)) {
                group.notice.routes.push_back(std::move(route));
            }
        }
        reached.insert(reached.end(), group.reached.begin(), group.reached.end());
        write(group.notice, matter);
        out.push_back(std::move(group.notice));
    };
    std::optional<Group> failing;
    for (const ChannelRules& channel : options_.channels) {
        if (!channel.group() || channel.backup || !meant_for(channel, matter)) continue;
        auto group = group_of(channel, matter, roles);
        if (!group) continue;
        if (channel.name == matter.channel) {
            failing = std::move(group);
        } else {
            add(std::move(*group));
        }
    }
    // Its backups tell that a group's robot fails, if no other robot does.
    if (failing && reached.empty() && !failing->notice.routes.empty()) add(std::move(*failing));
}

void Router::tell(const Matter& matter, const std::vector<Role>& roles,
                  std::vector<Notice>& out) const {
    std::vector<Role> reached;
    tell_groups(matter, roles, reached, out);
    std::vector<std::string> told;
    std::vector<std::pair<std::string, std::string>> ways;  // channels and addresses
    for (const Role role : roles) {
        // What can wait reaches a worker through the group.
        if (!urgent(matter.priority) && holds(reached, role)) continue;
        const std::vector<Person> found = persons(matter, role);
        for (const Person& person : found) {
            if (holds(told, person.key)) continue;
            told.push_back(person.key);
            Notice notice = blank(matter, person.key);
            notice.routes = routes_to(person, matter, in_charge(role));
            // Reached through a group already: no mail is missed, no note of a missing one kept.
            if (notice.routes.empty() && holds(reached, role)) continue;
            // A daughter who is also the neighbour has one telephone.
            if (!notice.routes.empty()) {
                const NoticeRoute& first = notice.routes.front();
                if (holds(ways, std::pair(first.channel, first.address))) continue;
                ways.emplace_back(first.channel, first.address);
            }
            write(notice, matter);
            out.push_back(std::move(notice));
        }
        if (found.empty() && !holds(reached, role)) note_vacancy(matter, role, out);
    }
}

Notice Router::ask_home(const Matter& matter) const {
    Notice out = blank(matter, "resident:" + matter.unit.value);
    out.routes.push_back({"speaker", matter.unit.value, Wording::brief, false});
    for (const Person& person : persons(matter, Role::grid_worker)) {
        // The flat does not read it; whoever is asked to phone when it fails does.
        if (out.link.empty() && matter.verb && signer_ != nullptr) {
            out.link = signer_->url({AlertId{matter.subject}, *matter.verb, person.key,
                                     matter.now + options_.link_valid});
        }
        for (NoticeRoute& route : routes_to(person, matter, true)) {
            route.wording = Wording::full;
            out.routes.push_back(std::move(route));
        }
        out.full = words_of(matter, {options_.languages.front()}, options_.full_names);
    }
    for (const ChannelRules& channel : options_.channels) {
        if (!channel.group() || !serves(channel, matter)) continue;
        out.routes.push_back({channel.name, "", Wording::open, false});
        out.open = words_of(matter, options_.languages, false);
    }
    out.brief = {std::string(texts::product.in(options_.languages.front())),
                 std::string(texts::ask_self.in(options_.languages.front()))};
    return out;
}

Instant Router::digest_after(Instant at, Priority priority) const {
    std::vector<Duration> hours = options_.digests;
    if (priority == Priority::p4) hours = {options_.daily_digest};
    const Instant local = at + options_.utc_offset;
    const Instant day{std::chrono::floor<std::chrono::days>(local)};
    Instant next = day + std::chrono::days{1} + hours.front();
    for (const int later : {0, 1}) {
        for (const Duration hour : hours) {
            const Instant slot = day + std::chrono::days{later} + hour;
            if (slot > local) next = std::min(next, slot);
        }
    }
    return next - options_.utc_offset;
}

}  // namespace anju::notify
