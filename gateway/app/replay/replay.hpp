// Computes the decisions of a store again from its inputs and compares them, byte for byte, with
// those on record: the proof that the same input gives the same decisions, and the place to try
// what other rules would have decided.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/engine.hpp"
#include "store/store_reader.hpp"

namespace anju::replay {

struct Options {
    Engine::Options engine;
    /// What-if: these for every household instead of its own (see Rules).
    std::optional<std::vector<Preset>> presets;
    std::optional<std::uint32_t> alert_budget_milli;
    std::optional<std::uint32_t> phone_budget_milli;
    std::size_t shown = 5;  ///< differences kept in full

    [[nodiscard]] bool what_if() const {
        return presets || alert_budget_milli || phone_budget_milli;
    }
};

/// A decision that is not on record as computed.
struct Difference {
    HouseholdId household;
    std::string recorded;  ///< in words; empty: nothing on record
    std::string computed;  ///< in words; empty: not decided again
};

struct AlertCount {
    std::uint64_t recorded{};
    std::uint64_t computed{};
};

struct Report {
    bool from_start{};  ///< the journal is complete; else from the oldest checkpoints
    std::uint64_t households{};
    std::uint64_t inputs{};
    std::uint64_t skipped{};       ///< inputs before the first checkpoint of their household
    std::uint64_t readings{};      ///< applied
    std::uint64_t decisions{};     ///< computed
    std::uint64_t recorded{};      ///< decisions on record that they were compared with
    std::uint64_t unattributed{};  ///< answers that concern no household, not compared
    std::uint64_t differences{};
    std::vector<Difference> first;  ///< up to Options::shown
    /// Alerts raised, by kind; "inactivity P3" where the priority is not that of the kind. One
    /// that became more urgent counts under both.
    std::map<std::string, AlertCount> raised;
    double engine_seconds{};  ///< applying, encoding and comparing
    double total_seconds{};

    [[nodiscard]] double readings_per_second() const {
        return engine_seconds > 0 ? static_cast<double>(readings) / engine_seconds : 0;
    }
};

/// Every household starts at its oldest checkpoint, or from nothing when no input has been
/// pruned yet, and ends at the stored engine time. Fails when the store or an input cannot be
/// read.
[[nodiscard]] result<Report> replay(store::StoreReader& reader, const Options& options);

}  // namespace anju::replay
