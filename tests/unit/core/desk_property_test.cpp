// Seeded lives of a community over many weeks, and what holds in all of them.
#include <random>
#include <set>

#include "core/engine.hpp"
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

const Date monday = make_date(2026, 3, 2);
constexpr std::uint64_t seeds = 2;

struct Event {
    Duration after{};
    Input input;
};

class Author {
public:
    explicit Author(std::uint64_t seed) : random_(seed) {}

    /// What happens to a community in so many days; nothing of it depends on what follows from it.
    std::vector<Event> write(int days, bool steps) {
        std::vector<Event> script;
        Community set = community(3);
        script.push_back({0ms, CommunitySet{set}});
        for (int n = 1; n <= 8; ++n) script.push_back({0ms, residents(n)});
        now_ = Desk::at(monday, 8h + 30min);
        const Instant end = now_ + std::chrono::days{days};
        while (now_ < end) {
            const Duration pause{below(once_in(8) ? 30'000'000 : 6'000'000)};
            now_ += pause;
            script.push_back({pause, input(steps)});
        }
        return script;
    }

private:
    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    bool once_in(std::uint64_t n) { return below(n) == 0; }
    ResidentId somebody() { return resident(static_cast<int>(1 + below(8))); }
    WorkerId worker() { return once_in(2) ? lin : (once_in(2) ? zhao : sun); }
    Date day() { return date_of(now_, china) + static_cast<int>(below(6)); }
    ResidentsSet residents(int n) {
        Resident one{.id = resident(n), .name = "Wang"};
        if (once_in(5)) one.care.weekdays = 0x1e;
        if (once_in(6)) one.care.worker = worker();
        return {CommunityId{"c1"}, HouseholdId{"h" + std::to_string(n)}, {one}};
    }
    template <class T>
    T command() {
        T out;
        out.command_id = "c" + std::to_string(++number_);
        out.community = CommunityId{"c1"};
        out.actor = "cli:chen";
        return out;
    }
    Input input(bool steps) {
        if (steps && once_in(60)) {
            return ClockStep{Duration{static_cast<std::int64_t>(below(400'000'000)) - 200'000'000}};
        }
        switch (below(14)) {
            case 0: {
                auto out = command<SuspensionSet>();
                out.suspension = {.resident = somebody(),
                                  .reason = ResidentStatus::away,
                                  .from = day(),
                                  .to = day() + static_cast<int>(below(12)),
                                  .said_by = "son",
                                  .approver = "lead",
                                  .note = ""};
                out.ended = once_in(3);
                return out;
            }
            case 1: {
                auto out = command<WorkerAbsent>();
                out.worker = worker();
                out.from = day();
                out.to = out.from + static_cast<int>(below(4));
                out.back = once_in(3);
                return out;
            }
            case 2: {
                auto out = command<TaskCommand>();
                const auto first =
                    static_cast<std::uint64_t>(to_unix_ms(Desk::at(monday, 8h + 30min)) / 1000);
                out.task = TaskId{"c1:" + std::to_string(first + 1 + below(60 + number_))};
                out.verb = static_cast<TaskVerb>(1 + below(5));
                out.worker = worker();
                out.date = day();
                out.note = "asked";
                return out;
            }
            case 3: {
                AlertTold out{.community = CommunityId{"c1"}, .alert = {}};
                const auto n = std::to_string(1 + below(8));
                out.alert.household = HouseholdId{"h" + n};
                out.alert.id = AlertId{"h" + n + "-" + std::to_string(below(3))};
                out.alert.resident = ResidentId{"r0" + n};
                out.alert.kind = static_cast<AlertKind>(1 + below(21));
                out.alert.priority = static_cast<Priority>(1 + below(4));
                out.alert.state = static_cast<AlertState>(1 + below(11));
                out.alert.raised_at = now_;
                return out;
            }
            case 4:
                return residents(static_cast<int>(1 + below(8)));
            default: {
                auto out = command<ContactRecorded>();
                out.record.resident = somebody();
                out.record.worker = worker();
                static constexpr TaskKind kinds[] = {TaskKind::home_visit, TaskKind::phone_call,
                                                     TaskKind::phone_call, TaskKind::contact_call,
                                                     TaskKind::return_check};
                out.record.kind = kinds[below(5)];
                out.record.outcome =
                    once_in(3) ? static_cast<Outcome>(1 + below(5)) : Outcome::well;
                out.record.end = now_ - Duration{below(once_in(5) ? 50'000'000 : 60'000)};
                out.record.start = out.record.end - Duration{below(600'000)};
                if (!once_in(4)) out.record.form = {1, 1, 1, 1, 1, 1};
                if (once_in(2)) out.last_sign_of_life = now_ - Duration{below(40'000'000)};
                return out;
            }
        }
    }

    std::mt19937_64 random_;
    Instant now_{};
    std::uint64_t number_ = 0;
};

std::string bytes_of(const Decisions& decisions) {
    std::string bytes;
    for (const Decision& decision : decisions) bytes += encode(decision);
    return bytes;
}

/// `each` is called before every event with the time of the event before it, and of this one.
template <class Each>
Decisions run(const std::vector<Event>& script, Each each) {
    Engine engine;
    Decisions out;
    Instant now = Desk::at(monday, 8h + 30min);
    for (const Event& event : script) {
        each(engine, now, now + event.after, out);
        now += event.after;
        if (const auto* step = std::get_if<ClockStep>(&event.input)) now += step->by;
        engine.apply(now, event.input, out);
    }
    engine.advance(now + std::chrono::days{3}, out);
    return out;
}

TEST(DeskProperty, ItDoesNotMatterWhetherTimersWereServedPunctually) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const auto script = Author(seed).write(21, true);
        const auto late = run(script, [](auto&&...) {});
        const auto punctual = run(script, [](Engine& engine, Instant, Instant to, Decisions& out) {
            while (engine.deadline() && *engine.deadline() <= to) {
                engine.advance(*engine.deadline(), out);
            }
        });
        ASSERT_GT(late.size(), 300U);
        ASSERT_TRUE(bytes_of(late) == bytes_of(punctual)) << "seed " << seed;
    }
}

TEST(DeskProperty, SavedAndRestoredAnywhereItGoesOnTheSame) {
    const HouseholdId unit = unit_of(CommunityId{"c1"});
    for (std::uint64_t seed = 100; seed < 100 + seeds; ++seed) {
        const auto script = Author(seed).write(21, true);
        const auto plain = run(script, [](auto&&...) {});
        int events = 0;
        const auto restored = run(script, [&](Engine& engine, Instant, Instant, Decisions&) {
            if (++events % 7 != 0) return;
            const std::string bytes = engine.snapshot(unit);
            if (bytes.empty()) return;
            Engine fresh;
            ASSERT_TRUE(fresh.restore(bytes));
            ASSERT_TRUE(fresh.snapshot(unit) == bytes);
            engine = std::move(fresh);
        });
        ASSERT_TRUE(bytes_of(plain) == bytes_of(restored)) << "seed " << seed;
    }
}

TEST(DeskProperty, DamagedBytesAreRefused) {
    Desk desk(monday);
    desk.settle_in(3);
    std::string bytes = desk.desk.save();
    for (std::size_t i = 0; i < bytes.size(); i += 13) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
        EXPECT_FALSE(CareDesk::load(damaged));
    }
    EXPECT_TRUE(CareDesk::load(bytes));
}

TEST(DeskProperty, FrozenDaysMoveOnlyForAReason) {
    for (std::uint64_t seed = 200; seed < 200 + seeds; ++seed) {
        std::map<TaskId, CareTask> known;
        for (const Decision& decision : run(Author(seed).write(28, false), [](auto&&...) {})) {
            const auto* change = std::get_if<TaskChanged>(&decision.what);
            if (change == nullptr) continue;
            const CareTask& task = change->task;
            const auto before = known.find(task.id);
            if (before != known.end() && before->second.quota &&
                before->second.date <= date_of(decision.at, china) + 1 &&
                (before->second.start != task.start || before->second.worker != task.worker)) {
                EXPECT_TRUE(task.cause != CareCause::plan && task.cause != CareCause::replan)
                    << "seed " << seed << " " << task.id.value << " " << name(task.cause);
            }
            known[task.id] = task;
        }
    }
}

/// Every resident has in every whole week what is due: done, planned, excused, missed in it, or
/// named as short.
TEST(DeskProperty, NoContactOfAWeekIsLost) {
    for (std::uint64_t seed = 300; seed < 300 + seeds; ++seed) {
        const auto script = Author(seed).write(28, false);
        Engine engine;
        Decisions out;
        Instant now = Desk::at(monday, 8h + 30min);
        Date checked = monday + 7;
        for (const Event& event : script) {
            now += event.after;
            engine.advance(now, out);
            const Date today = date_of(now, china);
            // At noon of a Monday, of the week that was planned the Thursday before.
            if (monday_of(today) >= checked && today == monday_of(today)) {
                checked = today + 7;
                const auto view = engine.view(CommunityId{"c1"});
                std::map<ResidentId, int> missing;
                for (const PlanMade& plan : view->plans) {
                    if (plan.week != today) continue;
                    for (const Shortfall& shortfall : plan.short_of) {
                        missing[shortfall.resident] += shortfall.visits + shortfall.calls;
                    }
                }
                for (const ClientView& client : view->clients) {
                    int have = missing[client.resident.id];
                    bool away = client.suspension.has_value();
                    for (const CareTask& task : view->tasks) {
                        if (task.resident != client.resident.id || !task.quota) continue;
                        if (monday_of(task.date) != today) continue;
                        away = away || task.state == TaskState::excused;
                        have += task.state <= TaskState::completed ||
                                        task.state == TaskState::substituted
                                    ? 1
                                    : 0;
                    }
                    // Back from a suspension in this week, it is not whole.
                    for (const Decision& decision : out) {
                        const auto* ended = std::get_if<SuspensionChanged>(&decision.what);
                        away = away || (ended != nullptr && decision.at > now - 14 * 24h &&
                                        ended->suspension.resident == client.resident.id);
                    }
                    if (!away) {
                        EXPECT_GE(have, 4) << "seed " << seed << " " << client.resident.id.value
                                           << " " << to_text(today);
                    }
                }
            }
            engine.apply(now, event.input, out);
        }
    }
}

}  // namespace
}  // namespace anju::test
