// Which households are due for a checkpoint, so that a restart has little to apply again and
// ten thousand households never have to be written at once.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/ids.hpp"
#include "runtime/clock.hpp"

namespace anju {

class Checkpointer {
public:
    struct Options {
        std::chrono::milliseconds every = std::chrono::minutes{5};  ///< while a household changes
        Duration base_every = std::chrono::hours{24};  ///< bases, from which decisions are replayed
        std::size_t at_once = 32;                      ///< households in one transaction
    };
    explicit Checkpointer(Options options);

    struct Due {
        HouseholdId household;
        bool base{};
    };

    /// An input was applied to the household.
    void changed(const HouseholdId& household, SteadyTime now);
    /// A checkpoint of it is in the next transaction.
    void written(const HouseholdId& household, bool base, Instant at);
    void forget(const HouseholdId& household);

    /// At most `at_once` households that are due: those that changed `every` ago, and in turn
    /// those without a base for `base_every`, changed or not (a home whose sensors are all dead
    /// must not keep the journal from being pruned). Each is handed out once.
    [[nodiscard]] std::vector<Due> due(SteadyTime now, Instant at);
    /// Every household with changes since its last checkpoint, for an orderly stop.
    [[nodiscard]] std::vector<Due> all_changed();
    [[nodiscard]] std::optional<SteadyTime> next() const;

private:
    struct Entry {
        HouseholdId household;
        bool dirty{};
        bool forgotten{};  ///< only in the queues still
        Instant base_at{};
    };
    using Shared = std::shared_ptr<Entry>;
    const Shared& entry_of(const HouseholdId& household);

    Options options_;
    std::unordered_map<HouseholdId, Shared> entries_;  ///< looked up, never iterated
    std::deque<std::pair<SteadyTime, Shared>> queue_;  ///< dirty ones, oldest first
    std::deque<Shared> rotation_;                      ///< all, for their bases
};

}  // namespace anju
