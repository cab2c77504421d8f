// What the store keeps in memory between commits; read from the tables at opening.
#pragma once

#include <array>
#include <cstdint>
#include <string>

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

struct State {
    std::uint64_t epoch{};
    std::uint64_t last_input{};
    std::uint64_t last_decision{};
    std::uint64_t last_rejected{};
    std::uint64_t last_notice{};
    std::uint64_t bulk_dropped_through{};  ///< bulk events up to here may be gone unacknowledged
    std::uint64_t bulk_dropped{};          ///< how many were, in this epoch
    std::uint64_t alerts{};                ///< rows
    std::uint64_t rejected{};              ///< rows
    Instant engine_time{};
    Lanes lanes;
    bool new_epoch{};  ///< nothing has been committed since the store was rebuilt
};

/// Of the last commit. A commit that carries inputs says it with the last of them alone: one page
/// less for each message of a sensor, whose flash is to last for years. Throws SqliteError.
[[nodiscard]] Instant stored_engine_time(Database& db, Meta& meta);

/// Throws SqliteError.
[[nodiscard]] State load_state(Database& db, Meta& meta);

}  // namespace anju::store
