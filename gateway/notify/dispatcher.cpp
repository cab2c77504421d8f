// What may go out now; see dispatcher.hpp. The answers are in dispatcher_answers.cpp.
#include "notify/dispatcher.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

/// A wall clock that goes otherwise than the machine's by more than this was set.
constexpr Duration clock_was_set = 5s;

}  // namespace

Dispatcher::Dispatcher(Options options, std::vector<NamedChannel> channels) : options_(options) {
    for (NamedChannel& named : channels) {
        const std::string name = named.name;
        Line line{named, Allowance(named.channel->quotas()), {}, {}, 0, 0, {}};
        line.facts.name = name;
        line.facts.kind = named.kind;
        lines_.emplace(name, std::move(line));
    }
}

Dispatcher::Line* Dispatcher::line_of(const Entry& entry) {
    if (entry.notice.route >= entry.notice.routes.size()) return nullptr;
    const auto found = lines_.find(entry.notice.routes[entry.notice.route].channel);
    return found == lines_.end() ? nullptr : &found->second;
}

void Dispatcher::add(std::vector<Notice> notices, const ClockReading& now, Work& out) {
    follow_clock(now);
    for (Notice& notice : notices) {
        if (notice.state == NoticeState::skipped) ++totals_.skipped;
        if (is_final(notice.state)) continue;
        Entry entry;
        entry.ready = entry.on_route = now.steady;
        entry.notice = std::move(notice);
        entry.alone = entry.notice.topic == NoticeTopic::test;
        if (entry.notice.route >= entry.notice.routes.size()) entry.notice.route = 0;
        const std::uint64_t id = entry.notice.id;
        entries_.insert_or_assign(id, std::move(entry));
    }
    make_room(now, out);
}

void Dispatcher::make_room(const ClockReading& now, Work& out) {
    if (entries_.size() <= options_.most_waiting) return;
    std::vector<Entry*> idle;
    for (auto& [id, entry] : entries_) {
        if (entry.flights == 0) idle.push_back(&entry);
    }
    std::ranges::stable_sort(idle, [](const Entry* a, const Entry* b) {
        return a->notice.priority > b->notice.priority;  // P4 first, each by age
    });
    std::size_t surplus = entries_.size() - options_.most_waiting;
    for (Entry* entry : idle) {
        if (surplus-- == 0) break;
        finish(*entry, NoticeState::skipped, "too many were waiting", now, out);
    }
    drop_finished();
}

void Dispatcher::withdraw(const std::string& subject, const ClockReading& now, Work& out) {
    for (auto& [id, entry] : entries_) {
        const Notice& notice = entry.notice;
        if (notice.subject != subject || notice.topic != NoticeTopic::alert || entry.flights > 0 ||
            notice.cause == SummonsCause::stood_down || notice.cause == SummonsCause::review) {
            continue;
        }
        finish(entry, NoticeState::skipped, "it was over before it was sent", now, out);
    }
    drop_finished();
}

void Dispatcher::finish(Entry& entry, NoticeState state, std::string answer,
                        const ClockReading& now, Work& out) {
    entry.notice.state = state;
    entry.notice.answer = std::move(answer);
    entry.notice.changed = now.wall;
    switch (state) {
        case NoticeState::sent:
            ++totals_.sent;
            break;
        case NoticeState::failed:
            ++totals_.failed;
            break;
        case NoticeState::expired:
            ++totals_.expired;
            break;
        default:
            ++totals_.skipped;
            break;
    }
    out.changed.push_back(entry.notice);
}

void Dispatcher::drop_finished() {
    std::erase_if(entries_, [](const auto& one) {
        return is_final(one.second.notice.state) && one.second.flights == 0;
    });
}

/// When the clock was set, what is waiting has waited as long as before, not years more or less.
void Dispatcher::follow_clock(const ClockReading& now) {
    const auto before = std::exchange(seen_, now);
    if (!before || now.state == ClockState::driven || before->state == ClockState::driven) return;
    const auto passed = std::chrono::floor<Duration>(now.steady - before->steady);
    const Duration jump = now.wall - before->wall - passed;
    if (jump < clock_was_set && jump > -clock_was_set) return;
    for (auto& [id, entry] : entries_) {
        entry.notice.at += jump;
        entry.notice.due += jump;
        entry.notice.expires += jump;
    }
}

void Dispatcher::age(const ClockReading& now, Work& out) {
    for (auto& [id, entry] : entries_) {
        Notice& notice = entry.notice;
        if (is_final(notice.state)) continue;
        if (now.wall >= notice.expires && entry.flights == 0) {
            finish(entry, NoticeState::expired,
                   notice.answer.empty() ? "nobody took it in time" : notice.answer, now, out);
            continue;
        }
        const bool impatient = notice.priority == Priority::p1 && notice.routes.size() > 1 &&
                               now.steady - entry.on_route >= options_.p1_patience;
        if (impatient) advance(entry, now);
    }
    drop_finished();
}

/// Those that go to the same place together, most urgent first, each by age.
std::vector<Dispatcher::Group> Dispatcher::groups(const ClockReading& now) {
    using Key = std::tuple<Priority, bool, std::string, std::string, Wording, std::uint64_t>;
    std::map<Key, Group> found;
    for (auto& [id, entry] : entries_) {
        const Notice& notice = entry.notice;
        if (is_final(notice.state) || entry.route_in_flight || entry.ready > now.steady) continue;
        if (notice.routes.empty()) continue;
        const NoticeRoute& route = notice.routes[notice.route];
        // One that spoilt a message it was part of goes by itself.
        const std::uint64_t apart = entry.alone ? id : 0;
        found[{notice.priority, notice.digest, route.channel, route.address, route.wording, apart}]
            .push_back(&entry);
    }
    std::vector<Group> out;
    for (auto& [key, group] : found) {
        if (std::get<bool>(key) && group.size() < options_.digest_full) {
            const bool none_due = std::ranges::none_of(
                group, [&now](const Entry* entry) { return entry->notice.due <= now.wall; });
            if (none_due) continue;
        }
        out.push_back(std::move(group));
    }
    return out;
}

void Dispatcher::step(const ClockReading& now, Work& out) {
    follow_clock(now);
    age(now, out);
    watch(now, out);
    for (Group& group : groups(now)) send_group(group, now, out);
    drop_finished();
}

void Dispatcher::send_group(Group& group, const ClockReading& now, Work& out) {
    Line* const line = line_of(*group.front());
    const Priority priority = group.front()->notice.priority;
    if (line == nullptr) {  // a channel that is not configured any more
        for (Entry* entry : group) {
            entry->notice.routes[entry->notice.route].refused = true;
            if (!advance(*entry, now)) {
                finish(*entry, NoticeState::failed, "the channel is gone", now, out);
            }
        }
        return;
    }
    // Whether a channel that is down works again is what a test is for.
    const bool patient =
        priority > Priority::p2 && group.front()->notice.topic != NoticeTopic::test;
    const bool resting =
        line->rests_until > now.steady || (patient && line->slow_until > now.steady);
    if (resting) {
        for (Entry* entry : group) {
            if (priority == Priority::p1) advance(*entry, now);
        }
        return;
    }
    const std::size_t most = options_.in_flight * (priority == Priority::p1 ? 4 : 1);
    const std::size_t lanes = most > line->flights ? most - line->flights : 0;
    const std::size_t room = std::min(lanes, line->allowance.room(priority, now.steady));
    if (room == 0) return;
    const bool together =
        group.front()->notice.digest || group.size() > options_.burst || group.size() > room;
    if (together) {
        send_one(*line, group, now, out);
        return;
    }
    for (Entry*& entry : group) send_one(*line, {&entry, 1}, now, out);
}

void Dispatcher::send_one(Line& line, std::span<Entry* const> entries, const ClockReading& now,
                          Work& out) {
    Flight flight;
    flight.channel = line.named.name;
    flight.route = entries.front()->notice.route;
    for (Entry* entry : entries) {
        flight.notices.push_back(entry->notice.id);
        ++entry->flights;
        entry->route_in_flight = true;
        ++entry->notice.attempts;
        entry->notice.state = NoticeState::sending;
        entry->notice.changed = now.wall;
        out.changed.push_back(entry->notice);
    }
    ++line.flights;
    line.allowance.take(now.steady);
    const std::uint64_t job = ++last_job_;
    out.send.push_back(
        {job, flight.channel, line.named.channel->prepare(message_of(entries), now.wall)});
    flights_.emplace(job, std::move(flight));
}

DispatchFacts Dispatcher::facts() const {
    DispatchFacts out = totals_;
    out.in_flight = flights_.size();
    for (const auto& [id, entry] : entries_) {
        if (entry.flights == 0) ++out.waiting;
    }
    for (const auto& [name, line] : lines_) out.channels.push_back(line.facts);
    return out;
}

}  // namespace anju::notify
