// What the store keeps in memory between commits; read from the tables at opening.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>

#include "runtime/journal.hpp"
#include "store/lane_book.hpp"
#include "store/meta.hpp"

namespace anju::store {

struct Lanes {
    std::array<LaneBook, 2> books;
    [[nodiscard]] LaneBook& operator[](Lane lane) { return books[index(lane)]; }
    [[nodiscard]] const LaneBook& operator[](Lane lane) const { return books[index(lane)]; }

private:
    static std::size_t index(Lane lane) { return lane == Lane::alarm ? 0 : 1; }
};

/// Households whose state is in the journal only, so that their inputs must stay: the seq of the
/// HouseholdSet that registered them.
using Waiting = std::map<std::string, std::uint64_t, std::less<>>;

struct State {
    std::uint64_t epoch{};
    std::uint64_t last_input{};
    std::uint64_t last_decision{};
    std::uint64_t last_rejected{};
    std::uint64_t bulk_dropped_through{};  ///< bulk events up to here may be gone unacknowledged
    std::uint64_t bulk_dropped{};          ///< how many were, in this epoch
    std::uint64_t alerts{};                ///< rows
    std::uint64_t rejected{};              ///< rows
    Instant engine_time{};
    Lanes lanes;
    std::unordered_set<std::string> covered;  ///< households with a checkpoint
    Waiting waiting;
    bool new_epoch{};  ///< nothing has been committed since the store was rebuilt
};

/// Throws SqliteError.
[[nodiscard]] State load_state(Database& db, Meta& meta);

}  // namespace anju::store
