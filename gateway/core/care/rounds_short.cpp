#include "core/care/rounds_short.hpp"

#include <algorithm>

namespace anju::care::rounds {
namespace {

class Shortages {
public:
    Shortages(const Week& week, const std::vector<std::vector<Contact>>& placed,
              const Roster& roster)
        : week_(week),
          placed_(placed),
          roster_(roster),
          bare_(week, Roster::Fill::bare),
          chooser_(week) {}

    [[nodiscard]] std::vector<Shortfall> list();

private:
    void of_community(std::vector<Shortfall>& out) const;
    void of_quota(int index, std::vector<Shortfall>& out);
    void of_gaps(int index, std::vector<Shortfall>& out) const;
    void explain(int index, Shortfall& shortfall);
    [[nodiscard]] std::vector<Date> dates(unsigned days) const;
    [[nodiscard]] unsigned staffed() const;
    [[nodiscard]] std::uint32_t minutes(int visits, int calls) const;

    const Week& week_;
    const std::vector<std::vector<Contact>>& placed_;
    const Roster& roster_;
    Roster bare_;
    Chooser chooser_;
};

int days_in(unsigned days) {
    int count = 0;
    for (; days != 0; days >>= 1U) count += static_cast<int>(days & 1U);
    return count;
}

unsigned bits_of(const std::vector<Contact>& contacts) {
    unsigned days = 0;
    for (const Contact& contact : contacts) days |= 1U << contact.day;
    return days;
}

std::vector<Date> Shortages::dates(unsigned days) const {
    std::vector<Date> found;
    for (int day = 0; day < days_of_week; ++day) {
        if ((days >> day & 1U) != 0) found.push_back(week_.problem->week + day);
    }
    return found;
}

unsigned Shortages::staffed() const {
    unsigned days = 0;
    for (const Place& place : week_.places) days |= 1U << place.day;
    return days;
}

std::uint32_t Shortages::minutes(int visits, int calls) const {
    const Tick needed = visits * week_.need[visit] + calls * week_.need[call];
    return static_cast<std::uint32_t>((needed + 59'999) / 60'000);
}

void Shortages::of_community(std::vector<Shortfall>& out) const {
    if (week_.problem->calendar_missing) {
        Shortfall shortfall;
        shortfall.why = Shortage::calendar;
        out.push_back(shortfall);
    }
    std::vector<int> residents = residents_of(week_);
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        const Person& person = week_.persons[i];
        const int worker = worker_of(person, placed_[i]);
        if (person.main != nobody || !person.fresh || worker == nobody) continue;
        ++residents[static_cast<std::size_t>(worker)];
    }
    const int cap = week_.problem->rules.worker_residents_cap;
    if (std::any_of(residents.begin(), residents.end(), [&](int n) { return n > cap; })) {
        Shortfall shortfall;
        shortfall.why = Shortage::worker_cap;
        out.push_back(shortfall);
    }
}

/// From what nobody can mend to what more hands would: the first that holds is the reason.
void Shortages::explain(int index, Shortfall& shortfall) {
    const Person& person = week_.persons[static_cast<std::size_t>(index)];
    const int due = person.due[visit] + person.due[call];
    const unsigned suits =
        ((person.client->weekdays & 0x7fU) == 0 ? 0x7fU : person.client->weekdays & 0x7fU) &
        ~unsigned{person.off};
    const unsigned can = person.open & staffed();
    const unsigned free = person.open & ~bits_of(placed_[static_cast<std::size_t>(index)]);
    if (week_.problem->shifts.empty()) {
        shortfall.why = Shortage::no_worker;
    } else if (days_in(person.open) < due) {
        const int quota = person.client->visits + person.client->calls;
        shortfall.why = days_in(suits) < quota ? Shortage::preference : Shortage::too_late;
        return;
    } else if (days_in(can) < due) {
        shortfall.why = Shortage::no_duty;
        shortfall.days = dates(free & ~staffed());
    } else {
        const auto alone = chooser_.choose(index, person.main, bare_, Effort::thorough);
        const bool fits = static_cast<int>(alone.size()) == due;
        shortfall.why = fits ? Shortage::capacity : Shortage::preference;
        if (!fits) return;
        shortfall.days = dates(free & staffed());
    }
    shortfall.minutes = minutes(shortfall.visits, shortfall.calls);
}

void Shortages::of_quota(int index, std::vector<Shortfall>& out) {
    const Person& person = week_.persons[static_cast<std::size_t>(index)];
    const auto left = missing(person, placed_[static_cast<std::size_t>(index)]);
    if (left[visit] == 0 && left[call] == 0) return;
    Shortfall shortfall;
    shortfall.resident = person.client->resident;
    shortfall.visits = static_cast<std::uint8_t>(left[visit]);
    shortfall.calls = static_cast<std::uint8_t>(left[call]);
    explain(index, shortfall);
    out.push_back(shortfall);
}

void Shortages::of_gaps(int index, std::vector<Shortfall>& out) const {
    const Person& person = week_.persons[static_cast<std::size_t>(index)];
    for (const Gap gap : all_gaps(person, placed_[static_cast<std::size_t>(index)])) {
        if (gap.days() <= person.gap_limit) continue;
        Shortfall shortfall;
        shortfall.why = Shortage::gap;
        shortfall.resident = person.client->resident;
        shortfall.gap_days = static_cast<std::uint8_t>(std::min(gap.days(), 255));
        // One call on any of these days leaves both halves within the limit, or shorter.
        unsigned days = 0;
        for (int day = std::max(gap.from + 1, 0); day < std::min(gap.to, days_of_week); ++day) {
            const bool halves =
                day - gap.from <= person.gap_limit && gap.to - day <= person.gap_limit;
            if (halves) days |= 1U << day;
        }
        shortfall.days = dates(days & person.open);
        shortfall.minutes = shortfall.days.empty() ? 0 : minutes(0, 1);
        out.push_back(shortfall);
    }
}

std::vector<Shortfall> Shortages::list() {
    std::vector<Shortfall> found;
    of_community(found);
    for (int index = 0; index < static_cast<int>(week_.persons.size()); ++index) {
        of_quota(index, found);
        of_gaps(index, found);
    }
    return found;
}

}  // namespace

std::array<int, 2> missing(const Person& person, const std::vector<Contact>& placed) {
    std::array<int, 2> left = person.due;
    for (const Contact& contact : placed) --left[contact.sort];
    return {std::max(left[visit], 0), std::max(left[call], 0)};
}

Week prepare(const Problem& problem) {
    Week week = digest(problem);
    const bool any = std::any_of(week.persons.begin(), week.persons.end(),
                                 [](const Person& person) { return person.client->partial; });
    if (!any) return week;
    const Roster bare(week, Roster::Fill::bare);
    Chooser chooser(week);
    for (std::size_t i = 0; i < week.persons.size(); ++i) {
        Person& person = week.persons[i];
        if (!person.client->partial) continue;
        std::array<int, 2> fits{};
        const auto alone = chooser.choose(static_cast<int>(i), person.main, bare, Effort::thorough);
        for (const Contact& contact : alone) ++fits[contact.sort];
        person.due = fits;
    }
    return week;
}

std::vector<Shortfall> shortfalls(const Week& week, const std::vector<std::vector<Contact>>& placed,
                                  const Roster& roster) {
    return Shortages(week, placed, roster).list();
}

}  // namespace anju::care::rounds
