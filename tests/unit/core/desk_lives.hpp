// Seeded lives of a community over weeks: residents are visited and called as planned, mostly.
// Somebody does not answer, a form is left half empty, records come days late, workers fall ill,
// residents travel, alerts come, people move tasks, homes join and leave, the rules and the hours
// of workers change. A life writes down every input, so that it can be lived once more under other
// circumstances.
#pragma once

#include <functional>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/engine.hpp"
#include "desk_fixture.hpp"

namespace anju::test {

inline const HouseholdId desk_unit = unit_of(CommunityId{"c1"});

class Life {
public:
    struct Shape {
        int residents{};
        std::size_t workers{};
        int weeks{};
        Date from;
        bool duty{};  ///< somebody works on weekends and holidays
    };
    struct Event {
        Instant at{};
        Input input;
    };

    /// 5 to 12 residents, 2 or 3 workers, 5 to 8 weeks; one in four over the Spring Festival.
    static Shape small(std::uint64_t seed) {
        std::mt19937_64 dice(seed);
        Shape shape;
        shape.residents = 5 + static_cast<int>(dice() % 8);
        shape.workers = 2 + dice() % 2;
        shape.weeks = 5 + static_cast<int>(dice() % 4);
        const Date monday = dice() % 4 == 0 ? make_date(2026, 1, 26) : make_date(2026, 3, 2);
        shape.from = monday + static_cast<int>(dice() % 7);
        shape.duty = dice() % 2 == 0;
        return shape;
    }

    Life(std::uint64_t seed, const Shape& shape) : shape_(shape), dice_(seed) {
        now = Desk::at(shape.from, 8h + 30min);
        community_ = community(shape.workers);
        if (shape.duty) {
            for (Date day = shape.from; day < shape.from + shape.weeks * 7 + 14; day = day + 1) {
                const bool off = weekday(day) >= 5 || community_.calendar.is_holiday(day);
                if (!off) continue;
                community_.duty.push_back(
                    {day, {community_.workers[0].id, community_.workers[1].id}});
            }
        }
    }
    explicit Life(std::uint64_t seed) : Life(seed, small(seed)) {}

    /// Lives to the end; `each_day` is called every day at 03:00, when the day has turned.
    template <class Each>
    void live(Each each_day) {
        apply(CommunitySet{community_});
        for (int n = 1; n <= shape_.residents; ++n) apply(registered(n));
        for (int day = 1; day <= shape_.weeks * 7; ++day) {
            const Date date = shape_.from + day;
            pass(Desk::at(date, 3h));
            each_day(*this, date);
            pass(Desk::at(date, 8h + 1min));
            surprises(date);
            work(date);
            if (now < Desk::at(date, 21h)) pass(Desk::at(date, 21h));
        }
    }
    void live() {
        live([](const Life&, Date) {});
    }

    /// Called after every input, and after every stretch of time, with what was decided in it. The
    /// decisions of timers come before those of the input.
    std::function<void(const Event* event, std::span<const Decision> made)> watch =
        [](const Event*, std::span<const Decision>) {};

    Engine engine;
    Decisions decisions;
    std::vector<Event> script;
    Instant now{};

    [[nodiscard]] CommunityView view() const { return *engine.view(CommunityId{"c1"}); }

private:
    std::uint64_t below(std::uint64_t limit) { return dice_() % limit; }
    bool once_in(std::uint64_t n) { return below(n) == 0; }
    ResidentId somebody() {
        return resident(1 + static_cast<int>(below(static_cast<std::uint64_t>(shape_.residents))));
    }
    WorkerId worker() {
        const WorkerId ids[] = {lin, zhao, sun};
        return ids[below(shape_.workers)];
    }
    ResidentsSet registered(int n) {
        Resident one{.id = resident(n), .name = "Wang"};
        if (once_in(8)) one.care.weekdays = 0x1f;
        if (once_in(8)) one.care.worker = worker();
        if (once_in(10)) one.care.calls = 2;
        return {CommunityId{"c1"}, HouseholdId{"h" + std::to_string(n)}, {one}};
    }
    template <class T>
    T command() {
        T out;
        out.command_id = "c" + std::to_string(++commands_);
        out.community = CommunityId{"c1"};
        out.actor = "cli:chen";
        return out;
    }

    void apply(Input input) {
        script.push_back({now, std::move(input)});
        const std::size_t before = decisions.size();
        engine.apply(now, script.back().input, decisions);
        learn();
        watch(&script.back(), std::span<const Decision>(decisions).subspan(before));
    }
    void pass(Instant to) {
        // What was kept for later is recorded on the way.
        while (!late_.empty() && late_.begin()->first <= to) {
            now = std::max(now, late_.begin()->first);
            ContactRecorded input = std::move(late_.begin()->second);
            late_.erase(late_.begin());
            apply(std::move(input));
        }
        now = to;
        const std::size_t before = decisions.size();
        engine.advance(now, decisions);
        learn();
        watch(nullptr, std::span<const Decision>(decisions).subspan(before));
    }
    void learn() {
        for (; learnt_ < decisions.size(); ++learnt_) {
            const auto* change = std::get_if<TaskChanged>(&decisions[learnt_].what);
            if (change == nullptr) continue;
            if (change->task.state <= TaskState::in_progress) {
                open_[change->task.id] = change->task;
            } else {
                open_.erase(change->task.id);
            }
        }
    }

    void surprises(Date date) {
        if (once_in(10)) suspend(date);
        if (once_in(14)) {
            auto input = command<WorkerAbsent>();
            input.worker = worker();
            input.from = date + static_cast<int>(below(2));
            input.to = input.from + static_cast<int>(below(4));
            input.back = once_in(4);
            apply(input);
        }
        if (once_in(6)) alert();
        if (once_in(6) && !open_.empty()) order(date);
        if (once_in(25)) {
            const int n = 1 + static_cast<int>(below(static_cast<std::uint64_t>(shape_.residents)));
            ResidentsSet input = registered(n);
            if (once_in(4)) input.residents.clear();
            apply(input);
        }
        if (once_in(40)) {
            community_.care.calls = static_cast<std::uint8_t>(2 + below(2));
            if (once_in(2)) {
                community_.workers[below(shape_.workers)].weekdays = once_in(2) ? 0x1f : 0x0f;
            }
            apply(CommunitySet{community_});
        }
        if (once_in(10)) {
            apply(RhythmTold{CommunityId{"c1"}, somebody(), {{7h, 10h}, {15h, 20h}}});
        }
    }
    void suspend(Date date) {
        auto input = command<SuspensionSet>();
        input.suspension = {
            .resident = somebody(),
            .reason = once_in(3) ? ResidentStatus::hospitalised : ResidentStatus::away,
            .from = date + static_cast<int>(below(4)),
            .to = {},
            .said_by = "son",
            .approver = "lead",
            .note = ""};
        input.suspension.to = input.suspension.from + static_cast<int>(below(12));
        input.ended = once_in(3);
        apply(input);
    }
    void alert() {
        AlertTold input{.community = CommunityId{"c1"}, .alert = {}};
        const ResidentId about = somebody();
        Alert& alert = input.alert;
        alert.resident = about;
        alert.household = HouseholdId{"h" + std::to_string(std::stoi(about.value.substr(1)))};
        alert.id = AlertId{alert.household.value + "-" + std::to_string(++commands_)};
        static constexpr AlertKind kinds[] = {AlertKind::inactivity, AlertKind::sos,
                                              AlertKind::data_stale, AlertKind::no_exit};
        alert.kind = kinds[below(4)];
        alert.priority = alert.kind == AlertKind::data_stale ? Priority::p4 : Priority::p2;
        alert.raised_at = now;
        alert.state = AlertState::open;
        apply(input);
        if (once_in(2)) pass(now + 20min);
        alert.state = once_in(3) ? AlertState::cancelled : AlertState::closed;
        apply(input);
    }
    void order(Date date) {
        auto input = command<TaskCommand>();
        auto place = open_.begin();
        std::advance(place, static_cast<std::ptrdiff_t>(below(open_.size())));
        input.task = place->first;
        input.verb = static_cast<TaskVerb>(1 + below(5));
        input.worker = worker();
        input.date = date + static_cast<int>(below(6));
        input.note = "asked";
        apply(input);
    }

    /// What is planned for the day, each thing when it is proposed.
    void work(Date date) {
        std::set<std::pair<Instant, TaskId>> day;
        for (const auto& [id, task] : open_) {
            if (task.date == date) day.insert({task.end, id});
        }
        while (!day.empty()) {
            const auto [when, id] = *day.begin();
            day.erase(day.begin());
            const auto known = open_.find(id);
            if (known == open_.end() || once_in(20)) continue;  // nobody comes
            const CareTask task = known->second;
            if (task.date != date) continue;
            if (task.end > now) pass(task.end);
            if (!open_.contains(id)) continue;
            attempt(task);
            const auto again = open_.find(id);
            if (again != open_.end() && again->second.date == date && again->second.end > now) {
                day.insert({again->second.end, id});
            }
        }
        if (once_in(4)) {  // beside the plan
            CareTask chance;
            chance.resident = somebody();
            chance.kind = once_in(2) ? TaskKind::home_visit : TaskKind::phone_call;
            attempt(chance);
        }
    }
    void attempt(const CareTask& task) {
        auto input = command<ContactRecorded>();
        ContactRecord& record = input.record;
        record.resident = task.resident;
        record.worker = task.worker.empty() ? worker() : task.worker;
        record.task = task.id;
        const bool visit = task.kind == TaskKind::home_visit || task.kind == TaskKind::return_check;
        record.kind =
            visit || task.kind == TaskKind::contact_call ? task.kind : TaskKind::phone_call;
        record.outcome = once_in(8) ? Outcome::unreached : Outcome::well;
        if (once_in(40)) record.outcome = static_cast<Outcome>(1 + below(5));
        const Duration length = visit ? 20min : once_in(25) ? Duration{20s} : Duration{5min};
        record.end = now;
        record.start = now - length;
        if (visit && !once_in(12)) record.form = {1, 1, 1, 1, 1, 1};
        if (visit) input.door = static_cast<Corroboration>(below(3));
        if (once_in(2)) input.last_sign_of_life = now - Duration{below(6 * 3'600'000)};
        if (once_in(12)) {  // some are entered days later, and some of them when the books are shut
            const Duration later{below(once_in(4) ? 10 * 86'400'000ULL : 2 * 86'400'000ULL)};
            late_.emplace(now + later, std::move(input));
            return;
        }
        apply(std::move(input));
    }

    Shape shape_;
    Community community_;
    std::mt19937_64 dice_;
    std::map<TaskId, CareTask> open_;
    std::size_t learnt_ = 0;
    std::multimap<Instant, ContactRecorded> late_;
    std::uint64_t commands_ = 0;
};

inline std::string bytes_of(const Decisions& decisions) {
    std::string bytes;
    for (const Decision& decision : decisions) bytes += encode(decision);
    return bytes;
}

}  // namespace anju::test
