// The shell around the core: takes what came in, lets the engine decide, commits both, and only
// then acknowledges and sends. It is crash-only: an Error from any method means that the store
// refused, the process must end, and the next start finds exactly what had been acknowledged.
//
// Single-threaded: every method is called on the loop. It reads time from the Clock it was
// given, and from nowhere else. What changes state is noexcept: an exception half-way would leave
// memory ahead of the disk, and ends the process like a store that refuses.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "core/engine.hpp"
#include "runtime/acks.hpp"
#include "runtime/address_book.hpp"
#include "runtime/checkpointer.hpp"
#include "runtime/clock.hpp"
#include "runtime/counters.hpp"
#include "runtime/engine_time.hpp"
#include "runtime/inbox.hpp"
#include "runtime/ingest.hpp"
#include "runtime/journal.hpp"
#include "runtime/message_tap.hpp"
#include "runtime/ports.hpp"
#include "runtime/proposals.hpp"
#include "runtime/recovery.hpp"

namespace anju {

/// A command with the time after which it must not be applied any more.
struct TimedCommand {
    AlertCommand command;
    Instant expires{};        ///< epoch 0 = never
    std::string digest = {};  ///< AnsweredCommand::digest
};

/// What people record and order in the rounds.
using CareCommand = std::variant<ContactRecorded, SuspensionSet, WorkerAbsent, TaskCommand>;

class Gateway {
public:
    struct Options {
        Engine::Options engine;
        Ingest::Options ingest;
        Checkpointer::Options checkpoints;
        /// The gateway down or deaf for this long is told to the engine as an Outage.
        Duration outage_after = std::chrono::minutes{5};
    };

    /// All references must outlive it. `district` may be nullptr: then nothing goes up and no
    /// outbox is filled.
    Gateway(Options options, Clock& clock, Journal& journal, const drivers::Catalog& catalog,
            SensorLink& sensors, District* district);

    /// Who tells people; before start(), must outlive this. nullptr: nobody is told.
    void notify_through(Notifier* notifier) { notifier_ = notifier; }
    /// Sees the decisions of every commit, after it. Before start(); for what lives on the box
    /// alone and is nothing that could be lost. Never blocks.
    using Watcher = std::function<void(const Decisions&)>;
    void watch(Watcher watcher) { watchers_.push_back(std::move(watcher)); }

    struct Started {
        std::vector<std::string> notes;  ///< of the store
        Recovered recovered;
        std::uint64_t epoch{};
    };
    /// Brings the engine back to where the store says it was. Once, first.
    [[nodiscard]] result<Started> start() noexcept;

    /// One transaction for a batch of messages from the home broker. After it, all of them may
    /// be acknowledged to the broker.
    [[nodiscard]] result<void> process(std::span<const Inbound> batch) noexcept;
    /// Decides what has fallen due and writes the checkpoints that are. To be called when
    /// deadline() comes and about once a second; calling more often is harmless.
    [[nodiscard]] result<void> tick() noexcept;
    /// Whether the home can be heard: true with the first session to its broker, false when the
    /// last is gone; false at the start. While it cannot, nothing falls due, and what would have
    /// is told to the engine as an Outage: whoever was not asked was not silent.
    [[nodiscard]] result<void> listening(bool hears) noexcept;
    /// A bounded step of the store's housekeeping; true: there is more to do soon.
    /// Old rows go by the clock only as far as it was ever known to be right; by size always.
    [[nodiscard]] result<bool> maintain() { return journal_.maintain(trusted_now_); }
    /// Applied once per id; the answer is also an event for the district. An id that comes again
    /// with another digest is refused with the code `command_id_reused`: nothing is done, and
    /// neither the store nor the district hears of it.
    [[nodiscard]] result<AnsweredCommand> command(const TimedCommand& command) noexcept;
    /// The same for an order that concerns no alert: unless `id` was answered before or has
    /// expired, `act` carries it out and says what became of it.
    using Act = std::function<std::pair<CommandStatus, std::string>()>;
    [[nodiscard]] result<AnsweredCommand> order(const std::string& id, Instant expires,
                                                const Act& act) noexcept;
    /// Registers or replaces these homes; with `replace`, homes not named are removed.
    struct DirectoryChange {
        std::size_t set{};
        std::size_t removed{};
        std::size_t unchanged{};
    };
    [[nodiscard]] result<DirectoryChange> set_households(std::vector<Household> households,
                                                         bool replace) noexcept;
    /// Registers or replaces these communities; with `replace`, those not named are removed. A home
    /// is cared for by the desk of the community it names, whichever of both came first.
    [[nodiscard]] result<DirectoryChange> set_communities(std::vector<Community> communities,
                                                          bool replace) noexcept;
    /// Applied once per id, as command(). What the home knows of a contact is added here.
    [[nodiscard]] result<AnsweredCommand> care(CareCommand command, Instant expires = {},
                                               std::string digest = {}) noexcept;
    [[nodiscard]] result<bool> remove_household(const HouseholdId& household) noexcept;

    /// A resident says yes or no to a kind of sensor; refused and withdrawn stop its collection
    /// with this commit and begin the erasure of what there is (Erasure).
    [[nodiscard]] result<AnsweredCommand> consent(const ConsentRecorded& said) noexcept;

    /// Devices that speak and that no home has.
    [[nodiscard]] const Proposals& proposals() const { return proposals_; }
    /// Hides a device from the proposals until told otherwise. false: there is no room for another.
    [[nodiscard]] result<bool> ignore(const std::string& driver,
                                      const std::string& address) noexcept;
    /// false: it was not ignored.
    [[nodiscard]] result<bool> unignore(const std::string& driver,
                                        const std::string& address) noexcept;
    /// Why the last message of `proposal` could not be read with this key and profile; nullopt: it
    /// could, or it is not at hand in full.
    [[nodiscard]] std::optional<drivers::DecodeError> attempt(const Proposal& proposal,
                                                              drivers::DeviceSettings settings);
    /// Keys and profiles of the registered devices.
    [[nodiscard]] const drivers::Settings& settings() const { return ingest_.state().settings(); }
    /// To be added to before start().
    [[nodiscard]] drivers::Profiles& profiles() { return ingest_.state().profiles(); }
    /// Registered devices whose profile there is not: they are not understood.
    [[nodiscard]] const std::vector<DeviceId>& without_profile() const { return without_profile_; }
    /// Messages since the start on the route of this number in the catalog.
    [[nodiscard]] std::uint64_t heard(std::size_t route) const { return ingest_.heard(route); }

    /// The messages of devices that somebody watches.
    [[nodiscard]] MessageTap& tap() { return tap_; }

    /// Writes what has become of notices.
    [[nodiscard]] result<void> write_notices(std::vector<Notice> changed) noexcept;
    /// Notices that follow from no decision, such as that a channel is down; sent like all others.
    /// The highest id given out.
    [[nodiscard]] result<std::uint64_t> add_notices(std::vector<Notice> notices) noexcept;

    /// Ways to people began to fail or work again: the alerts of the communities they reach.
    /// Communities that are not known are left out.
    [[nodiscard]] result<void> channels_changed(std::vector<ChannelHealth> news) noexcept;

    /// What the platform has committed; written with the next transaction or tick().
    void acknowledged(OutboxAck ack) { acks_.push_back(std::move(ack)); }
    /// Tells the district how the box does, on the bulk lane; nothing without a district.
    [[nodiscard]] result<void> report_box(const BoxHealth& health, BoxCause cause,
                                          const BoxWarnings& warnings) noexcept;
    /// Last checkpoints, so that the next start has nothing to apply again.
    [[nodiscard]] result<void> stop() noexcept;

    /// When tick() has something to decide. While the home cannot be heard that is not before the
    /// Outage: what fell due meanwhile waits for it.
    [[nodiscard]] std::optional<Instant> deadline() const;
    [[nodiscard]] std::optional<SteadyTime> next_checkpoint() const { return checkpointer_.next(); }
    [[nodiscard]] const Engine& engine() const { return engine_; }
    [[nodiscard]] Journal& journal() { return journal_; }
    [[nodiscard]] Counters& counters() { return counters_; }
    [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
    [[nodiscard]] Instant now() const { return time_.last(); }

private:
    /// What one commit will write, while it is being put together.
    struct Work {
        Transaction transaction;
        Decisions announcements;  ///< for the district alone: said again, or not the engine's
        std::vector<Notice> notices;
        std::size_t coupled{};  ///< so many decisions have been told to other units
    };

    /// Fills in the answer; true: the engine has said it already.
    using Answering = std::function<bool(Work& work, AnsweredCommand& answer)>;
    struct Once {
        const std::string& id;
        Instant expires{};
        std::string digest = {};
    };
    result<AnsweredCommand> answer_once(const Once& once, const Answering& answering);
    enum class Purpose { look, take };
    Work begin(Purpose purpose);
    void catch_up(Work& work, Purpose purpose);
    [[nodiscard]] std::uint64_t skipped_since(Instant last_known) const;
    void announce_open_alerts(Work& work);
    void apply(Work& work, const HouseholdId& household, const Input& input);
    void take(Work& work, const Inbound& message);
    void observe(Work& work, Understood::Item& item);
    void erase(Work& work, const ConsentRecorded& said);
    [[nodiscard]] result<void> keep_consents(Work& work, const std::set<HouseholdId>& homes);
    void erase_rhythms(Work& work, const Household& home, SensorKind kind);
    [[nodiscard]] bool mentions_withheld(std::string_view topic, std::string_view payload) const;
    void checkpoint(Work& work, const HouseholdId& household, bool base);
    void remove(Work& work, const HouseholdId& household);
    void couple(Work& work);
    void tell_residents(Work& work, const Household& household, bool gone);
    void tell_rhythms(Work& work);
    static void take_answer(const Work& work, AnsweredCommand& answer);
    void directory_changed();
    [[nodiscard]] bool is_profile(const std::string& name);
    void wrap_events(Transaction& transaction, const Decisions& decisions);
    [[nodiscard]] result<void> resume_notices(const Recovery& recovery);
    [[nodiscard]] bool came_too_late(const Notice& notice) const;
    void wrap_notices(Work& work);
    result<void> finish(Work& work);
    void report(const Decision& decision);

    Options options_;
    Clock& clock_;
    Journal& journal_;
    SensorLink& sensors_;
    District* district_;
    Notifier* notifier_ = nullptr;
    std::vector<Watcher> watchers_;
    Engine engine_;
    EngineTime time_;
    Counters counters_;
    AddressBook book_;
    Proposals proposals_;
    MessageTap tap_;
    Ingest ingest_;
    Checkpointer checkpointer_;
    AckBook ack_book_;
    std::vector<OutboxAck> acks_;
    ClockReading reading_;
    std::vector<DeviceId> without_profile_;
    std::vector<std::string> withheld_;     ///< addresses of devices that are not collected
    std::uint64_t skip_ = 0;                ///< numbers to leave out before anything is decided
    std::optional<Instant> deaf_since_;     ///< the home cannot be heard; the engine stands there
    std::vector<HouseholdId> rhythm_turn_;  ///< whose rhythm is to be looked at, last one first
    Instant rhythm_again_{};
    Instant last_commit_{};
    Instant trusted_now_{};  ///< the latest time that was not a free-running clock's
    std::uint64_t epoch_ = 0;
    std::uint64_t last_input_ = 0;
    std::uint64_t last_notice_ = 0;
    std::uint64_t heads_[3] = {};  ///< by Lane: highest seq given out
};

}  // namespace anju
