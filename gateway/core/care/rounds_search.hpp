// The search for a plan: the former plan as far as it holds, the hardest residents first, each in
// the best week the roster has for them, again and again until nobody's can be better; then pairs
// where something is still missing. Every step lowers one cost, in a fixed order, so it ends.
#pragma once

#include <vector>

#include "core/care/rounds_choice.hpp"
#include "core/care/rounds_joint.hpp"

namespace anju::care::rounds {

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
    static constexpr int most_joint_steps = 100'000;
    using Contacts = std::vector<Contact>;

    void keep_former();
    [[nodiscard]] bool may_keep(int person, const Contact& contact, const Contacts& kept) const;
    [[nodiscard]] std::vector<int> by_hardness();
    [[nodiscard]] bool wanting(int person);  ///< lacks what it could have without the others
    [[nodiscard]] bool settled(int person);  ///< exactly as in the former plan

    void put(int person, Contacts contacts);
    Contacts take(int person);
    [[nodiscard]] Contacts best(int person, const Contacts& was, Effort effort);
    [[nodiscard]] std::vector<int> mains(int person, int was) const;
    bool reconsider(int person, Effort effort);
    void settle(const std::vector<int>& order);
    void mend();
    void make_room();
    bool rebuild(const std::vector<int>& team);
    void improve();
    [[nodiscard]] bool has_former() const;
    void hold();
    void price_persons();
    bool exchange(int person);
    bool try_with(int person, int other);
    bool try_all(int person);
    [[nodiscard]] unsigned useful_days(int person) const;
    [[nodiscard]] std::vector<int> neighbours(int person) const;
    void count_resident(int person, int by);
    void touch(const Contacts& before, const Contacts& after);
    [[nodiscard]] bool stale(
        int person) const;  ///< nothing near has changed since it was looked at
    [[nodiscard]] Cost ideal(int person);
    [[nodiscard]] Cost wants(int person) const;

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
    std::int64_t trials_{};
    Roster alone_;             ///< the fixed tasks only
    std::vector<Cost> ideal_;  ///< the least that each person's wants cost, -1 = not known yet
    std::int64_t most_trials_{};
    int joint_steps_ = most_joint_steps;
    Cost persons_cost_{};
    Cost staff_cost_{};
};

}  // namespace anju::care::rounds
