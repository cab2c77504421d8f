// The workers' days while a plan is made: what is in them, and what still goes in.
#pragma once

#include <vector>

#include "core/care/rounds_cost.hpp"

namespace anju::care::rounds {

class Roster {
public:
    /// With the fixed tasks in it, or `bare`: what the shifts could do for one person alone.
    enum class Fill : std::uint8_t { fixed, bare };
    Roster(const Week& week, Fill fill);

    /// The limits of the shift, not its hours.
    [[nodiscard]] bool room(int place, Sort sort) const;
    /// Appends starts at which a contact fits: in each window the first, the first when the
    /// person is up and at home, and the last of the day; `thorough`: both ends of every free
    /// span. In ascending order, each once.
    void starts(int place, const Person& person, Sort sort, bool thorough,
                std::vector<Tick>& out) const;
    /// Nothing is in the way, and the person's windows hold it.
    [[nodiscard]] bool fits(int place, const Person& person, Sort sort, Tick start) const;

    void add(int place, Sort sort, Tick start);
    void remove(int place, Sort sort, Tick start);

    /// While pressed, equal days are worth more than short gaps, though less than a contact: where
    /// time is scarce, that makes room for everybody.
    void press(bool on);

    /// Until the next call each place seems dearer by less than `most`, otherwise with every
    /// `seed`: among equal choices others are taken. 0: all prices are true again.
    void disturb(std::uint64_t seed, Cost most);

    [[nodiscard]] Tick used(int place) const { return at(place).used; }
    /// What one more contact adds to the cost of the loads.
    [[nodiscard]] Cost added_cost(int place, Sort sort) const;
    [[nodiscard]] Cost cost() const { return cost_; }

private:
    struct Day {
        std::vector<Span> busy;  ///< ascending by start
        Tick used{};
        Tick left{};
        std::array<int, 2> contacts{};  ///< that still go in
        std::array<int, 2> inside{};    ///< that are in it
    };
    [[nodiscard]] Cost price(const Day& day) const;
    [[nodiscard]] Cost disturbance(int place, Sort sort) const;
    static void change(Day& day, Sort sort, Tick need, int by);
    [[nodiscard]] const Day& at(int place) const { return days_[static_cast<std::size_t>(place)]; }
    [[nodiscard]] Day& at(int place) { return days_[static_cast<std::size_t>(place)]; }
    [[nodiscard]] std::optional<Tick> first_fit(const Day& day, Tick from, Tick to,
                                                Tick need) const;
    [[nodiscard]] std::optional<Tick> last_fit(const Day& day, Tick from, Tick to, Tick need) const;
    void every_fit(const Day& day, Tick from, Tick to, Tick need, std::vector<Tick>& out) const;

    const Week& week_;
    std::vector<Day> days_;
    bool pressed_ = false;
    std::uint64_t disturbed_by_{};
    Cost disturbed_{};
    Cost cost_{};
};

}  // namespace anju::care::rounds
