// The alerts of one household and the rules by which they come and go.
//
//   raise ──> open ──> acknowledged ──> resolved ──> closed
//              ^            persons, one step after another   │
//              └──── the same again within the reopen window ─┘
//
//  - At most one open alert per kind; per kind and device where the device is what is wrong or
//    what stands open; of gas_leak one per gas, because carbon monoxide is another danger than
//    combustible gas and asks for other deeds: the rule of its evidence tells. What comes on top of
//    an open alert is counted in `repeats` and makes no decision of its own: the count travels with
//    the next one. Another device that says the same joins the evidence, and that is told.
//  - A device that recovers resolves its alert by "system"; half an hour (the reopen window)
//    later, when it can no longer be reopened, a P4 alert is closed by "system" too. Everything
//    else, P1 and P2 above all, is ended by persons only.
//  - At most 8 closed alerts are kept. Of more than 64 in all the oldest closed one goes, else
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
#include <optional>
#include <string_view>
#include <vector>

#include "core/codec/fields.hpp"
#include "core/model/alert.hpp"

namespace anju {

/// Hears of every step of every alert, in order, at the moment it is made.
class AlertSink {
public:
    /// `from` is nullopt when the alert has just been raised.
    virtual void moved(const Alert& alert, std::optional<AlertState> from) = 0;

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
    };

    /// To be called once, before the first raise(): where the numbers begin.
    void number_from(Instant registered);
    /// Raises, reopens or counts a repetition. True when somebody has to be told.
    bool raise(Claim claim, Instant at, const Household& home, AlertSink& sink);
    /// One more reading said what the open alert says already. Nothing, if none is open.
    void repeat(AlertKind kind, const DeviceId& device, std::string_view rule);
    /// The condition has ended: resolves the alert if it is still open.
    void recover(AlertKind kind, const DeviceId& device, Instant at, AlertSink& sink);

    /// Ends, by "system", every alert that is not closed, as `cancelled`.
    void cancel_all(Instant at, AlertSink& sink);

    /// When the next recovered device alert is to be closed.
    [[nodiscard]] std::optional<Instant> deadline(Duration reopen_window) const;
    void close_due(Instant at, Duration reopen_window, AlertSink& sink);

    /// An alert that is kept; nullptr otherwise. Valid until the next raise().
    [[nodiscard]] Alert* find(const AlertId& id);
    /// Moves an alert that find() gave, by a person.
    void move(Alert& alert, AlertState to, const std::string& actor, Instant at, AlertSink& sink);

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
    static void join(Alert& alert, const Claim& claim, Instant at, AlertSink& sink);
    struct Entry {
        Alert alert;
        Instant recovered_at{};  // epoch 0: the condition still holds, as far as is known
        Instant ended_at{};      // when it was resolved, or closed by a person; epoch 0 while open

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.alert, self.recovered_at, self.ended_at);
        }
    };

    /// `rule` matters for gas_leak alone.
    [[nodiscard]] const Entry* newest(AlertKind kind, const DeviceId& device,
                                      std::string_view rule = {}) const;
    [[nodiscard]] Entry* newest(AlertKind kind, const DeviceId& device, std::string_view rule = {});
    [[nodiscard]] static std::optional<Instant> closing_time(const Entry& entry, Duration window);
    static void step(Entry& entry, AlertState to, std::string actor, Instant at, AlertSink& sink);
    void make_room();

    std::uint64_t last_number_{};
    std::vector<Entry> entries_;  // in the order they were raised
};

}  // namespace anju
