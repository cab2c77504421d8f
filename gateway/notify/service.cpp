#include "notify/service.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/log.hpp"

namespace anju::notify {
namespace {

std::string way_of(const Notice& notice) {
    std::string out = notice.recipient + ' ' + std::to_string(static_cast<int>(notice.cause));
    for (const NoticeRoute& route : notice.routes) out += ' ' + route.channel + ' ' + route.address;
    return out;
}

}  // namespace

Service::Service(Router router, Dispatcher dispatcher, const Clock& clock, Journal& journal,
                 Ports ports)
    : router_(std::move(router)),
      dispatcher_(std::move(dispatcher)),
      clock_(clock),
      journal_(journal),
      ports_(std::move(ports)) {}

std::vector<Notice> Service::about(const std::string& subject) {
    std::vector<Notice> out;
    const auto rows = journal_.notices_about(subject);
    if (!rows) {
        // Whoever was told stays told; that it is over cannot be said to them.
        log::error("notices_unreadable", {{"error", rows.error().text()}});
        return out;
    }
    for (const NoticeRow& row : *rows) {
        if (auto notice = decode_notice(row.bytes)) out.push_back(std::move(*notice));
    }
    return out;
}

std::vector<Notice> Service::notices_of(std::span<const Decision> decisions, Instant now) {
    std::vector<Notice> out;
    std::set<std::string> told;  // of channels that fail
    for (const Decision& decision : decisions) {
        std::vector<Notice> earlier;
        const auto* summons = std::get_if<Summons>(&decision.what);
        if (summons != nullptr && summons->cause == SummonsCause::stood_down) {
            earlier = about(summons->alert.value);
            // Raised and over at one and the same moment: nobody need hear of either.
            std::erase_if(out, [summons](const Notice& notice) {
                return notice.subject == summons->alert.value &&
                       notice.cause != SummonsCause::review;
            });
            over_.push_back(summons->alert.value);
        }
        for (Notice& notice : router_.notices(decision, decisions, earlier, now)) {
            // One channel may be an alert of many communities with one maintainer.
            const auto channel = router_.channel_of(decision, decisions);
            if (channel && !told.insert(*channel + ' ' + way_of(notice)).second) continue;
            out.push_back(std::move(notice));
        }
    }
    return out;
}

void Service::committed(std::vector<Notice> notices) {
    Dispatcher::Work work;
    const ClockReading now = clock_.read();
    for (const std::string& subject : std::exchange(over_, {})) {
        dispatcher_.withdraw(subject, now, work);
    }
    dispatcher_.add(std::move(notices), now, work);
    dispatcher_.step(now, work);
    carry_out(std::move(work));
}

void Service::replied(std::uint64_t job, const Reply& reply) {
    Dispatcher::Work work;
    const ClockReading now = clock_.read();
    dispatcher_.replied(job, reply, now, work);
    dispatcher_.step(now, work);
    carry_out(std::move(work));
}

void Service::reported(const std::string& channel, const std::string& reference, bool delivered) {
    Dispatcher::Work work;
    dispatcher_.reported(channel, reference, delivered, clock_.read(), work);
    carry_out(std::move(work));
}

void Service::tick() {
    committed({});
}

/// A notice that changed twice is written once, as it is now.
Service::Pending Service::take_pending() {
    Pending out = std::exchange(pending_, {});
    std::map<std::uint64_t, Notice> newest;
    for (Notice& notice : out.changed) newest[notice.id] = std::move(notice);
    out.changed.clear();
    for (auto& [id, notice] : newest) out.changed.push_back(std::move(notice));
    out.channels = news_of_channels(clock_.read().wall);
    return out;
}

void Service::carry_out(Dispatcher::Work work) {
    for (Outgoing& message : work.send) ports_.send(std::move(message));
    const Instant now = clock_.read().wall;
    for (const auto& change : work.channels) note(change, now);
    for (Notice& notice : work.changed) pending_.changed.push_back(std::move(notice));
    if (!pending_.changed.empty() || !pending_.added.empty() || !work.channels.empty()) {
        ports_.stirred();
    }
}

}  // namespace anju::notify
