// A set of sequence numbers kept as ranges: acknowledgements come in runs, so that a million of
// them around one stubborn hole take two ranges.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace anju::uplink {

struct SeqRange {
    std::uint64_t first{};  ///< inclusive
    std::uint64_t last{};   ///< inclusive; >= first

    friend bool operator==(const SeqRange&, const SeqRange&) = default;
};

class SeqSet {
public:
    void add(SeqRange range);
    [[nodiscard]] bool contains(std::uint64_t seq) const;
    /// The lowest number >= `seq` that is not in the set.
    [[nodiscard]] std::uint64_t next_absent(std::uint64_t seq) const;
    /// The lowest number >= `seq` that is in the set.
    [[nodiscard]] std::optional<std::uint64_t> next_present(std::uint64_t seq) const;
    /// Takes the lowest range out.
    std::optional<SeqRange> pop_front();
    [[nodiscard]] std::optional<SeqRange> front() const;
    void remove_through(std::uint64_t seq);
    void clear() { ranges_.clear(); }

    [[nodiscard]] bool empty() const { return ranges_.empty(); }
    [[nodiscard]] std::uint64_t count() const;  ///< numbers; linear in ranges
    [[nodiscard]] std::size_t ranges() const { return ranges_.size(); }

private:
    std::map<std::uint64_t, std::uint64_t> ranges_;  ///< first -> last, disjoint, not adjacent
};

}  // namespace anju::uplink
