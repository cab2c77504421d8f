// What the store has to be told.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/progress.hpp"
#include "vault/keys.hpp"

namespace anju::store {

/// What a commit waits for. Only `full` keeps the promise of the journal; the others exist so
/// that the power-cut test can show that it notices what they lose.
enum class Durability : std::uint8_t { full, normal, off };

struct Options {
    std::filesystem::path data_dir;            ///< made when missing, readable by its owner only
    std::uint64_t max_bytes = 2'000'000'000;   ///< database and WAL together
    std::uint64_t ballast_bytes = 16'000'000;  ///< given up first on a full disk; 0 = none
    std::chrono::hours keep_readings{24 * 30};
    std::chrono::hours keep_alerts{24 * 365 * 3};  ///< counted from their end
    std::chrono::hours keep_acknowledged{24 * 7};  ///< outbox rows, for resends
    std::size_t keep_bulk_events = 1000;           ///< newest of the lane, whatever max_bytes says
    std::size_t rejected_limit = 1000;             ///< rows
    std::size_t commands_limit = 100'000;          ///< rows

    /// Names and addresses are sealed with them; null: they lie open. See sealing.hpp.
    std::shared_ptr<const vault::Keys> keys = {};

    TellProgress progress = {};  ///< of opening

    /// Journal rows whose seals are checked at opening, counted from the newest; rows needed to
    /// recover are always among them. Older ones are checked when they are read.
    std::size_t checked_at_open = 1'000'000;

    // For tests.
    std::string vfs;  ///< empty: SQLite's default
    Durability durability = Durability::full;
    std::function<std::uint64_t()> free_bytes;  ///< room on the disk; empty: ask the system
};

}  // namespace anju::store
