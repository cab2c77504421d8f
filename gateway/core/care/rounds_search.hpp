// The search for a plan: the former plan as far as it holds, the hardest residents first, each in
// the best week the roster has for them, again and again until nobody's can be better; then pairs
// where something is still missing. Every step lowers one cost, in a fixed order, so it ends.
#pragma once

#include <vector>

#include "core/care/rounds_choice.hpp"
#include "core/care/rounds_joint.hpp"

namespace anju::care::rounds {

/// How far the search goes. Counted, not timed: the same problem ends at the same plan everywhere.
struct Means {
    int passes = 24;                     ///< over all residents; most weeks settle in six
    int pressed_passes = 4;              ///< … while equal days come first
    int holds = 12;                      ///< rounds until planning again changes nothing
    int holds_many = 2;                  ///< … of more residents than a community has
    std::size_t many = 2'000;            ///< that is so many
    std::size_t main_choices = 4;        ///< workers tried for a resident who has none
    std::size_t strangers = 24;          ///< residents of other workers tried in a pair
    std::int64_t trials = 10'000;        ///< of pairs, in a round
    std::int64_t trials_each = 2;        ///< … and as many for each resident
    std::size_t joint_others = 4;        ///< residents beside the one who lacks something
    int joint_steps = 20'000;            ///< for them together
    int joint_steps_in_all = 100'000;    ///< … in a round
    std::size_t shuffles_each = 150;     ///< for each resident who could have more
    std::size_t shuffles_in_vain = 200;  ///< … after which none is expected to help
    std::size_t shuffles = 4'000;        ///< … in a round
    std::size_t shuffled_others = 4;     ///< residents beside that one
};
inline constexpr Means means;

class Search {
public:
    /// Changes the former plans in `week` while it runs, and puts them back.
    explicit Search(Week& week);

    void run();
    /// Of each person, ascending by start.
    [[nodiscard]] const std::vector<std::vector<Contact>>& placed() const { return placed_; }
    [[nodiscard]] const Roster& roster() const { return roster_; }
    [[nodiscard]] Cost cost() const { return persons_cost_ + staff_cost_ + roster_.cost(); }

private:
    using Contacts = std::vector<Contact>;

    // rounds_search.cpp: everybody's best week
    void keep_former();
    [[nodiscard]] bool may_keep(int person, const Contact& contact, const Contacts& kept) const;
    [[nodiscard]] bool has_former() const;
    [[nodiscard]] std::vector<int> by_hardness();
    [[nodiscard]] bool settled(int person);  ///< exactly as in the former plan
    void settle(const std::vector<int>& order);
    [[nodiscard]] bool stale(int person) const;  ///< nothing near has changed since the last look
    bool reconsider(int person, Effort effort);
    [[nodiscard]] Contacts best(int person, const Contacts& was, Effort effort);
    [[nodiscard]] std::vector<int> mains(int person, int was) const;
    void improve();
    void hold();

    // rounds_mend.cpp: what is missing then
    [[nodiscard]] Cost wants(int person) const;  ///< hard_cost() of what is placed
    [[nodiscard]] Cost ideal(int person);        ///< … if there were nobody else
    [[nodiscard]] bool wanting(int person);      ///< lacks what it could have without the others
    void mend();
    void mend(Cost least, Cost most);  ///< those who want for so much
    bool exchange(int person);
    bool try_with(int person, int other);
    bool try_all(int person);
    [[nodiscard]] unsigned useful_days(int person) const;
    [[nodiscard]] std::vector<int> neighbours(int person, unsigned days) const;
    void make_room();
    bool rebuild(const std::vector<int>& team);

    // rounds_shuffle.cpp: a few at a time, in another order
    [[nodiscard]] Cost wished(int person);  ///< the least that the person's part can cost
    [[nodiscard]] std::vector<int> wishful();
    bool rearrange(const std::vector<int>& group);
    bool shuffle();

    // rounds_search.cpp: the books
    void put(int person, Contacts contacts);
    Contacts take(int person);
    void touch(const Contacts& before, const Contacts& after);
    void count_resident(int person, int by);
    void price_persons();

    Week& week_;
    Roster roster_;
    Chooser chooser_;
    std::vector<Contacts> placed_;
    std::vector<Cost> person_cost_;
    std::vector<int> residents_;              ///< of each worker
    std::vector<std::vector<int>> visitors_;  ///< persons of each place, ascending
    std::vector<std::uint64_t> changed_;      ///< of each place: the step that changed it
    std::vector<std::uint64_t> looked_;       ///< of each person: the step it was considered at
    std::uint64_t step_{};
    Roster alone_;              ///< the fixed tasks only
    std::vector<Cost> ideal_;   ///< -1 = not known yet
    std::vector<Cost> wished_;  ///< -1 = not known yet
    std::int64_t trials_{};     ///< that are left in this round
    int joint_steps_{};
    Cost persons_cost_{};
    Cost staff_cost_{};
};

}  // namespace anju::care::rounds
