// At home or away: what the entrance door and the sensors inside say about where a person is.
//
// Uses of the door less than two minutes apart are one passage. A silence that begins within 90 s
// of a passage may be an outing, and whether it is depends on who spoke last (passage_habit.hpp).
// Anything heard inside later than that means that somebody is in. Whoever was presumed out comes
// home with the next passage: the silence after it is a silence at home, also when nothing else is
// heard, for that is how a fall in the hall looks. If it cannot be told which way a passage went,
// because nothing was known before it, the person is nowhere: unknown, which counts as at home.
//
// An absence of more than a day is a long one. It is not ended by a passage alone - a neighbour
// looks in - but by somebody moving about inside.
//
// A contact that has told nothing for far longer than usual, while the sensors inside go on, is
// dead, whatever it says of itself; then, as with one that is silent, only a sensor may presume
// somebody out beside which long silences often were outings, and only for half a day.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/model/instant.hpp"
#include "core/model/whereabouts.hpp"

namespace anju::detect {

/// What can be relied upon at the moment of a call.
struct Cover {
    bool doors{};     ///< there are entrance doors, and every contact of them speaks
    bool interior{};  ///< at least one sensor inside would hear somebody
};

class Presence {
public:
    /// A silence after a passage says something once it is longer than people linger at a door.
    static constexpr Duration settled_after = std::chrono::minutes{20};
    /// Whoever is heard inside later than this after the door was used is in.
    static constexpr Duration passage_tail = std::chrono::seconds{90};
    /// Between two passages, and learned as going out: to the bin and back is less.
    static constexpr Duration least_outing = std::chrono::minutes{5};
    static constexpr Duration one_passage = std::chrono::minutes{2};
    static constexpr Duration long_absence = std::chrono::hours{24};
    /// How long a silence must be, and may be, to be an outing by the word of no door.
    static constexpr Duration doorless_after = std::chrono::minutes{30};
    static constexpr Duration doorless_until = std::chrono::hours{12};
    /// A dead contact: this long without use, and this many times the usual distance of passages.
    static constexpr Duration dead_after = std::chrono::hours{60};
    static constexpr int dead_times = 20;

    static constexpr std::uint16_t nobody = 0xffff;

    struct Sign {
        Instant at{};
        std::uint16_t device{};
        bool door{};  ///< an entrance door was used; otherwise something was heard inside
        /// It happened at `at` or up to so much before: a meter tells afterwards.
        Duration uncertain{};
    };
    /// What is to be learned from a silence that has ended. Only what was seen from end to end.
    struct Silence {
        std::uint16_t speaker = nobody;   ///< who spoke last before it
        std::uint16_t interior = nobody;  ///< which sensor inside did
        Duration length{};
        bool followed{};  ///< it began at a passage that was not a return
        bool at_door{};   ///< it ended at the door
        bool outing{};    ///< it was presumed to be an outing, and ended at the door
    };
    struct Absence {
        Instant since{};
        Instant until{};
    };
    struct Learned {
        std::optional<Silence> silence;
        std::optional<Absence> absence;
    };
    /// Where the person is during the silence that began at the last sign, however long it lasts.
    struct Belief {
        Whereabouts where = Whereabouts::unknown;
        bool known{};    ///< at home: told by a reliable door, not merely not contradicted
        bool by_door{};  ///< out: through the door, not by a sensor beside it alone
        Instant since{};
    };

    /// True when `sign` needs the true Cover; otherwise it is not looked at.
    [[nodiscard]] bool asks_cover(const Sign& sign) const {
        return sign.door || sign.at - last_sign_ > settled_after;
    }
    Learned take(const Sign& sign, Cover cover);
    /// To follow every take(): what is known by now of the device that gave the sign.
    void speaker_is(bool leaves, bool may_leave);
    /// Nobody watched, or not everything was heard, up to `at`.
    void lost(Instant at);
    /// Devices were renumbered: `place(old)` is the new index or `nobody`.
    template <class Place>
    void renumber(Place place) {
        if (speaker_ != nobody) speaker_ = place(speaker_);
        if (interior_ != nobody) interior_ = place(interior_);
    }

    [[nodiscard]] Belief belief(Instant now, Cover cover) const;
    /// The same for people: who has just been heard inside is in, and who used the door a moment
    /// ago may be about to go or to come. `out` is said when it is.
    [[nodiscard]] Belief where(Instant now, Cover cover) const;

    [[nodiscard]] Instant last_sign() const { return last_sign_; }
    [[nodiscard]] Instant last_door() const { return last_door_; }
    /// Where the person was before the passage that came last.
    [[nodiscard]] Whereabouts before_passage() const { return settled_; }
    [[nodiscard]] bool in_long_absence() const { return long_; }
    /// The last sign was at the door, or heard beside it.
    [[nodiscard]] bool at_passage() const {
        return last_door_ != Instant{} && last_sign_ - last_door_ <= passage_tail;
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.last_sign_, self.last_door_, self.passage_from_, self.since_, self.lost_until_,
                self.passage_distance_, self.passages_, self.speaker_, self.interior_,
                self.settled_, self.leaves_, self.may_leave_, self.long_);
    }

private:
    void passage(const Sign& sign, const Belief& before, bool seen, Learned& learned);
    void inside(const Sign& sign, Learned& learned);
    [[nodiscard]] bool contact_is_dead() const;
    /// Nothing is known of the time since the last sign.
    [[nodiscard]] bool blind() const { return last_sign_ == Instant{} || last_sign_ < lost_until_; }

    // Epoch 0: never.
    Instant last_sign_{};
    Instant last_door_{};
    Instant passage_from_{};
    Instant since_{};              // of settled_
    Instant lost_until_{};         // up to here not everything was heard
    Duration passage_distance_{};  // mean, from the beginning of one to the next
    std::uint8_t passages_{};      // that went into it
    std::uint16_t speaker_ = nobody;
    std::uint16_t interior_ = nobody;
    Whereabouts settled_ = Whereabouts::unknown;  // before the last passage, or by now inside
    bool leaves_{};
    bool may_leave_{};
    bool long_{};
};

}  // namespace anju::detect
