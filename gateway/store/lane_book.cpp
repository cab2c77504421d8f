#include "store/lane_book.hpp"

#include <algorithm>
#include <iterator>

namespace anju::store {

LaneBook::LaneBook(std::uint64_t head, std::uint64_t through, const Ranges& ranges)
    : head_(head), through_(std::min(through, head)) {
    for (const auto& [first, last] : ranges) add(first, last);
    absorb();
}

void LaneBook::acknowledge(std::uint64_t through, const std::vector<std::uint64_t>& seqs) {
    through_ = std::max(through_, std::min(through, head_));
    for (const std::uint64_t seq : seqs) add(seq, seq);
    absorb();
}

void LaneBook::add(std::uint64_t first, std::uint64_t last) {
    first = std::max(first, through_ + 1);
    last = std::min(last, head_);
    if (first > last) return;
    auto next = ranges_.upper_bound(first);
    if (next != ranges_.begin()) {
        const auto before = std::prev(next);
        if (before->second + 1 >= first) next = before;
    }
    while (next != ranges_.end() && next->first <= last + 1) {
        first = std::min(first, next->first);
        last = std::max(last, next->second);
        ranged_ -= next->second - next->first + 1;
        next = ranges_.erase(next);
    }
    ranges_.emplace(first, last);
    ranged_ += last - first + 1;
}

void LaneBook::absorb() {
    while (!ranges_.empty() && ranges_.begin()->first <= through_ + 1) {
        const auto first = ranges_.begin();
        ranged_ -= first->second - first->first + 1;
        through_ = std::max(through_, first->second);
        ranges_.erase(first);
    }
}

bool LaneBook::acknowledged(std::uint64_t seq) const {
    if (seq <= through_) return true;
    const auto after = ranges_.upper_bound(seq);
    return after != ranges_.begin() && std::prev(after)->second >= seq;
}

LaneState LaneBook::state() const {
    const std::uint64_t open = head_ - through_ - ranged_;
    return {.head = head_, .first_unacked = open == 0 ? 0 : through_ + 1, .unacknowledged = open};
}

}  // namespace anju::store
