// The words of messages that tell of several notices, and what follows from answers; see
// dispatcher.hpp.
#include <algorithm>
#include <utility>

#include "notify/dispatcher.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t most_reports = 500;
constexpr std::size_t most_mentions = 10;

const NoticeWords& words_for(const Notice& notice, std::uint32_t route) {
    switch (notice.routes[route].wording) {
        case Wording::brief:
            return notice.brief;
        case Wording::full:
            return notice.full;
        case Wording::open:
            break;
    }
    return notice.open;
}

Duration doubled(Duration first, std::uint32_t times, Duration most) {
    Duration out = first;
    for (std::uint32_t i = 0; i < times && out < most; ++i) out *= 2;
    return std::min(out, most);
}

}  // namespace

Message Dispatcher::message_of(std::span<Entry* const> entries) const {
    const Notice& first = entries.front()->notice;
    const NoticeWords& words = words_for(first, first.route);
    Message out;
    out.id = std::to_string(first.id);
    out.priority = first.priority;
    out.address = first.routes[first.route].address;
    out.digest = first.digest;
    out.title = words.title;
    if (entries.size() == 1) {
        out.text = words.text;
        out.link = first.link;
        out.mentions = first.mentions;
        out.subject = first.subject;
        return out;
    }
    out.id += "-" + std::to_string(entries.back()->notice.id);
    const texts::Language language = options_.language;
    out.title = "【" + std::string(texts::product.in(language)) + "·" +
                std::string(texts::priority(first.priority).in(language)) +
                (first.digest ? " " + std::string(texts::digest.in(language)) : "") + "】" +
                texts::with(texts::count_of.in(language), "n", std::to_string(entries.size()));
    std::size_t named = 0;
    for (const Entry* entry : entries) {
        for (const std::string& who : entry->notice.mentions) {
            if (out.mentions.size() < most_mentions &&
                std::ranges::find(out.mentions, who) == out.mentions.end()) {
                out.mentions.push_back(who);
            }
        }
        if (named == options_.named) continue;
        ++named;
        const Notice& notice = entry->notice;
        out.text += (out.text.empty() ? "" : "\n") + words_for(notice, notice.route).title;
        if (!notice.subject.empty() && notice.topic == NoticeTopic::alert) {
            out.text += " " + notice.subject;
        }
        if (!notice.link.empty()) out.text += "\n" + notice.link;
    }
    if (named < entries.size()) {
        out.text += "\n" + texts::with(texts::and_more.in(language), "n",
                                       std::to_string(entries.size() - named));
    }
    return out;
}

/// The next channel that has not refused; false: there is none. Whoever was everywhere pauses.
bool Dispatcher::advance(Entry& entry, const ClockReading& now) {
    Notice& notice = entry.notice;
    const auto count = static_cast<std::uint32_t>(notice.routes.size());
    for (std::uint32_t step = 1; step <= count; ++step) {
        const std::uint32_t next = (notice.route + step) % count;
        if (notice.routes[next].refused) continue;
        const bool round = next <= notice.route;
        notice.route = next;
        entry.tries = 0;
        entry.on_route = now.steady;
        entry.route_in_flight = false;
        entry.ready = now.steady;
        if (round) {
            const Duration pause =
                notice.priority == Priority::p1
                    ? doubled(options_.p1_pause, entry.rounds, 1min)
                    : doubled(options_.first_pause, entry.rounds + 1, options_.longest_pause);
            entry.ready += pause;
            entry.on_route = entry.ready;
            ++entry.rounds;
        }
        return true;
    }
    return false;
}

void Dispatcher::failed(Entry& entry, const Answer& answer, const ClockReading& now) {
    const bool first_priority = entry.notice.priority == Priority::p1;
    if (answer.verdict == Verdict::limited && !first_priority) {
        // The channel rests as a whole; P2 does not wait for it when there is another.
        if (entry.notice.priority == Priority::p2) advance(entry, now);
        return;
    }
    ++entry.tries;
    if (first_priority || answer.turned_away || entry.tries >= options_.tries) {
        advance(entry, now);
    } else {
        entry.ready =
            now.steady + doubled(options_.first_pause, entry.tries - 1, options_.longest_pause);
    }
}

void Dispatcher::settle(Entry& entry, const Flight& flight, const Answer& answer, bool together,
                        const ClockReading& now, Work& out) {
    --entry.flights;
    const bool current = entry.notice.route == flight.route;
    if (current) entry.route_in_flight = false;
    if (is_final(entry.notice.state)) return;  // another channel was faster
    entry.notice.answer = answer.text;
    entry.notice.changed = now.wall;
    if (answer.verdict == Verdict::accepted) {
        entry.notice.over = flight.channel;
        finish(entry, NoticeState::sent, answer.text, now, out);
        return;
    }
    // Whoever tries a channel waits for what the service says, not for a later chance.
    if (entry.notice.topic == NoticeTopic::test && entry.flights == 0) {
        finish(entry, NoticeState::failed, answer.text, now, out);
        return;
    }
    if (entry.flights == 0) entry.notice.state = NoticeState::waiting;
    if (answer.verdict == Verdict::refused && together) {
        entry.alone = true;  // one of them spoilt it: each by itself now
    } else if (answer.verdict == Verdict::refused) {
        entry.notice.routes[flight.route].refused = true;
        if (current && !advance(entry, now) && entry.flights == 0) {
            finish(entry, NoticeState::failed, answer.text, now, out);
            return;
        }
    } else if (current) {
        failed(entry, answer, now);
    }
    out.changed.push_back(entry.notice);
}

void Dispatcher::note(Line& line, const Answer& answer, const ClockReading& now, Work& out) {
    ChannelFacts& facts = line.facts;
    if (answer.verdict == Verdict::accepted) {
        ++facts.sent;
        facts.last_success = now.wall;
        facts.down = false;
        line.failures = 0;
        line.slow_until = {};
        line.watch.worked(now);
        return;
    }
    facts.last_failure = now.wall;
    facts.last_error = answer.text;
    if (answer.verdict == Verdict::limited) {
        ++facts.limited;
        line.rests_until = now.steady + answer.rest;
        return;
    }
    ++facts.failed;
    // Of a message to one address a refusal may say something of the address alone.
    const bool of_message = answer.verdict == Verdict::refused && !answer.turned_away;
    if (!of_message || is_group(line.named.kind)) {
        if (auto change = line.watch.failed(answer.text, answer.turned_away, now)) {
            out.channels.push_back(
                {facts.name, std::move(change->cause), change->since, change->failures});
        }
    }
    if (of_message) return;
    ++line.failures;
    if (answer.turned_away) line.failures = std::max(line.failures, options_.down_after);
    if (line.failures < options_.down_after) return;
    line.slow_until =
        now.steady + doubled(1min, line.failures - options_.down_after, options_.longest_pause);
    facts.down = true;
}

/// Channels that have worked again for long enough.
void Dispatcher::watch(const ClockReading& now, Work& out) {
    for (auto& [name, line] : lines_) {
        if (auto change = line.watch.step(now)) out.channels.push_back({name, "", change->since});
    }
}

bool Dispatcher::assume_failing(const std::string& channel, std::string failure) {
    const auto found = lines_.find(channel);
    if (found == lines_.end()) return false;
    Line& line = found->second;
    line.watch.assume_failing();
    line.failures = options_.down_after - 1;  // one more, and what can wait waits
    line.facts.down = true;
    line.facts.last_error = std::move(failure);
    return true;
}

void Dispatcher::replied(std::uint64_t job, const Reply& reply, const ClockReading& now,
                         Work& out) {
    follow_clock(now);
    const auto found = flights_.find(job);
    if (found == flights_.end()) return;
    const Flight flight = std::move(found->second);
    flights_.erase(found);
    Line& line = lines_.at(flight.channel);
    --line.flights;
    const Answer answer = line.named.channel->judge(reply);
    note(line, answer, now, out);
    Report report{flight.channel, answer.reference, {}};
    for (const std::uint64_t id : flight.notices) {
        const auto entry = entries_.find(id);
        if (entry == entries_.end()) continue;
        settle(entry->second, flight, answer, flight.notices.size() > 1, now, out);
        report.notices.push_back(entry->second.notice);
    }
    if (!answer.reference.empty() && answer.verdict == Verdict::accepted) {
        reports_.push_back(std::move(report));
        if (reports_.size() > most_reports) reports_.pop_front();
    }
    drop_finished();
}

void Dispatcher::reported(const std::string& channel, const std::string& reference, bool delivered,
                          const ClockReading& now, Work& out) {
    const auto found = std::find_if(reports_.begin(), reports_.end(), [&](const Report& one) {
        return one.channel == channel && one.reference == reference;
    });
    if (found == reports_.end()) return;
    for (Notice& notice : found->notices) {
        if (notice.state != NoticeState::sent) continue;
        if (delivered) notice.state = NoticeState::delivered;
        notice.answer = delivered ? "delivered" : "the network gave up delivering it";
        notice.changed = now.wall;
        out.changed.push_back(notice);
    }
    reports_.erase(found);
}

}  // namespace anju::notify
