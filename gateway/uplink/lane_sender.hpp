// What one lane has to send, and when: a window over the outbox.
//
// The lane gives out its events in order, up to a window of events that the platform has not
// acknowledged, and goes on when acknowledgements come, in whatever order they come. Each event
// in the window has its own patience: unanswered for 10 s it is sent again, then after 20, 40,
// 60, 60 … s. So an event that the platform can never take holds back nothing but one place in
// the window. A broken connection empties the window: what was under way may be lost, and
// everything unacknowledged is sent again from the lowest number on. When the platform answers
// after a silence the rest of the window is repeated soon, not after its long patience. Numbers
// that the platform asks for go first, acknowledged or not.
//
// No input or output, no clock: time is handed in, what to do is handed out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "runtime/clock.hpp"
#include "runtime/journal.hpp"
#include "uplink/seq_set.hpp"

namespace anju::uplink {

class LaneSender {
public:
    struct Options {
        std::size_t window = 512;  ///< events sent and not acknowledged
        std::chrono::milliseconds resend_after{10'000};
        std::chrono::milliseconds resend_limit{60'000};
        /// A requested number that was sent less than this ago is on its way already.
        std::chrono::milliseconds request_guard{2'000};
        /// How long to leave a link alone that has refused a message.
        std::chrono::milliseconds refused_pause{100};
        std::uint32_t stuck_after = 4;  ///< sends of one event until it counts as stuck
    };
    enum class Why { requested, repeat, fresh };
    struct Batch {
        SeqRange range;  ///< to be sent in ascending order
        Why why{};
    };
    struct Stats {
        std::uint64_t head{};
        std::uint64_t unacknowledged{};
        std::size_t in_flight{};  ///< sent over this connection and not acknowledged
        std::uint64_t sent{};     ///< messages, repetitions included
        std::uint64_t repeated{};
        std::uint64_t acknowledged{};
        std::size_t stuck{};  ///< sent at least `stuck_after` times without an answer
    };

    LaneSender(Options options, const LaneState& state);

    void connected(SteadyTime now);
    void disconnected();
    /// Events up to and including `seq` are committed.
    void head(std::uint64_t seq);
    /// The platform has these. Numbers above the head are ignored. Returns how many were new.
    std::uint64_t acknowledged(const OutboxAck& ack, SteadyTime now);
    /// The platform wants these again; cut to 1..head.
    void request(SeqRange range);

    /// What to send now, at most `limit` events in a row; the same answer until one of sent()
    /// or refused() is called.
    [[nodiscard]] std::optional<Batch> next(SteadyTime now, std::size_t limit);
    /// `seq`, the lowest of the batch not yet sent, was taken by the link.
    void sent(std::uint64_t seq, Why why, SteadyTime now);
    /// The link did not take the message.
    void refused(SteadyTime now);

    /// When next() has something to give, as far as time alone decides; may lie in the past.
    [[nodiscard]] std::optional<SteadyTime> deadline() const;
    [[nodiscard]] Stats stats() const;  ///< linear in the window
    [[nodiscard]] std::uint64_t head() const { return head_; }
    [[nodiscard]] bool all_acknowledged() const { return through_ >= head_; }
    /// Acknowledged by the platform, as far as this process knows.
    [[nodiscard]] bool is_acknowledged(std::uint64_t seq) const;

private:
    struct Sent {
        SteadyTime at;
        std::uint32_t times = 0;
    };

    [[nodiscard]] std::chrono::milliseconds patience(std::uint32_t times) const;
    [[nodiscard]] SteadyTime due(const Sent& sent) const { return sent.at + patience(sent.times); }
    [[nodiscard]] std::optional<SeqRange> requested(SteadyTime now, std::size_t limit);
    [[nodiscard]] std::optional<SeqRange> overdue(SteadyTime now, std::size_t limit) const;
    [[nodiscard]] std::optional<SeqRange> fresh(std::size_t limit) const;
    std::uint64_t take(SeqRange range);

    Options options_;
    bool connected_ = false;
    std::uint64_t head_;
    std::uint64_t through_;  ///< everything up to here is acknowledged
    SeqSet acknowledged_;    ///< and these above it
    std::uint64_t next_;     ///< lowest number not sent over this connection
    std::map<std::uint64_t, Sent> in_flight_;
    SeqSet requested_;
    SteadyTime paused_until_{};
    SteadyTime last_answer_{};
    std::uint64_t sent_ = 0;
    std::uint64_t repeated_ = 0;
    std::uint64_t taken_ = 0;
};

}  // namespace anju::uplink
