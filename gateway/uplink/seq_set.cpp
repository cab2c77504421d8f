#include "uplink/seq_set.hpp"

#include <algorithm>
#include <iterator>

namespace anju::uplink {

void SeqSet::add(SeqRange range) {
    auto at = ranges_.upper_bound(range.first);
    if (at != ranges_.begin()) {
        const auto before = std::prev(at);
        if (before->second + 1 >= range.first) {
            range.first = before->first;
            range.last = std::max(range.last, before->second);
            at = ranges_.erase(before);
        }
    }
    while (at != ranges_.end() && at->first <= range.last + 1) {
        range.last = std::max(range.last, at->second);
        at = ranges_.erase(at);
    }
    ranges_.emplace(range.first, range.last);
}

bool SeqSet::contains(std::uint64_t seq) const {
    return next_absent(seq) != seq;
}

std::uint64_t SeqSet::next_absent(std::uint64_t seq) const {
    const auto after = ranges_.upper_bound(seq);
    if (after == ranges_.begin()) return seq;
    const auto at = std::prev(after);
    return at->second >= seq ? at->second + 1 : seq;
}

std::optional<std::uint64_t> SeqSet::next_present(std::uint64_t seq) const {
    const auto after = ranges_.upper_bound(seq);
    if (after != ranges_.begin() && std::prev(after)->second >= seq) return seq;
    if (after == ranges_.end()) return std::nullopt;
    return after->first;
}

std::optional<SeqRange> SeqSet::front() const {
    if (ranges_.empty()) return std::nullopt;
    return SeqRange{ranges_.begin()->first, ranges_.begin()->second};
}

std::optional<SeqRange> SeqSet::pop_front() {
    const auto range = front();
    if (range) ranges_.erase(ranges_.begin());
    return range;
}

void SeqSet::remove_through(std::uint64_t seq) {
    while (!ranges_.empty() && ranges_.begin()->first <= seq) {
        const auto last = ranges_.begin()->second;
        ranges_.erase(ranges_.begin());
        if (last > seq) ranges_.emplace(seq + 1, last);
    }
}

std::uint64_t SeqSet::count() const {
    std::uint64_t total = 0;
    for (const auto& [first, last] : ranges_) total += last - first + 1;
    return total;
}

}  // namespace anju::uplink
