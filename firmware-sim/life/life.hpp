// A person living alone, day after day: a pure function of habits, first day and seed.
//
// A day reaches from getting up to getting up, so that its night belongs to it: its acts are in
// order of time and come before those of the next day. Integer arithmetic only: the same life on
// every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "firmware-sim/life/act.hpp"
#include "firmware-sim/life/calendar.hpp"
#include "firmware-sim/life/habits.hpp"
#include "firmware-sim/random.hpp"

namespace anju::sim::life {

/// Where the person truly is.
enum class Where : std::uint8_t { in_bed, at_home, out, travelling, hospital, on_the_floor };

/// The truth from `at` until the next row.
struct Truth {
    Duration at{};  ///< since local midnight of the day it belongs to
    Where where{};
    Deed because{};  ///< what changed it, or what happened
};

struct Day {
    Date date{};
    Where before{};  ///< where the person was when the day began
    std::vector<Act> acts;
    std::vector<Truth> truth;
};

[[nodiscard]] std::string_view name_of(Where where);

class Life {
public:
    Life(const Habits& habits, Date first, std::uint64_t seed);

    /// The next day, which begins when the person gets up. The reference holds until the next call.
    [[nodiscard]] const Day& next_day();

private:
    /// The person does nothing at home from `from` to `to`.
    struct Spell {
        Date from_day{};
        Duration from{};
        Date to_day{};
        Duration to{};
        Deed begins{};
        Deed ends{};
        Where where{};
    };
    struct Absence {
        Duration from{};
        Duration to{};
    };

    [[nodiscard]] Duration draw_wake(Date date, Random& random) const;
    void draw_spells(Random& random);
    void draw_fall(Random& random);
    void draw_outings(Random& random);
    void draw_people(Random& random);
    void draw_fixed(Random& random);
    void draw_small(Random& random);
    void draw_nights(Random& random);
    void carve();
    void note();
    [[nodiscard]] bool at_home(Duration at) const;
    [[nodiscard]] bool at_home(Duration from, Duration to) const;  ///< all the time
    [[nodiscard]] bool spell_on(Date date) const;
    void add(Duration at, Deed deed, std::int64_t water_ml = 0, Duration runs = {});
    void add(Duration at, Deed deed, Room room);
    [[nodiscard]] int slower(int value) const;
    [[nodiscard]] int more(int value) const;

    Habits habits_;
    Date date_;
    std::uint64_t seed_;
    Date first_;
    Day day_;
    DayKind kind_;
    Duration wake_{};
    Duration bed_{};
    Duration next_wake_{};  ///< since this day's midnight
    bool bad_night_ = false;
    bool away_day_ = false;  ///< a spell touches this day
    int mood_pm_ = 1000;     ///< how busy the day is
    int ill_days_ = 0;
    int to_hospital_ = 0;
    int decline_pm_ = 0;  ///< since the first day, also by falls
    int setbacks_pm_ = 0;
    std::vector<Absence> outs_;
    std::vector<Spell> spells_;
    Where where_ = Where::in_bed;
};

}  // namespace anju::sim::life
