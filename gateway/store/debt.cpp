#include "store/debt.hpp"

#include <algorithm>
#include <set>

#include "store/lane_book.hpp"

namespace anju::store {

Instant owed_since(const ReadLane& lane) {
    std::uint64_t head = lane.through;
    if (!lane.events.empty()) head = std::max(head, lane.events.rbegin()->first);
    if (!lane.ranges.empty()) head = std::max(head, lane.ranges.rbegin()->second);
    const LaneBook book(head, lane.through, lane.ranges);

    Instant since = Instant::max();
    Instant before_hole = Instant::min();  // of the last readable event so far
    std::uint64_t expected = lane.events.empty() ? head + 1 : lane.events.begin()->first;
    if (!lane.complete) expected = std::min(expected, book.through() + 1);
    for (const auto& [seq, at] : lane.events) {
        for (; expected < seq; ++expected) {
            if (!book.acknowledged(expected)) since = std::min(since, before_hole);
        }
        expected = seq + 1;
        if (!book.acknowledged(seq)) since = std::min(since, at);
        before_hole = at;
    }
    // Events behind the last readable one may have existed.
    if (!lane.complete) since = std::min(since, before_hole);
    return since;
}

void Debt::add(const StoredDecision& decision) {
    if (decision.recorded < since_) return;
    decisions_[decision.id] = decision.bytes;
    if (decisions_.size() > limit_) decisions_.erase(decisions_.begin());
}

void Debt::add(const StoredAlert& alert) {
    if (alert.state < AlertState::closed) alerts_[alert.id] = alert.bytes;
}

std::vector<std::string> Debt::bytes() const {
    std::set<std::string> recorded;
    for (const auto& [id, bytes] : decisions_) recorded.insert(bytes);
    std::vector<std::string> out;
    for (const auto& [id, bytes] : alerts_) {
        if (!recorded.contains(bytes)) out.push_back(bytes);
    }
    for (const auto& [id, bytes] : decisions_) out.push_back(bytes);
    return out;
}

}  // namespace anju::store
