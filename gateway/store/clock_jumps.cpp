#include "store/clock_jumps.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace anju::store {

namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

std::string name_of(std::size_t jump, const char* end) {
    return "clock_jump_" + std::to_string(jump) + end;
}

}  // namespace

ClockJumps::ClockJumps(Meta& meta, Instant last) : meta_(meta), now_(last) {
    const auto count = static_cast<std::size_t>(meta_.get_or(key::clock_jumps, 0));
    for (std::size_t jump = 0; jump < count; ++jump) {
        jumps_.push_back({from_unix_ms(meta_.get_or(name_of(jump, "_from"), 0)),
                          from_unix_ms(meta_.get_or(name_of(jump, "_to"), 0))});
    }
}

void ClockJumps::pass(Instant now) {
    if (now == Instant{}) return;
    const bool jumped = now_ != Instant{} && (now < now_ - back || now > now_ + forth);
    if (jumped) {
        // Written first: when that fails, the next call sees the jump again.
        std::vector<Jump> before = jumps_;
        jumps_.push_back({.from = now_, .to = now});
        if (jumps_.size() > remembered) {
            jumps_[1].from = jumps_[0].from;
            jumps_.erase(jumps_.begin());
        }
        try {
            write();
        } catch (const SqliteError&) {
            jumps_ = std::move(before);
            throw;
        }
    }
    now_ = now;
}

void ClockJumps::write() {
    meta_.set(key::clock_jumps, static_cast<std::int64_t>(jumps_.size()));
    for (std::size_t jump = 0; jump < jumps_.size(); ++jump) {
        meta_.set(name_of(jump, "_from"), to_unix_ms(jumps_[jump].from));
        meta_.set(name_of(jump, "_to"), to_unix_ms(jumps_[jump].to));
    }
}

Expired ClockJumps::older_than(Duration keep) const {
    Expired out{none, none};
    Instant end = now_;
    auto jump = jumps_.rbegin();
    for (; jump != jumps_.rend(); ++jump) {
        const Duration ran = std::max(end - jump->to, Duration{});
        if (ran >= keep) break;
        // Rows of this stretch are too young, whatever dates those before it carry.
        out.before = std::min(out.before, to_unix_ms(jump->to));
        keep -= ran;
        end = jump->from;
    }
    out.before = std::min(out.before, to_unix_ms(end - keep));
    const bool fell_back =
        std::any_of(jump, jumps_.rend(), [](const Jump& one) { return one.to < one.from; });
    if (fell_back) out.after = to_unix_ms(now_);
    return out;
}

}  // namespace anju::store
