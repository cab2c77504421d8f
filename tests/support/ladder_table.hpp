// Who is told when of an alert of P1 or P2: the table of docs/alerts.md, written down a second
// time, so that the ladder can be held against it. Times count from when the alert was opened.
//
// Of a gateway that was down for long, what fell due meanwhile is made when it is back, one step
// after another; of one that was down for a moment, at its due time, late.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "core/input.hpp"
#include "core/model/roles.hpp"

namespace anju::test {

class LadderTable {
public:
    /// Whoever is told that it is over is not of the ladder.
    struct Telling {
        Duration at{};
        std::vector<Role> roles;
        Duration due{};

        friend bool operator==(const Telling& a, const Telling& b) {
            return a.at == b.at && a.roles == b.roles;
        }
    };

    explicit LadderTable(bool p1) : p1_(p1) { tell({}, {}); }
    /// Everything that is due up to `until`.
    void pass(Duration until) {
        for (Due due = next(); due.at <= until; due = next()) make(due, std::max(due.at, now_));
        now_ = std::max(now_, until);
    }
    /// Nobody was there to do anything from `since` to `until`.
    void down(Duration since, Duration until) {
        pass(since);
        for (Due due = next(); due.at <= until; due = next()) make(due, until);
        now_ = std::max(now_, until);
    }
    /// Somebody does something: acknowledge, en_route, on_site; everything else
    /// deals with it, and nobody writes it up.
    void done(Duration at, AlertVerb verb) {
        pass(at);
        switch (verb) {
            case AlertVerb::acknowledge:
                if (state_ != State::open) return;
                state_ = State::acknowledged;
                taken_ = at;
                return;
            case AlertVerb::en_route:
                state_ = std::max(state_, State::en_route);
                return;
            case AlertVerb::on_site:
                if (state_ < State::on_site) there_ = at;
                state_ = std::max(state_, State::on_site);
                return;
            default:
                if (state_ != State::resolved) resolved_ = at;
                state_ = State::resolved;
        }
    }
    [[nodiscard]] const std::vector<Telling>& told() const { return told_; }

private:
    enum class State { open, acknowledged, en_route, on_site, resolved };
    enum class What { rung, resumption, limit, no_result, write_up, no_write_up };
    struct Due {
        Duration at{};
        What what{};
    };

    [[nodiscard]] Due next() const {
        using namespace std::chrono_literals;
        constexpr Due never{10'000h, What::rung};
        const Due limit = overdue_ ? never : Due{p1_ ? 45min : 60min, What::limit};
        const auto sooner = [](Due one, Due other) { return other.at < one.at ? other : one; };
        switch (state_) {
            case State::open: {
                const std::vector<Duration> rungs =
                    p1_ ? std::vector<Duration>{0min, 1min, 3min, 5min}
                        : std::vector<Duration>{0min, 15min, 30min, 60min};
                const Duration again = p1_ ? 15min : 60min;
                const Duration at =
                    told_.size() < rungs.size() ? rungs[told_.size()] : told_.back().at + again;
                return sooner(limit, {at, What::rung});
            }
            case State::acknowledged:
                return sooner(limit, {taken_ + (p1_ ? 5min : 20min), What::resumption});
            case State::en_route:
                return overdue_ ? Due{told_.back().at + 60min, What::rung} : limit;
            case State::on_site: {
                const Duration due = there_ + 60min;
                return {told_.back().at < due ? due : told_.back().at + 60min, What::no_result};
            }
            case State::resolved: {
                const Duration due = resolved_ + 4h;
                if (told_.back().at < due) return {due, What::write_up};
                return {std::max(resolved_ + 24h, told_.back().at), What::no_write_up};
            }
        }
        return never;
    }
    void make(Due due, Duration at) {
        const Duration since = std::max(due.at, now_);  // it could not be made before
        now_ = at;
        if (due.what == What::resumption) state_ = State::open;
        if (due.what == What::limit) overdue_ = true;
        // Of one that is open only the flag is set: its ladder tells already.
        if (due.what == What::limit && state_ == State::open) return;
        using enum Role;
        if (due.what == What::no_result || due.what == What::no_write_up) {
            told_.push_back({at, {community_lead, owner}, since});
        } else if (due.what == What::write_up) {
            told_.push_back({at, {owner}, since});
        } else {
            tell(at, since);
        }
    }
    void tell(Duration at, Duration due) {
        using enum Role;
        static const std::vector<Role> street{street_centre};
        static const std::vector<std::vector<Role>> p1{
            {emergency_contact, grid_worker, street_centre},
            {neighbour, second_worker},
            street,
            {emergency_contact, neighbour, grid_worker, second_worker, street_centre}};
        static const std::vector<std::vector<Role>> p2{
            {emergency_contact, grid_worker}, {second_worker}, {community_lead}, street};
        const auto& rungs = p1_ ? p1 : p2;
        told_.push_back({at, told_.size() < rungs.size() ? rungs[told_.size()] : street, due});
    }

    bool p1_;
    State state_ = State::open;
    Duration now_{};
    Duration taken_{};
    Duration there_{};
    Duration resolved_{};
    bool overdue_ = false;
    std::vector<Telling> told_;
};

}  // namespace anju::test
