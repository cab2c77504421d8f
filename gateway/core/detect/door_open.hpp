// A door that stays open: raises once when it has been open for longer than the limit, re-arms
// when it closes. Also tells whether a word of the sensor means that somebody used the door.
#pragma once

#include <optional>

#include "core/detect/level.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

class DoorOpenWatch {
public:
    enum class Word : std::uint8_t { unchanged, first, opened, closed };

    /// A live word of the sensor, not older than the one before.
    Word observe(bool open, Instant event_time) {
        const Level before = contact_;
        if (before == level_of(open)) return Word::unchanged;
        contact_ = level_of(open);
        opened_at_ = open ? event_time : Instant{};
        claimed_ = false;
        if (before == Level::unknown) return Word::first;
        return open ? Word::opened : Word::closed;
    }
    /// A bridge's memory: taken only where nothing is known, and dated now, because nobody says
    /// since when.
    void restore(bool open, Instant now) {
        if (contact_ == Level::unknown) observe(open, now);
    }
    /// Nobody listened up to `now`: it may have been closed in between.
    void nobody_listened(Instant now) {
        if (contact_ == Level::on) opened_at_ = now;
    }

    [[nodiscard]] Level contact() const { return contact_; }
    [[nodiscard]] Instant opened_at() const { return opened_at_; }
    /// When the limit is reached; nullopt while closed or after it was claimed.
    [[nodiscard]] std::optional<Instant> deadline(Duration limit) const {
        if (contact_ != Level::on || claimed_) return std::nullopt;
        return opened_at_ + limit;
    }
    void claim() { claimed_ = true; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.contact_, self.opened_at_, self.claimed_);
    }

private:
    Level contact_ = Level::unknown;
    Instant opened_at_{};
    bool claimed_{};
};

}  // namespace anju::detect
