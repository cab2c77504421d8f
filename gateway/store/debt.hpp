// Which decisions the events of a damaged outbox were made from, as far as the district may not
// have them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "runtime/journal.hpp"
#include "store/rows.hpp"

namespace anju::store {

/// One lane of a damaged store: what could be read of it.
struct ReadLane {
    std::uint64_t through{};
    std::map<std::uint64_t, std::uint64_t> ranges;
    std::map<std::uint64_t, Instant> events;  ///< seq -> recorded at
    bool complete = true;                     ///< nothing of the lane was unreadable
};

/// Decisions recorded from here on are owed. Exact when the lane is complete; otherwise the time
/// of the last readable event before the first hole, and the end of time when nothing is owed.
[[nodiscard]] Instant owed_since(const ReadLane& lane);

/// Gathers decisions and alerts in any order and gives out what is owed, oldest first: every
/// decision recorded since, and the latest of each alert that is not closed. At most `limit`
/// decisions beside the alerts, the newest.
class Debt {
public:
    Debt(Instant since, std::size_t limit) : since_(since), limit_(limit) {}
    void add(const StoredDecision& decision);
    void add(const StoredAlert& alert);
    [[nodiscard]] std::vector<std::string> bytes() const;

private:
    Instant since_;
    std::size_t limit_;
    std::map<std::uint64_t, std::string> decisions_;  ///< by id
    std::map<std::string, std::string> alerts_;       ///< by id, not closed
};

}  // namespace anju::store
