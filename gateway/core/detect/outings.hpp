// How a person usually goes out, and what is unusual: not coming home (`not_returned`), going out
// in the night (`night_exit`), not going out at all (`no_exit`).
//
// Nothing is said before the warm-up is over; until then it is learned what is usual:
//
//  - The three longest absences of the last 90 days. What the person is used to is the longest;
//    one of more than two days is a journey and no habit, and then the second longest counts. Not
//    to have returned is to be out for more than one and a half times that, for at least 12 hours,
//    and into the night: whoever is late in the evening may still be on the way.
//  - The last two nights on which the person went out. Two within 30 days are a habit.
//  - The mean time between two outings, over about the last 20. To stay in for three days and more
//    than three times that is unusual.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "core/detect/presence.hpp"
#include "core/model/instant.hpp"

namespace anju::detect {

class Outings {
public:
    static constexpr Duration least_absence = std::chrono::hours{12};
    static constexpr Duration journey = std::chrono::hours{48};
    static constexpr Duration absences_kept = std::chrono::days{90};
    static constexpr Duration nights_kept = std::chrono::days{30};
    /// Left the home: so long after the door was used nothing has moved inside.
    static constexpr Duration night_silence = std::chrono::minutes{15};
    static constexpr Duration least_stay = std::chrono::days{3};
    static constexpr int stay_times = 3;
    static constexpr std::uint8_t least_outings = 10;
    /// Whoever gave a sign of life so long ago is not known to be well.
    static constexpr Duration alive_within = std::chrono::hours{24};

    /// The home is watched from `at` on; the first time counts.
    void watched_from(Instant at) {
        if (watched_from_ == Instant{}) watched_from_ = at;
    }
    /// A passage began or went on; `leaving`: the person was at home before it.
    void door_used(Instant at, bool leaving, Duration utc_offset);
    void learn(const Presence::Absence& absence);
    /// The clock was set, and with it the time of day of the last passage.
    void clock_was_set(Instant last_door, Duration utc_offset);
    /// A silence that began at the last passage was an outing, as far as is known.
    void went_out(Instant at);
    /// Not everything was seen up to `at`: who did not go out since then?
    void lost(Instant at) {
        if (stay_from_ != Instant{}) stay_from_ = at;
    }

    [[nodiscard]] std::optional<Instant> not_returned_due(const Presence::Belief& belief,
                                                          Duration warm_up) const;
    [[nodiscard]] std::optional<Instant> night_exit_due(const Presence& presence,
                                                        const Presence::Belief& belief,
                                                        Duration warm_up) const;
    /// Of somebody who is known to be at home.
    [[nodiscard]] std::optional<Instant> no_exit_due(const Presence& presence,
                                                     Duration warm_up) const;
    void claim_not_returned() { told_absence_ = true; }
    [[nodiscard]] bool told_absence() const { return told_absence_; }
    void claim_night_exit() { told_night_ = true; }
    void claim_no_exit() { told_stay_ = true; }

    /// The longest absence that this person is used to at `now`; zero when none is known.
    [[nodiscard]] Duration usual_absence(Instant now) const;
    [[nodiscard]] Duration usual_stay() const { return usual_stay_; }
    [[nodiscard]] Instant stay_from() const { return stay_from_; }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.watched_from_, self.longest_, self.nights_, self.night_begins_,
                self.stay_from_, self.usual_stay_, self.outings_, self.by_night_,
                self.told_absence_, self.told_night_, self.told_stay_);
    }

private:
    struct Kept {
        Duration length{};
        Instant until{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.length, self.until);
        }
    };
    [[nodiscard]] bool warm(Instant at, Duration warm_up) const {
        return watched_from_ != Instant{} && at >= watched_from_ + warm_up;
    }

    Instant watched_from_{};           // epoch 0, here and below: never
    std::array<Kept, 3> longest_{};    // of the last 90 days, longest first
    std::array<Instant, 2> nights_{};  // newest first
    Instant night_begins_{};           // the first night at or after the last passage
    Instant stay_from_{};              // the end of the last outing
    Duration usual_stay_{};
    std::uint8_t outings_{};  // that went into it
    bool by_night_{};         // the door was used last between 23:00 and 05:00
    bool told_absence_{};
    bool told_night_{};
    bool told_stay_{};
};

}  // namespace anju::detect
