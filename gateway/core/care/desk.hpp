// The care of one community as a state machine: who is cared for, the plan of the rounds, what
// became of every task, and what follows. A unit of state like a household: it numbers its own
// decisions and is saved and restored alone. Its inputs are those of a community (input.hpp); it
// knows of homes only what it was told through them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decision.hpp"
#include "core/input.hpp"

namespace anju {
namespace care {
struct DeskState;
class DeskStep;
}  // namespace care

/// A resident as the desk sees it.
struct ClientView {
    Resident resident;
    HouseholdId household;
    std::optional<Suspension> suspension;
    WorkerId usual;          ///< who had most contacts of late; empty = nobody yet
    Instant last_contact{};  ///< successful; epoch 0 = none
    std::uint8_t visits{};   ///< effective quota
    std::uint8_t calls{};
};

/// When a resident is usually up and at home, as the desk was told.
struct RhythmKnown {
    std::vector<Window> at_home;
    Date told;  ///< days 0 = never
};

struct AbsenceView {
    WorkerId worker;
    Date from;
    Date to;
};

struct CommunityView {
    Community community;
    std::vector<ClientView> clients;  ///< ascending by resident
    std::vector<CareTask> tasks;      ///< of the last, this and the next week, by start
    std::vector<AbsenceView> absences;
    std::vector<PlanMade> plans;  ///< the newest of each week that is kept, ascending
    std::vector<Alert> alerts;    ///< of the community itself, not closed
    /// Weeks up to this one whose books are not closed, as they stand now; ascending.
    std::vector<WeekClosed> so_far;
    std::uint64_t decisions{};
};

class CareDesk {
public:
    struct Voice {
        Duration utc_offset{};
    };

    CareDesk();
    ~CareDesk();
    CareDesk(const CareDesk&) = delete;
    CareDesk& operator=(const CareDesk&) = delete;
    CareDesk(CareDesk&&) noexcept;
    CareDesk& operator=(CareDesk&&) noexcept;

    // Each first decides what is due up to `now`, which must not go back. Inputs that carry a
    // command_id give exactly one CommandAnswered.
    void apply(Instant now, const CommunitySet& input, Voice voice, Decisions& out);
    void apply(Instant now, const ResidentsSet& input, Voice voice, Decisions& out);
    void apply(Instant now, const RhythmTold& input, Voice voice, Decisions& out);
    void apply(Instant now, const AlertTold& input, Voice voice, Decisions& out);
    void apply(Instant now, const ContactRecorded& input, Voice voice, Decisions& out);
    void apply(Instant now, const SuspensionSet& input, Voice voice, Decisions& out);
    void apply(Instant now, const WorkerAbsent& input, Voice voice, Decisions& out);
    void apply(Instant now, const TaskCommand& input, Voice voice, Decisions& out);
    void apply(Instant now, const AlertCommand& input, Voice voice, Decisions& out);
    void apply(Instant now, const ChannelHealth& input, Voice voice, Decisions& out);
    void run_until(Instant now, Voice voice, Decisions& out);
    /// Decides what was due before the step and moves every instant; days stay.
    void clock_step(Instant now, Duration by, Voice voice, Decisions& out);
    /// See StoreRestored. Nothing else moves, time does not either.
    void skip_numbers(std::uint64_t by);
    /// The community is about to be forgotten: cancels what is open.
    void withdraw(Instant now, Voice voice, Decisions& out);

    /// Exactly when the next thing is due.
    [[nodiscard]] std::optional<Instant> deadline() const { return deadline_; }
    [[nodiscard]] const Community& community() const;
    /// Where a resident of the community lives; nullptr when nobody here is called so.
    [[nodiscard]] const HouseholdId* household_of(const ResidentId& resident) const;
    /// nullopt when nobody here is called so.
    [[nodiscard]] std::optional<RhythmKnown> rhythm(const ResidentId& resident) const;
    [[nodiscard]] std::size_t open_alert_count() const;
    /// The number of the last one.
    [[nodiscard]] std::uint64_t decisions() const;
    [[nodiscard]] CommunityView view() const;
    /// Who has this role for the resident at `now`, in the order in which they are asked; workers
    /// of the community only (no contact, neighbour, resident).
    [[nodiscard]] std::vector<WorkerId> who(Role role, const ResidentId& resident,
                                            Instant now) const;

    [[nodiscard]] std::string save() const;
    /// Whether `bytes` claim to be what save() gives, rather than a household.
    [[nodiscard]] static bool is_desk(std::string_view bytes);
    /// nullopt when `bytes` are not what save() gives.
    [[nodiscard]] static std::optional<CareDesk> load(std::string_view bytes);

private:
    template <class Act>
    void step(Instant now, Voice voice, Decisions& out, Act act);

    std::unique_ptr<care::DeskState> state_;
    std::optional<Instant> deadline_;  // next_due(*state_)
};

}  // namespace anju
