// What is sent when, over which channel, and what follows from each answer. A state machine without
// threads, sockets or a clock: it is told of notices, of time and of replies, and says what to send
// and which notices have changed. All of it happens on the loop.
//
// - P1 overtakes everything: it is looked at first, never waits for a digest, has room of its own
//   in every quota, and after its first failure, or 20 s on one channel, takes the next one.
// - The others take the next channel after three failures; refused for good, at once.
// - A burst to one group becomes one message that names how many, as do digests.
// - A channel that fails five times on end, or turns the box away, is down: P1 and P2 still try it,
//   the others take the next one or wait longer and longer. That it fails, and that it works again,
//   is said (Work::channels) as channel_watch.hpp has it.
// - A test goes out at once and by itself, is tried once, and ends with what the service says.
// - At most `most_waiting` notices are held. When there are more, the oldest of the lowest priority
//   is skipped; P1 goes last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "notify/allowance.hpp"
#include "notify/channel.hpp"
#include "notify/channel_watch.hpp"
#include "notify/texts.hpp"
#include "runtime/clock.hpp"
#include "runtime/notice.hpp"

namespace anju::notify {

struct NamedChannel {
    std::string name;
    ChannelKind kind{};
    std::shared_ptr<const Channel> channel;
};

/// A message on its way out. The reply names it by `job`.
struct Outgoing {
    std::uint64_t job{};
    std::string channel;
    Request request;
};

struct ChannelFacts {
    std::string name;
    ChannelKind kind{};
    bool down{};
    std::uint64_t sent{};    ///< messages, since the start
    std::uint64_t failed{};  ///< likewise, with refusals
    std::uint64_t limited{};
    Instant last_success{};  ///< epoch 0 = none since the start
    Instant last_failure{};
    std::string last_error;
};

struct DispatchFacts {
    std::size_t waiting{};
    std::size_t in_flight{};
    std::uint64_t sent{};  ///< notices, since the start
    std::uint64_t failed{};
    std::uint64_t expired{};
    std::uint64_t skipped{};
    std::vector<ChannelFacts> channels;
};

class Dispatcher {
public:
    struct Options {
        Duration p1_patience = std::chrono::seconds{20};
        std::uint32_t tries = 3;  ///< on one channel, of P2 to P4
        Duration first_pause = std::chrono::seconds{30};
        Duration longest_pause = std::chrono::minutes{15};
        Duration p1_pause = std::chrono::seconds{10};  ///< when all channels were tried
        std::uint32_t down_after = 5;
        std::size_t most_waiting = 10'000;
        std::size_t digest_full = 20;
        std::size_t burst = 3;      ///< so many to one group go one by one
        std::size_t named = 30;     ///< so many are named in one message
        std::size_t in_flight = 2;  ///< messages of one channel at a time; P1: four times that
        texts::Language language = texts::Language::zh;
    };

    struct Work {
        std::vector<Outgoing> send;
        std::vector<Notice> changed;  ///< to be written
        struct ChannelChange {
            std::string name;
            std::string failure;  ///< empty: it works again
            Instant since{};
            std::uint32_t failures{};  ///< see ChannelWatch::Change
        };
        std::vector<ChannelChange> channels;
    };

    Dispatcher(Options options, std::vector<NamedChannel> channels);

    /// Takes notices that are on disk. Those that are final already are left out.
    void add(std::vector<Notice> notices, const ClockReading& now, Work& out);
    /// What waits about this alert is not sent any more, but that it is over.
    void withdraw(const std::string& subject, const ClockReading& now, Work& out);
    /// Sends what may be sent. To be called after every other call, and about once a second.
    void step(const ClockReading& now, Work& out);
    void replied(std::uint64_t job, const Reply& reply, const ClockReading& now, Work& out);
    /// A delivery report.
    void reported(const std::string& channel, const std::string& reference, bool delivered,
                  const ClockReading& now, Work& out);

    /// The last run left it failing. False: there is no such channel.
    bool assume_failing(const std::string& channel, std::string failure);

    [[nodiscard]] DispatchFacts facts() const;

private:
    struct Entry {
        Notice notice;
        SteadyTime ready{};
        SteadyTime on_route{};  ///< since when this channel is the one
        std::uint32_t tries{};  ///< failures on this channel
        std::uint32_t rounds{};
        std::size_t flights{};
        bool alone{};  ///< a test, or a message it was part of was refused
        bool route_in_flight{};
    };
    struct Line {
        NamedChannel named;
        Allowance allowance;
        SteadyTime rests_until{};
        SteadyTime slow_until{};  ///< down: P3 and P4 wait until then
        std::uint32_t failures{};
        std::size_t flights{};
        ChannelFacts facts;
        ChannelWatch watch = {};
    };
    struct Flight {
        std::vector<std::uint64_t> notices;
        std::string channel;
        std::uint32_t route{};
    };
    struct Report {
        std::string channel;
        std::string reference;
        std::vector<Notice> notices;
    };
    using Group = std::vector<Entry*>;

    void follow_clock(const ClockReading& now);
    void age(const ClockReading& now, Work& out);
    [[nodiscard]] std::vector<Group> groups(const ClockReading& now);
    void send_group(Group& group, const ClockReading& now, Work& out);
    void send_one(Line& line, std::span<Entry* const> entries, const ClockReading& now, Work& out);
    [[nodiscard]] Message message_of(std::span<Entry* const> entries) const;
    void settle(Entry& entry, const Flight& flight, const Answer& answer, bool together,
                const ClockReading& now, Work& out);
    void failed(Entry& entry, const Answer& answer, const ClockReading& now);
    bool advance(Entry& entry, const ClockReading& now);
    void watch(const ClockReading& now, Work& out);
    void note(Line& line, const Answer& answer, const ClockReading& now, Work& out);
    void finish(Entry& entry, NoticeState state, std::string answer, const ClockReading& now,
                Work& out);
    void drop_finished();
    void make_room(const ClockReading& now, Work& out);
    [[nodiscard]] Line* line_of(const Entry& entry);

    Options options_;
    std::map<std::string, Line> lines_;
    std::map<std::uint64_t, Entry> entries_;
    std::map<std::uint64_t, Flight> flights_;
    std::deque<Report> reports_;  ///< bounded
    std::uint64_t last_job_ = 0;
    std::optional<ClockReading> seen_;
    DispatchFacts totals_;
};

}  // namespace anju::notify
