// Saves what is readable and sealed from a damaged store into a fresh one.
//
// Inputs, checkpoints and alerts go over as they are, so no household is forgotten and no
// reading that was acknowledged to a sensor is lost unless its own row is. Events do not: their
// bytes carry the old epoch and number. In their place go the decisions they were made from
// (table `salvaged`), to be wrapped anew; see Recovery::salvaged.
//
// A household whose newest checkpoint is damaged starts from an older one and the inputs since;
// without any, from its last registration in the journal, with the inputs since. Households for
// which there is neither are named.
//
// If inputs are lost, the state of their household falls back to its checkpoint: numbers of
// decisions and of alerts since then may be given out a second time. The report says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/instant.hpp"
#include "store/database.hpp"

namespace anju::store {

/// unix seconds << 20 | 20 bits of `entropy`.
[[nodiscard]] std::uint64_t make_epoch(Instant now, std::uint32_t entropy);

/// `into` has the schema and nothing else. The new epoch is larger than the old one where that
/// is still known. Returns what was saved and lost, one sentence an item. Throws SqliteError
/// only for `into`, and for causes outside of the content of `from`.
[[nodiscard]] std::vector<std::string> salvage(Database& from, Database& into, Instant now,
                                               std::uint32_t entropy);

/// Writes a new epoch into a store that has none.
void start_epoch(Database& db, std::uint64_t epoch);

}  // namespace anju::store
