// The door between the threads of the MQTT library and the loop: two bounded queues, alarms
// first.
//
// Messages of our own sensors are handed over and forgotten by the caller: alarms into the urgent
// queue, measurements into the bulk queue. When a queue is full they are dropped, counted, and
// come again, because nobody acknowledged them. Messages that do not come again (foreign devices,
// commands) make the caller wait until they are committed: the broker hears PUBACK only when the
// loop has them on disk.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/clock.hpp"

namespace anju {

enum class Source : std::uint8_t { home, district_command, district_ack };

struct Inbound {
    Source source = Source::home;
    std::string topic;
    std::string payload;
    bool retained{};
    bool redelivered{};
    std::uint16_t packet_id{};  ///< what the broker calls a QoS 1 message until it is acknowledged
};

class Inbox {
public:
    struct Options {
        std::size_t bulk_limit = 8192;    ///< messages
        std::size_t urgent_limit = 1024;  ///< messages; beyond it callers wait for room
    };
    /// `wake` is called from the pushing thread whenever the inbox turns from empty to filled.
    Inbox(Options options, std::function<void()> wake);

    enum class Lane : std::uint8_t { urgent, bulk };
    /// Any thread. false: the queue is full and the message was dropped.
    bool offer(Inbound message, Lane lane = Lane::bulk);

    /// Any thread but the loop's. Returns when the message has been committed.
    void deliver(Inbound message);

    /// What one transaction shall take: every urgent message there is, then bulk up to `limit`
    /// in all. Loop thread.
    struct Batch {
        std::vector<Inbound> messages;
        std::uint64_t urgent_through{};  ///< to be handed to settle()
    };
    [[nodiscard]] Batch take(std::size_t limit);

    /// Nothing urgent waits and fewer than `enough` others: the loop may leave them for a while, to
    /// commit more at once. It is woken by each message that comes meanwhile. Loop thread.
    [[nodiscard]] bool may_wait(std::size_t enough);

    /// The batch is on disk: lets the callers of deliver() go. Loop thread.
    void settle(const Batch& batch);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
    void wake_if_needed(std::unique_lock<std::mutex>& lock);

    Options options_;
    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Inbound> urgent_;
    std::deque<Inbound> bulk_;
    std::uint64_t urgent_pushed_ = 0;
    std::uint64_t urgent_taken_ = 0;
    std::uint64_t urgent_settled_ = 0;
    bool woken_ = false;
    std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace anju
