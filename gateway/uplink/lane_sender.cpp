#include "uplink/lane_sender.hpp"

#include <algorithm>
#include <iterator>

namespace anju::uplink {

LaneSender::LaneSender(Options options, const LaneState& state)
    : options_(options),
      head_(state.head),
      through_(state.first_unacked == 0 ? state.head : state.first_unacked - 1),
      next_(through_ + 1) {}

void LaneSender::connected(SteadyTime now) {
    disconnected();
    connected_ = true;
    paused_until_ = now;
    last_answer_ = now;
}

void LaneSender::disconnected() {
    connected_ = false;
    in_flight_.clear();
    next_ = acknowledged_.next_absent(through_ + 1);
}

void LaneSender::head(std::uint64_t seq) {
    head_ = std::max(head_, seq);
}

std::uint64_t LaneSender::take(SeqRange range) {
    range.first = std::max(range.first, through_ + 1);
    range.last = std::min(range.last, head_);
    std::uint64_t fresh_numbers = 0;
    for (auto seq = acknowledged_.next_absent(range.first); seq <= range.last;) {
        const auto hole_end = acknowledged_.next_present(seq).value_or(range.last + 1) - 1;
        const auto last = std::min(hole_end, range.last);
        fresh_numbers += last - seq + 1;
        acknowledged_.add({seq, last});
        in_flight_.erase(in_flight_.lower_bound(seq), in_flight_.upper_bound(last));
        seq = acknowledged_.next_absent(last + 1);
    }
    return fresh_numbers;
}

std::uint64_t LaneSender::acknowledged(const OutboxAck& ack, SteadyTime now) {
    std::uint64_t count = 0;
    if (ack.through != 0) count += take({1, ack.through});
    for (const auto seq : ack.seqs) {
        if (seq != 0) count += take({seq, seq});
    }
    through_ = acknowledged_.next_absent(through_ + 1) - 1;
    acknowledged_.remove_through(through_);
    next_ = acknowledged_.next_absent(std::max(next_, through_ + 1));
    taken_ += count;
    if (count == 0) return 0;
    if (now - last_answer_ >= options_.resend_after) {
        // The platform was away and is back: what it missed need not wait any longer.
        for (auto& [seq, sent] : in_flight_) sent.times = std::min<std::uint32_t>(sent.times, 1);
    }
    last_answer_ = now;
    return count;
}

void LaneSender::request(SeqRange range) {
    range.first = std::max<std::uint64_t>(range.first, 1);
    range.last = std::min(range.last, head_);
    if (range.first <= range.last) requested_.add(range);
}

std::optional<SeqRange> LaneSender::requested(SteadyTime now, std::size_t limit) {
    while (const auto range = requested_.front()) {
        const auto under_way = [&](std::uint64_t seq) {
            const auto at = in_flight_.find(seq);
            return at != in_flight_.end() && now - at->second.at < options_.request_guard;
        };
        if (under_way(range->first)) {
            requested_.remove_through(range->first);
            continue;
        }
        auto last = range->first;
        while (last < range->last && last - range->first + 1 < limit && !under_way(last + 1)) {
            ++last;
        }
        return SeqRange{range->first, last};
    }
    return std::nullopt;
}

std::optional<SeqRange> LaneSender::overdue(SteadyTime now, std::size_t limit) const {
    for (auto at = in_flight_.begin(); at != in_flight_.end(); ++at) {
        if (due(at->second) > now) continue;
        SeqRange range{at->first, at->first};
        for (auto more = std::next(at);
             more != in_flight_.end() && more->first == range.last + 1 &&
             due(more->second) <= now && range.last - range.first + 1 < limit;
             ++more) {
            range.last = more->first;
        }
        return range;
    }
    return std::nullopt;
}

std::optional<SeqRange> LaneSender::fresh(std::size_t limit) const {
    if (next_ > head_ || in_flight_.size() >= options_.window) return std::nullopt;
    const std::uint64_t room = std::min(limit, options_.window - in_flight_.size());
    const auto run_end = acknowledged_.next_present(next_).value_or(head_ + 1) - 1;
    return SeqRange{next_, std::min({run_end, head_, next_ + room - 1})};
}

std::optional<LaneSender::Batch> LaneSender::next(SteadyTime now, std::size_t limit) {
    if (!connected_ || limit == 0 || now < paused_until_) return std::nullopt;
    if (const auto range = requested(now, limit)) return Batch{*range, Why::requested};
    if (const auto range = overdue(now, limit)) return Batch{*range, Why::repeat};
    if (const auto range = fresh(limit)) return Batch{*range, Why::fresh};
    return std::nullopt;
}

void LaneSender::sent(std::uint64_t seq, Why why, SteadyTime now) {
    ++sent_;
    if (why != Why::fresh) ++repeated_;
    if (why == Why::requested) requested_.remove_through(seq);
    if (why == Why::fresh) {
        in_flight_[seq] = {now, 1};
        next_ = acknowledged_.next_absent(seq + 1);
        return;
    }
    if (const auto at = in_flight_.find(seq); at != in_flight_.end()) {
        at->second.at = now;
        ++at->second.times;
    }
}

void LaneSender::refused(SteadyTime now) {
    paused_until_ = now + options_.refused_pause;
}

std::chrono::milliseconds LaneSender::patience(std::uint32_t times) const {
    const auto doublings = std::min<std::uint32_t>(times == 0 ? 0 : times - 1, 16);
    return std::min(options_.resend_limit, options_.resend_after * (1U << doublings));
}

std::optional<SteadyTime> LaneSender::deadline() const {
    if (!connected_) return std::nullopt;
    if (!requested_.empty() || fresh(1)) return paused_until_;
    std::optional<SteadyTime> earliest;
    for (const auto& [seq, sent] : in_flight_) {
        if (!earliest || due(sent) < *earliest) earliest = due(sent);
    }
    if (earliest) earliest = std::max(*earliest, paused_until_);
    return earliest;
}

bool LaneSender::is_acknowledged(std::uint64_t seq) const {
    return seq <= through_ || acknowledged_.contains(seq);
}

LaneSender::Stats LaneSender::stats() const {
    const auto stuck = std::count_if(in_flight_.begin(), in_flight_.end(), [&](const auto& entry) {
        return entry.second.times >= options_.stuck_after;
    });
    return {.head = head_,
            .unacknowledged = head_ - through_ - acknowledged_.count(),
            .in_flight = in_flight_.size(),
            .sent = sent_,
            .repeated = repeated_,
            .acknowledged = taken_,
            .stuck = static_cast<std::size_t>(stuck)};
}

}  // namespace anju::uplink
