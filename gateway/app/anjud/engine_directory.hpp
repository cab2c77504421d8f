// Answers what notices ask about people and homes from the engine's state.
#pragma once

#include <optional>
#include <vector>

#include "core/engine.hpp"
#include "notify/directory.hpp"
#include "notify/speaker.hpp"

namespace anju {

class EngineDirectory final : public notify::Directory {
public:
    /// `speaker` may be nullptr. Both must outlive it. Loop thread.
    EngineDirectory(const Engine& engine, const notify::Speaker* speaker)
        : engine_(engine), speaker_(speaker) {}

    [[nodiscard]] std::vector<notify::Person> who(Role role, const HouseholdId& unit,
                                                  Instant now) const override;
    [[nodiscard]] std::optional<notify::Person> worker(const HouseholdId& unit,
                                                       const WorkerId& worker) const override;
    [[nodiscard]] notify::Scene scene(const HouseholdId& unit,
                                      const ResidentId& resident) const override;
    [[nodiscard]] std::optional<Alert> alert(const HouseholdId& unit,
                                             const AlertId& alert) const override;
    [[nodiscard]] std::vector<HouseholdId> units_of_communities() const override;
    [[nodiscard]] bool can_ask(const HouseholdId& household) const override;

private:
    /// The community that cares for the unit; nullptr: none that is registered.
    [[nodiscard]] const Community* community(const HouseholdId& unit) const;

    const Engine& engine_;
    const notify::Speaker* speaker_;
};

/// A worker as somebody who can be told.
[[nodiscard]] notify::Person person_of(const Worker& worker);

}  // namespace anju
