// One process of the box, from its start to its death.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "tests/simulation/box.hpp"

namespace anju::whole {

/// Time as the box's clocks show it.
class Box::BoxClock final : public Clock {
public:
    explicit BoxClock(const Box& box) : box_(box) {}
    [[nodiscard]] ClockReading read() const override {
        return {box_.wall(),
                SteadyTime{std::chrono::hours{1}} + (box_.around_.world.now() - box_.machine_on_),
                box_.state_};
    }
    [[nodiscard]] std::chrono::nanoseconds until(Instant at) const override {
        return at - box_.wall();
    }

private:
    const Box& box_;
};

/// Tells the auditor, and is where a process may die.
class WatchedJournal final : public Journal {
public:
    WatchedJournal(std::unique_ptr<Journal> real, Auditor& auditor, std::function<bool()> moment)
        : real_(std::move(real)), auditor_(auditor), moment_(std::move(moment)) {}

    result<Recovery> recover() override {
        auto out = real_->recover();
        if (out) auditor_.recovered(*out, *real_);
        return out;
    }
    result<void> commit(const Transaction& transaction) override {
        if (moment_()) return death();
        const auto done = real_->commit(transaction);
        if (!done) {
            auditor_.tried(transaction);
            return done;
        }
        auditor_.committed(transaction);
        if (moment_()) return death();
        return {};
    }
    result<void> inputs_after(std::uint64_t after,
                              const std::function<bool(const JournalEntry&)>& visit) override {
        return real_->inputs_after(after, visit);
    }
    [[nodiscard]] Space space() const override { return real_->space(); }
    [[nodiscard]] LaneState lane(Lane lane) const override { return real_->lane(lane); }
    result<std::vector<OutboxEvent>> events(Lane lane, std::uint64_t first, std::uint64_t last,
                                            std::size_t limit) override {
        return real_->events(lane, first, last, limit);
    }
    result<std::optional<AnsweredCommand>> answer(std::string_view command_id) override {
        return real_->answer(command_id);
    }
    result<std::vector<NoticeRow>> notices_about(std::string_view subject) override {
        return real_->notices_about(subject);
    }
    result<std::vector<Said>> consents() override { return real_->consents(); }
    result<bool> maintain(Instant now) override { return real_->maintain(now); }

private:
    static Error death() { return {"the process was killed", "simulation", ""}; }

    std::unique_ptr<Journal> real_;
    Auditor& auditor_;
    std::function<bool()> moment_;
};

struct Box::Life {
    Life(Box& box, std::unique_ptr<Journal> store);

    struct Sensors final : SensorLink {
        explicit Sensors(Box& owner) : box(owner) {}
        void send(std::string topic, std::string payload) override {
            if (box.moment()) return;
            box.sensors_.publish(std::move(topic), std::move(payload), 0);
        }
        Box& box;
    };
    struct Link final : uplink::Link {
        Link(Box& owner, Session& way, Lane which) : box(owner), session(way), lane(which) {}
        bool publish(std::string topic, std::string payload, int qos) override;
        void hurry() override { session.hurry(); }
        Box& box;
        Session& session;
        Lane lane;
    };

    WatchedJournal journal;
    Inbox inbox;
    Sensors sensors;
    Link alarm;
    Link bulk;
    uplink::Uplink uplink;
    Gateway gateway;
    /// Packets to be acknowledged when the messages that wait for their commit have one, in order.
    std::deque<std::pair<Session*, std::uint64_t>> owed;
    int connected = 0;
    bool draining = false;
    Instant wakes_at = Instant::max();
    Instant looks_at = Instant::max();
    bool timers_lost = false;
};

template <class T>
bool Box::fine(const result<T>& outcome) {
    if (outcome) return true;
    if (!dead_) {
        // The store refused, as a process has to expect: it ends and a new one is started.
        around_.chronicle.wrong("the store refused: {}", outcome.error().text());
        dead_ = true;
        bury_soon();
    }
    return false;
}

}  // namespace anju::whole
