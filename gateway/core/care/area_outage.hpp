// Did a street lose its power or its network? Many homes that fall silent within minutes are one
// matter, not one for each of them: more than 20 boxes lost within 5 min is one area_outage.
//
// What is known of the homes is what their alerts tell: a home counts as lost from the moment one
// of its devices is told to be offline, stale or without mains, until none of these alerts holds
// any more. A device that is faulty or muted speaks, and loses no home. So a home counts when its
// first device goes, which is early and, for twenty others to go by chance within the same five
// minutes, never: that takes thousands of homes with an alert a day each.
//
// The outage is over when not more than half of the homes that it took are still lost; those are
// then a matter of their own again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/codec/archive.hpp"
#include "core/model/alert.hpp"

namespace anju::care {

class AreaOutage {
public:
    static constexpr std::size_t more_than = 20;  ///< homes
    static constexpr Duration within = std::chrono::minutes{5};

    enum class Turn : std::uint8_t {
        begins,  ///< raise area_outage, and merge `alerts` into it
        joins,   ///< merge `alerts` into the one that stands
        ends     ///< resolve it; `alerts`, merged ones that still hold, are to be parted from it
    };
    struct Verdict {
        Turn turn{};
        std::vector<AlertId> alerts;  ///< ascending by household, then in the order they came
        Instant since{};              ///< the first home of the outage was lost
        std::size_t homes{};          ///< that it has taken up to now
    };

    /// A household's alert was raised or moved, or it said that a merged one has recovered. `at`
    /// must not go back.
    [[nodiscard]] std::optional<Verdict> take(const Alert& alert, Instant at);
    /// The household is no longer of the community.
    [[nodiscard]] std::optional<Verdict> forget(const HouseholdId& household);
    /// An outage has begun and is not over.
    [[nodiscard]] bool lasts() const { return since_ != Instant{}; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.homes_, self.since_, self.taken_);
    }

private:
    struct Home {
        HouseholdId household;
        Instant lost{};                    // when the first of `alerts` was told
        bool taken{};                      // is of the outage
        std::vector<AlertId> alerts = {};  // that hold

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.household, self.lost, self.taken, self.alerts);
        }
    };

    [[nodiscard]] std::optional<Verdict> lost(const Alert& alert, Instant at);
    [[nodiscard]] std::optional<Verdict> back(const Alert& alert);
    [[nodiscard]] std::optional<Verdict> end_if_over();

    std::vector<Home> homes_;  // with alerts that hold, ascending by household
    Instant since_{};          // of the outage; epoch 0 = there is none
    std::uint64_t taken_{};    // homes it has taken
};

}  // namespace anju::care
