// From what the journal holds back to the engine as it was at the last commit.
#pragma once

#include <cstdint>

#include "core/engine.hpp"
#include "runtime/journal.hpp"

namespace anju {

struct Recovered {
    std::uint64_t inputs{};    ///< journal entries applied again
    std::uint64_t unusable{};  ///< entries or checkpoints that could not be decoded
};

/// Rebuilds `engine` (which must be empty): each household is restored from its checkpoint at
/// the place in the journal where that was taken, the inputs after it are applied again, and
/// time is advanced to the last commit. What this decides has been decided and stored before,
/// so it is dropped.
[[nodiscard]] result<Recovered> recover_engine(Journal& journal, const Recovery& recovery,
                                               Engine& engine);

}  // namespace anju
