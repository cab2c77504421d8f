// The best week for one resident while everybody else's stays: which days, which of them the
// visit, who comes and when. A shortest path over the days; exact for the starts that the roster
// offers, since a resident has one contact a day and so never two in one shift.
#pragma once

#include <vector>

#include "core/care/rounds_roster.hpp"

namespace anju::care::rounds {

enum class Effort : std::uint8_t {
    usual,     ///< other workers only where the resident's own has no time
    thorough,  ///< other workers always, every free span of the own one
};

class Chooser {
public:
    explicit Chooser(const Week& week);

    /// The cheapest contacts, ascending by start; fewer than are due where they do not fit.
    /// `main`: whose resident it is, or `nobody`. Where they were (`was`) is always among what is
    /// tried, so that the choice is never worse.
    [[nodiscard]] std::vector<Contact> choose(int person, int main, const Roster& roster,
                                              Effort effort, const std::vector<Contact>& was = {});

private:
    struct Node {
        int day{};
        bool fixed{};
        Contact contact;
        Tick first{};  ///< the start that must be far enough from the one before
        Tick last{};
        Cost cost{};
    };
    struct Reached {
        Cost cost{};
        int from = -1;  ///< node
        int best = -1;  ///< cheapest node of the layer up to this one, in the same state
    };
    struct Layer {  ///< the nodes of a day, ascending by start
        std::size_t begin{};
        std::size_t end{};
    };
    void list_nodes(const Person& person, int main, const Roster& roster, Effort effort);
    void list_day(const Person& person, int day, Sort sort, int main, const Roster& roster,
                  bool thorough);
    void list_contacts(const Person& person, int place, Sort sort, int main, const Roster& roster,
                       bool thorough);
    [[nodiscard]] std::size_t others(int day, int main, Sort sort, const Roster& roster);
    void walk(const Person& person, const GapCosts& gaps);
    void reach(std::size_t node, const Layer& before, const Person& person, Cost cost);
    void enter(std::size_t node, std::size_t upto, Cost cost);
    void rank(const Layer& layer);
    [[nodiscard]] Reached& reached(std::size_t node, std::size_t state) {
        return reached_[node * states_ + state];
    }
    [[nodiscard]] std::vector<Contact> trace(const Person& person, const GapCosts& gaps) const;

    const Week& week_;
    std::vector<GapCosts> gaps_;
    // scratch, kept to save allocations
    std::vector<Node> nodes_;
    std::vector<Layer> layers_;     ///< ascending by day; the first is the contact before the week
    std::vector<Reached> reached_;  ///< node * states_ + visits * (calls + 1) + calls
    std::vector<Tick> starts_;
    std::vector<int> tried_;
    std::vector<Contact> known_;  ///< where the person was, lately and in the former plan
    std::array<int, 2> due_{};
    std::size_t states_{};
    std::size_t last_fixed_{};
};

}  // namespace anju::care::rounds
