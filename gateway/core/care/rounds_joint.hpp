// The last resort where something is still missing: a few residents together, every day, worker and
// start tried in a fixed order, cut off where it cannot get better and after so many steps.
#pragma once

#include <optional>
#include <vector>

#include "core/care/rounds_roster.hpp"

namespace anju::care::rounds {

class Joint {
public:
    struct Member {
        int person{};
        Cost ideal{};  ///< the least that the person's wants can cost
    };

    /// The contacts of the members must have been taken out of `roster`, which is left as it was.
    Joint(const Week& week, Roster& roster) : week_(week), roster_(roster) {}

    /// The contacts of each member, of which all together want for less than `limit` (hard_cost());
    /// nullopt: there are none, or they were not found within `steps`.
    [[nodiscard]] std::optional<std::vector<std::vector<Contact>>> solve(
        const std::vector<Member>& members, Cost limit, int steps);
    [[nodiscard]] int steps_left() const { return steps_; }

private:
    struct Path {  ///< one member's week so far
        int day{};
        std::array<int, 2> left{};
        std::optional<int> last_day;
        std::optional<Tick> last;
        Cost wants{};  ///< of this and the members before
    };
    bool member(std::size_t index, Cost wants);
    bool day(std::size_t index, Path path);
    bool contacts(std::size_t index, const Path& path, int place, Sort sort);
    [[nodiscard]] bool hopeless(std::size_t index, const Path& path) const;
    [[nodiscard]] const Person& person(std::size_t index) const {
        return week_.persons[static_cast<std::size_t>(members_[index].person)];
    }

    const Week& week_;
    Roster& roster_;
    std::vector<Member> members_;
    std::vector<Cost> ideal_after_;
    std::vector<std::vector<Contact>> found_;
    Cost limit_{};
    int steps_{};
};

}  // namespace anju::care::rounds
