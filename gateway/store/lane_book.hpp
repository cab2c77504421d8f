// What the district has acknowledged of one lane: everything up to a number, and ranges beyond
// it. A plain value; the store keeps it in memory and writes down what changes.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "runtime/journal.hpp"

namespace anju::store {

class LaneBook {
public:
    using Ranges = std::map<std::uint64_t, std::uint64_t>;  ///< first -> last, inclusive

    LaneBook() = default;
    /// As stored. Ranges may overlap or touch; numbers above `head` are cut off.
    LaneBook(std::uint64_t head, std::uint64_t through, const Ranges& ranges);

    void append(std::uint64_t seq) { head_ = seq; }
    /// Numbers beyond the head are not ours and are ignored.
    void acknowledge(std::uint64_t through, const std::vector<std::uint64_t>& seqs);

    [[nodiscard]] bool acknowledged(std::uint64_t seq) const;
    [[nodiscard]] std::uint64_t head() const { return head_; }
    [[nodiscard]] std::uint64_t through() const { return through_; }
    [[nodiscard]] const Ranges& ranges() const { return ranges_; }
    [[nodiscard]] LaneState state() const;

    friend bool operator==(const LaneBook&, const LaneBook&) = default;

private:
    void add(std::uint64_t first, std::uint64_t last);
    void absorb();  ///< lets `through_` swallow the ranges it has reached

    std::uint64_t head_ = 0;
    std::uint64_t through_ = 0;
    Ranges ranges_;             ///< disjoint, not touching, all above through_ + 1
    std::uint64_t ranged_ = 0;  ///< numbers in ranges_
};

}  // namespace anju::store
