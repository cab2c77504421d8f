#include "app/score/player.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "core/check.hpp"

namespace anju::score {
namespace {

using recorded::Said;
using recorded::Source;

constexpr Engine::Options local{.utc_offset = Duration{0}};

}  // namespace

Player::Player(const Wiring& wiring, Instant begin) : Player(wiring, begin, local) {
    now_ = begin;
    apply(HouseholdSet{wiring.household});
}

Player Player::fork() const {
    Player future(wiring_, now_, local);
    const bool restored = future.engine_.restore(snapshot());
    ANJU_CHECK(restored, "the engine reads what it wrote");
    future.log_ = log_.fork();
    future.now_ = now_;
    future.silent_since_ = silent_since_;
    future.voices_ = voices_;
    future.commands_ = commands_;
    future.readings_ = readings_;
    future.status_ = status_;
    future.known_ = known_;
    return future;
}

void Player::wait(Instant now) {
    ANJU_CHECK(now >= now_, "time does not go backwards");
    // What falls due while the gateway is silent is left to the Outage with which it returns.
    if (!silent_since_) {
        while (voices_.next_sign() <= now) {
            now_ = std::max(now_, voices_.next_sign());
            send(voices_.sign());
        }
        engine_.advance(now, decisions_);
        hear();
    }
    now_ = now;
}

void Player::take(const Row& row) {
    wait(row.at);
    if (row.source == Source::status) {
        if (row.on()) return returned();
        if (!silent_since_) silent_since_ = now_;
        return;
    }
    if (silent_since_) return;
    if (!row.is_use()) return speak(row);
    // Whoever was sent to look meets somebody. What this very row raises is not over with it.
    const std::vector<AlertId> over = log_.to_close(row.at);
    log_.used(row.at);
    speak(row);
    close_alerts(over);
}

void Player::resident_is(ResidentStatus status) {
    status_ = status;
    if (!silent_since_) tell_status();
}

void Player::tell_status() {
    if (std::exchange(known_, status_) == status_) return;
    Household home = wiring_.household;
    home.residents.front().status = status_;
    apply(HouseholdSet{std::move(home)});
}

void Player::returned() {
    if (!silent_since_) return;
    apply(Outage{*silent_since_});
    silent_since_.reset();
    voices_.unheard_until(now_);
    tell_status();
}

void Player::speak(const Row& row) {
    ++readings_;
    send(voices_.say(row));
}

void Player::send(Said said) {
    const Device& device = wiring_.household.devices[said.device];
    apply(Observation{.device = device.id,
                      .sequence = Sequence{.boot = 1, .number = said.number},
                      .fingerprint = 0,
                      .redelivered = false,
                      .readings = std::move(said.readings)});
}

void Player::close_alerts(const std::vector<AlertId>& ids) {
    for (const AlertId& id : ids) {
        apply(AlertCommand{.command_id = "seen-" + std::to_string(++commands_),
                           .alert = id,
                           .verb = AlertVerb::close,
                           .reason = ClosingReason::unknown,
                           .note = "somebody was seen",
                           .actor = "score"});
    }
}

void Player::apply(const Input& input) {
    engine_.apply(now_, input, decisions_);
    hear();
}

void Player::hear() {
    log_.hear(decisions_);
    decisions_.clear();
}

}  // namespace anju::score
