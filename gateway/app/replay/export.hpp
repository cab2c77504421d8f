// A box's own trace as recordings, so that it can be scored (anju-score) and played again
// (anju-sim replay): a file a home with what its sensors said of life. It holds what nobody but the
// people of the home should know; it does not leave the box by itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.hpp"
#include "core/model/household.hpp"
#include "core/model/instant.hpp"
#include "store/store_reader.hpp"

namespace anju::replay {

struct ExportOptions {
    /// Made for its owner alone, where it is not there; HOUSEHOLD.csv in it must be new, is 0600.
    std::filesystem::path folder;
    std::optional<HouseholdId> household = {};  ///< nullopt: all
    Duration utc_offset = std::chrono::hours{8};
};

struct Exported {
    std::uint64_t homes{};
    std::uint64_t rows{};
    /// Readings that recordings do not know: alarms, batteries, heartbeats, a register's first and
    /// those that prove nothing.
    std::uint64_t left_out{};
};

/// Fails when the store cannot be read, when there are more than 20 million rows (then home by
/// home), or when a file cannot be written or is there already.
[[nodiscard]] result<Exported> export_traces(store::StoreReader& reader,
                                             const ExportOptions& options);

}  // namespace anju::replay
