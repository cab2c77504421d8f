// The alerts of one household and the rules by which they come and go.
//
//   raise ─> self_check ─> open ─> acknowledged ─> en_route ─> on_site ─> resolved ─> closed
//                │           ^            persons, one step after another               │
//                v           └──── the same again within the reopen window, or ────────┘
//            cancelled             somebody who says that it was not over
//
//  - Every alert stands on a ladder (ladder.hpp): somebody is told at once, others when nobody
//    acknowledges, moves or arrives. A P2 asks the resident first: whoever answers, or gives any
//    sign of life, takes the alert back before anybody is called. One that was open already does
//    not ask again: what persons were told of, persons end.
//  - At most one open alert per kind; per kind and device where the device is what is wrong or
//    what stands open; of gas_leak one per gas, because carbon monoxide is another danger than
//    combustible gas and asks for other deeds: the rule of its evidence tells; of contact_failed
//    one per resident. What comes on top of
//    an open alert is counted in `repeats` and makes no decision of its own: the count travels with
//    the next one. Another device that says the same joins the evidence, and that is told.
//  - A device that recovers resolves its alert of P3 or P4 by "system"; half an hour (the reopen
//    window) later, when it can no longer be reopened, an alert of P4, or of a channel, is closed
//    by "system" too. Everything else, P1 and P2 above all, is ended by persons only.
//  - Alerts of many homes that tell of the same are merged into one of their community; what is
//    about a resident who turns out to be away is suppressed.
//  - At most 8 closed alerts are kept, beside those that a supervisor has still to look at. Of more
//  than 64 in all the oldest closed one goes, else
//    the oldest resolved P4, else the oldest resolved P3. What is open is never dropped, being
//    bounded by the first rule; nor is a P1 or P2 before it is closed. Those that somebody
//    resolves and nobody closes are therefore all kept, and each took a person.
//  - Alerts are numbered from the second in which the household was registered (Unix time), so
//    that one taken off the gateway and registered again gives no number twice: for that it
//    would have to raise more than an alert a second.
//  - What becomes more urgent while its alert is open raises the priority of that alert, which is
//    then open again, whoever had acknowledged the lesser matter. It never becomes less urgent.
//  - Another matter of the same kind takes over the open alert likewise, which stays as urgent as
//    it was: of a second silence somebody has to hear, though the alert of the first one was never
//    closed.
//
// Alerts are kept without their sentences, which follow from the evidence (core/text).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/alert/ladder.hpp"
#include "core/codec/fields.hpp"
#include "core/model/alert.hpp"

namespace anju {

/// Hears of every step of every alert, in order, at the moment it is made.
class AlertSink {
public:
    /// `from` is nullopt when the alert has just been raised.
    virtual void moved(const Alert& alert, std::optional<AlertState> from) = 0;
    /// Somebody is told of the alert, as it was moved last. `roles` is not empty.
    virtual void told(const Alert& alert, std::span<const Role> roles, SummonsCause cause) = 0;

protected:
    ~AlertSink() = default;
};

class AlertBook {
public:
    static constexpr std::size_t most_kept = 64;
    static constexpr std::size_t most_closed_kept = 8;

    struct Claim {
        AlertKind kind{};
        DeviceId device;  ///< of the decisive reading
        Evidence evidence;
        /// Where it differs from that of the kind: "please phone" is a P3 of a kind that is P2.
        std::optional<Priority> priority = {};
        /// Not the matter of the open alert, but another of the same kind.
        bool another = false;
        ResidentId resident = {};  ///< whom it is about; empty: presumed_resident()
        std::string note = {};     ///< what came with it, in the words of others
    };
    struct Next {
        AlertId alert;
        Ladder::Step step;
    };

    /// To be called once, before the first raise(): where the numbers begin.
    void number_from(Instant registered);
    /// The next number is `by` further on.
    void skip_numbers(std::uint64_t by) { last_number_ += by; }
    /// Raises, reopens or counts a repetition. True when somebody has to be told.
    bool raise(Claim claim, Instant at, const Household& home, const Ladder& ladder,
               AlertSink& sink);
    /// One more reading said what the open alert says already. Nothing, if none is open.
    void repeat(AlertKind kind, const DeviceId& device, std::string_view rule);
    /// The condition has ended: resolves the alert if it is still open.
    void recover(AlertKind kind, const DeviceId& device, Instant at, AlertSink& sink);

    /// Ends, by "system", every alert that is not closed, as `cancelled`.
    void cancel_all(Instant at, AlertSink& sink);
    /// Ends, by "system", every alert whose kind is about a resident who is at home, and of which
    /// `gone` is true: nobody of those it may be about is. P1 and P2 that persons know of stay, and
    /// whoever is on site says what it was: of these it is noted only.
    void suppress(const std::function<bool(const Alert&)>& gone, Instant at, AlertSink& sink);
    /// A P4 that is open is told of by `into`. False, and nothing changed, with any other alert.
    bool merge(const AlertId& alert, const AlertId& into, Instant at, AlertSink& sink);
    /// It is told of by no other alert any more: open again, if it was merged and the condition
    /// holds. False, and nothing changed, otherwise.
    bool part(const AlertId& alert, Instant at, const Ladder& ladder, AlertSink& sink);

    /// When the next step of a ladder is due, or a recovered device alert is to be closed. May have
    /// passed.
    [[nodiscard]] std::optional<Instant> deadline(Duration reopen_window,
                                                  const Ladder& ladder) const;
    /// Makes every step that is due, one after another, and closes what is to be closed.
    void run(Instant at, Duration reopen_window, const Ladder& ladder, AlertSink& sink);
    /// What comes next of every alert of which something does, oldest first.
    [[nodiscard]] std::vector<Next> next(const Ladder& ladder) const;

    /// An alert that is kept; nullptr otherwise. Valid until the next raise().
    [[nodiscard]] Alert* find(const AlertId& id);
    /// Those of which the resident is asked. Valid until the next raise().
    [[nodiscard]] std::vector<Alert*> asking();
    // Of alerts that find() or asking() gave.
    /// Moves it, by a person or, in the self-check, by a sign of life.
    void move(Alert& alert, AlertState to, StepCause cause, const std::string& actor, Instant at,
              AlertSink& sink);
    /// Opens it once more, with the ladder from the start, by a person.
    void reopen(Alert& alert, const std::string& actor, Instant at, const Ladder& ladder,
                AlertSink& sink);
    /// Another alert of the same matter, which is newer; empty: there is none.
    [[nodiscard]] AlertId newer_than(const Alert& alert) const;

    /// When such an alert last ended; epoch 0 when none is known, nullopt while one is open.
    [[nodiscard]] std::optional<Instant> ended_at(AlertKind kind, const DeviceId& device,
                                                  std::string_view rule) const;
    /// `at_least`: only one that is as urgent.
    [[nodiscard]] bool has_open(AlertKind kind, const DeviceId& device,
                                Priority at_least = Priority::p4) const;
    /// Such an alert is open, and its evidence reaches to `since` or later.
    [[nodiscard]] bool tells_of(AlertKind kind, Instant since) const;
    [[nodiscard]] std::size_t open_count() const;
    /// All that are not closed, oldest first, without sentences.
    [[nodiscard]] std::vector<Alert> pending() const;

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.last_number_, self.entries_);
    }

private:
    struct Entry {
        Alert alert;
        Instant recovered_at{};  // epoch 0: the condition still holds, as far as is known
        Instant ended_at{};      // when it was resolved, or closed by a person; epoch 0 while open

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.alert, self.recovered_at, self.ended_at);
        }
    };

    /// `rule` matters for gas_leak alone, `resident` for contact_failed alone.
    [[nodiscard]] const Entry* newest(AlertKind kind, const DeviceId& device,
                                      std::string_view rule = {},
                                      const ResidentId& resident = {}) const;
    [[nodiscard]] Entry* newest(AlertKind kind, const DeviceId& device, std::string_view rule = {},
                                const ResidentId& resident = {});
    static void join(Entry& entry, const Claim& claim, Instant at, AlertSink& sink);
    /// The matter of an alert that is open already has grown.
    static void take_over(Entry& entry, Claim claim, Priority priority, Instant at,
                          const Ladder& ladder, AlertSink& sink);
    static void come_back(Entry& entry, Claim claim, Priority priority, Instant at,
                          const Ladder& ladder, AlertSink& sink);
    struct Opening {
        std::optional<AlertState> from;
        StepCause cause{};
        SummonsCause summons{};
        bool ask{};              ///< the resident first
        std::string actor = {};  ///< empty: the system
        std::string note = {};
    };
    /// Sets it on the foot of its ladder and makes the first step.
    static void open(Entry& entry, const Opening& opening, Instant at, const Ladder& ladder,
                     AlertSink& sink);
    void climb(Entry& entry, Instant at, const Ladder& ladder, AlertSink& sink);
    [[nodiscard]] Entry& entry_of(const Alert& alert);
    [[nodiscard]] static std::optional<Instant> closing_time(const Entry& entry, Duration window);
    static void step(Entry& entry, AlertState to, StepCause cause, std::string actor, Instant at,
                     AlertSink& sink);
    void make_room();

    std::uint64_t last_number_{};
    std::vector<Entry> entries_;  // in the order they were raised
};

}  // namespace anju
