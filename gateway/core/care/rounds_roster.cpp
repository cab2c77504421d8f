#include "core/care/rounds_roster.hpp"

#include <algorithm>

#include "core/care/rounds_sequence.hpp"
#include "core/check.hpp"

namespace anju::care::rounds {
namespace {

constexpr Tick minute = 60'000;
constexpr Cost pressure = 2'000;  ///< half an hour between two days outweighs a gap's day

bool earlier(const Span& a, const Span& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
}
Tick whole_minute(Tick at) {
    const Tick rest = ((at % minute) + minute) % minute;
    return rest == 0 ? at : at + minute - rest;
}

}  // namespace

Roster::Roster(const Week& week, Fill fill) : week_(week), days_(week.places.size()) {
    for (std::size_t i = 0; i < days_.size(); ++i) {
        const Place& place = week.places[i];
        days_[i].left = place.time;
        days_[i].contacts = {place.visits, place.calls};
    }
    if (fill == Fill::bare) return;
    for (const FixedTask& task : week.fixed) {
        if (task.worker == nobody || task.day < 0 || task.day >= days_of_week) continue;
        const int place = week.place(task.worker, task.day);
        if (place >= 0) add(place, task.sort, task.start);
    }
}

bool Roster::room(int place, Sort sort) const {
    const Day& day = at(place);
    return day.contacts[sort] > 0 && day.left >= week_.need[sort];
}

bool Roster::fits(int place, const Person& person, Sort sort, Tick start) const {
    const Tick midnight = week_.places[static_cast<std::size_t>(place)].day * day_length;
    const auto& windows = person.windows[sort];
    const bool inside = std::any_of(windows.begin(), windows.end(), [&](const Span& window) {
        return midnight + window.from <= start &&
               start + week_.length[sort] <= midnight + window.to;
    });
    if (!inside) return false;
    for (const Span& busy : at(place).busy) {
        if (busy.from < start + week_.need[sort] && start < busy.to) return false;
    }
    return true;
}

std::optional<Tick> Roster::first_fit(const Day& day, Tick from, Tick to, Tick need) const {
    Tick start = from;
    for (const Span& busy : day.busy) {
        if (busy.from >= start + need || start > to) break;
        if (busy.to > start) start = whole_minute(busy.to);
    }
    return start <= to ? std::optional(start) : std::nullopt;
}

std::optional<Tick> Roster::last_fit(const Day& day, Tick from, Tick to, Tick need) const {
    Tick start = to;
    for (auto busy = day.busy.rbegin(); busy != day.busy.rend(); ++busy) {
        if (start < from) break;
        if (busy->to <= start) continue;  // an earlier one may still be longer
        if (busy->from < start + need) start = whole_minute(busy->from - need - minute + 1);
    }
    return start >= from ? std::optional(start) : std::nullopt;
}

void Roster::every_fit(const Day& day, Tick from, Tick to, Tick need,
                       std::vector<Tick>& out) const {
    Tick start = from;
    for (const Span& busy : day.busy) {
        if (start > to) return;
        const Tick latest = std::min(to, busy.from - need);
        if (start <= latest) {
            out.push_back(start);
            out.push_back(latest);
        }
        start = std::max(start, whole_minute(busy.to));
    }
    if (start > to) return;
    out.push_back(start);
    out.push_back(to);
}

void Roster::starts(int place, const Person& person, Sort sort, bool thorough,
                    std::vector<Tick>& out) const {
    const Day& day = at(place);
    const Tick midnight = week_.places[static_cast<std::size_t>(place)].day * day_length;
    const Tick need = week_.need[sort];
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    const auto take = [&](std::optional<Tick> start) {
        if (start) out.push_back(*start);
    };
    const auto search = [&](Tick from, Tick to) {
        if (from > to) return;
        if (thorough) return every_fit(day, midnight + from, midnight + to, need, out);
        take(first_fit(day, midnight + from, midnight + to, need));
    };
    for (const Span& window : person.windows[sort]) {
        search(window.from, window.to - week_.length[sort]);
        if (sort != call) continue;
        for (const Span& home : person.home) {
            search(std::max(window.from, home.from),
                   std::min(window.to, home.to) - week_.length[sort]);
        }
    }
    if (!thorough && !person.windows[sort].empty()) {
        const Span& window = person.windows[sort].back();
        take(
            last_fit(day, midnight + window.from, midnight + window.to - week_.length[sort], need));
    }
    std::sort(out.begin() + begin, out.end());
    out.erase(std::unique(out.begin() + begin, out.end()), out.end());
}

void Roster::add(int place, Sort sort, Tick start) {
    Day& day = at(place);
    const Span span{start, start + week_.need[sort]};
    day.busy.insert(std::upper_bound(day.busy.begin(), day.busy.end(), span, earlier), span);
    cost_ -= price(day);
    change(day, sort, week_.need[sort], 1);
    cost_ += price(day);
}

void Roster::remove(int place, Sort sort, Tick start) {
    Day& day = at(place);
    const Span span{start, start + week_.need[sort]};
    const auto found = std::lower_bound(day.busy.begin(), day.busy.end(), span, earlier);
    ANJU_CHECK(found != day.busy.end() && found->from == span.from && found->to == span.to,
               "only what was added is removed");
    day.busy.erase(found);
    cost_ -= price(day);
    change(day, sort, week_.need[sort], -1);
    cost_ += price(day);
}

Cost Roster::price(const Day& day) const {
    if (!pressed_) return load_cost(day.used);
    const Cost minutes = day.used / minute;
    const Cost visits = day.inside[visit] * week_.need[visit] / minute;
    const Cost calls = day.inside[call] * week_.need[call] / minute;
    return pressure * (minutes * minutes + visits * visits + calls * calls);
}

void Roster::change(Day& day, Sort sort, Tick need, int by) {
    day.used += by * need;
    day.left -= by * need;
    day.contacts[sort] -= by;
    day.inside[sort] += by;
}

void Roster::press(bool on) {
    pressed_ = on;
    cost_ = 0;
    for (const Day& day : days_) cost_ += price(day);
}

void Roster::disturb(std::uint64_t seed, Cost most) {
    disturbed_by_ = seed;
    disturbed_ = most;
}

Cost Roster::disturbance(int place, Sort sort) const {
    if (disturbed_ == 0) return 0;
    const auto column = static_cast<std::uint64_t>(place) * 2 + sort;
    const std::uint64_t any = mixed(disturbed_by_ + column * Sequence::step);
    return static_cast<Cost>(any % static_cast<std::uint64_t>(disturbed_));
}

Cost Roster::added_cost(int place, Sort sort) const {
    const Day& now = at(place);
    const Cost extra = disturbance(place, sort);
    if (!pressed_) return extra + load_cost(now.used + week_.need[sort]) - load_cost(now.used);
    Day then;
    then.used = now.used;
    then.inside = now.inside;
    change(then, sort, week_.need[sort], 1);
    return extra + price(then) - price(now);
}

}  // namespace anju::care::rounds
