// What a silence means that began at a sensor just after the entrance door was used.
//
// It depends on which sensor spoke last: the door itself, and the person has nearly always left; a
// sensor in the hall beside it often sees them turn and go; one in the living room sees whoever
// came home and sat down. Which is which differs from home to home, so it is counted: of the
// silences that began so, how many ended at the door again? A second count is for the days when
// the contact of the door is dead: of all long silences that began at this sensor, how many were
// outings?
//
// Counts are halved when they reach 64, so that a sensor that is moved to another room is known
// anew after some weeks.
#pragma once

#include <cstdint>

namespace anju::detect {

class PassageHabit {
public:
    /// A silence that followed a passage ended: at the door (they had left) or inside.
    void followed(bool left) { count(followed_, left); }
    /// A silence of any sort ended whose last interior sensor was this one.
    void fell_silent(bool outing) { count(silent_, outing); }

    /// Whether a silence that begins here after a passage is presumed to be an outing: more than 3
    /// of 10 were. Before anything is known of it a door counts as left by 4.5 of 5, another
    /// sensor by 0.6 of 1.2: presuming somebody out who is not costs a delay that the next sign
    /// ends, and the first silences decide.
    [[nodiscard]] bool leaves(bool door) const {
        const unsigned prior_left = door ? 450 : 60;
        const unsigned prior_all = door ? 500 : 120;
        return 10 * (100U * followed_.left + prior_left) > 3 * (100U * followed_.all + prior_all);
    }
    /// Whether a long silence that begins here may well be an outing though no door tells: at
    /// least 12 of 100 were, (left + 0.2) / (all + 2). Low, because nobody is called out while
    /// nobody can tell; above the 10 of 100 that it is before anything is known.
    [[nodiscard]] bool may_leave() const {
        return 100 * (10U * silent_.left + 2) >= 12 * (10U * silent_.all + 20);
    }

    template <class A, class Self>
    static void fields(A& archive, Self& self) {
        archive(self.followed_, self.silent_);
    }

private:
    struct Share {
        std::uint8_t left{};
        std::uint8_t all{};

        template <class A, class Self>
        static void fields(A& archive, Self& self) {
            archive(self.left, self.all);
        }
    };
    static void count(Share& share, bool left) {
        share.all = static_cast<std::uint8_t>(share.all + 1);
        if (left) share.left = static_cast<std::uint8_t>(share.left + 1);
        if (share.all < 64) return;
        share.all /= 2;
        share.left /= 2;
    }

    Share followed_;
    Share silent_;
};

}  // namespace anju::detect
