// Somebody who lives in a home that is watched, for as many days as a test likes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dweller.hpp"

namespace anju::test {

/// A person in a home, day after day. Whatever is told is closed an hour later, and reviewed.
class Life {
public:
    Life(std::uint64_t seed, Household household)
        : home(std::move(household)), person_(seed), world(home) {}

    /// `lives`: whether a trace that would have been left was left.
    void day(const std::function<bool(const Trace&)>& lives = {}) {
        std::vector<Trace> traces = person_.day(number_);
        if (lives) std::erase_if(traces, [&](const Trace& trace) { return !lives(trace); });
        for (const Said& said : sensors_.day(home, number_++, traces)) {
            if (heard && !heard(said)) continue;
            if (before) before(said.at);
            if (!lazy) until(said.at);
            now_ = said.at;
            keep(world.apply(said.at, said.message));
        }
        if (!lazy) until(today());
    }
    void days(int count) {
        for (int i = 0; i < count; ++i) day();
    }
    /// A day on which nothing is left from `from` on, and those after it.
    void incident(Instant from, int following = 2) {
        for (int i = 0; i <= following; ++i) {
            day([&](const Trace& trace) { return trace.at < from; });
        }
    }
    void until(Instant at) {
        for (; now_ < at; now_ = std::min(at, now_ + 1h)) {
            keep(world.advance(now_));
            while (!to_close_.empty() && to_close_.front().second <= now_) {
                const AlertId id = to_close_.front().first;
                to_close_.erase(to_close_.begin());
                keep(world.command(now_, id, AlertVerb::close, ClosingReason::late_rise));
                keep(world.command(now_, id, AlertVerb::review, {}, "", "cli:zhou"));
            }
        }
        keep(world.advance(at));
    }
    [[nodiscard]] Instant today() const { return first_day + number_ * 24h; }

    /// Of inactivity, in order: "P3 unusual_silence_phone".
    [[nodiscard]] std::vector<std::string> told() const {
        std::vector<std::string> out;
        for (const Alert& alert : silences) {
            out.push_back((alert.priority == Priority::p2 ? "P2 " : "P3 ") + alert.evidence.rule);
        }
        return out;
    }
    void forget() { silences.clear(); }
    [[nodiscard]] Instant now() const { return now_; }
    void take(Instant at, const Input& input) {
        now_ = at;
        keep(world.apply(at, input));
    }

    Household home;

private:
    void keep(const Decisions& decisions) {
        for (const Decision& d : decisions) {
            all.push_back(d);
            const auto* change = std::get_if<AlertChanged>(&d.what);
            if (change == nullptr || change->alert.state != AlertState::open) continue;
            if (change->alert.kind == AlertKind::inactivity) {
                silences.push_back(change->alert);
                silences.back().changed_at = d.at;
            }
            if (closes) to_close_.emplace_back(change->alert.id, d.at + 1h);
        }
    }

    Dweller person_;
    Sensors sensors_;
    int number_ = 0;
    Instant now_ = morning;
    std::vector<std::pair<AlertId, Instant>> to_close_;

public:
    World world;
    Decisions all;
    std::vector<Alert> silences;  // changed_at: when it was told
    bool closes = true;
    bool lazy = false;  ///< the engine is asked for nothing between two messages
    std::function<bool(const Said&)> heard;  ///< by the gateway; empty: everything
    std::function<void(Instant at)> before;  ///< every message
};

/// Days after which a person is known.
inline constexpr int taught = 60;

/// Told of an incident `at` after the begin of the next day: how long it took, by priority.
struct Told {
    std::optional<Duration> p3;
    std::optional<Duration> p2;
};

inline Told incident(Life& life, Duration at, int following = 2) {
    life.forget();
    life.closes = false;
    const Instant from = life.today() + at;
    life.incident(from, following);
    Told told;
    for (const Alert& alert : life.silences) {
        auto& first = alert.priority == Priority::p2 ? told.p2 : told.p3;
        if (!first) first = alert.changed_at - from;
    }
    return told;
}

/// How many such alerts were raised or raised again.
inline std::size_t count(const Decisions& decisions, AlertKind kind) {
    return raised(decisions, std::string(name(kind)) + ":open").size();
}

}  // namespace anju::test
