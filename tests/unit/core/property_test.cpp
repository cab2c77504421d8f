// What holds in every life of every home. Each case names its seed, so that a failure can be
// repeated.
#include <algorithm>
#include <map>

#include "script.hpp"

namespace anju::test {
namespace {

constexpr int seeds = 40;
constexpr int length = 1'500;

/// Plays a script; `before` may meddle with the engine before each event. The clock is set by
/// `by` after both homes were registered, so that their alerts bear the same numbers.
template <class Meddle>
Decisions play(Engine& engine, const Script& script, Meddle before, Duration by = 0ms,
               std::size_t first = 0, Instant* clock = nullptr) {
    Decisions out;
    Instant now = clock != nullptr ? *clock : morning;
    for (std::size_t i = first; i < script.size(); ++i) {
        if (i == 2) engine.apply(now += by, ClockStep{by}, out);
        before(engine, now, script[i], i, out);
        now += script[i].elapsed;
        if (const auto* step = std::get_if<ClockStep>(&script[i].input)) now += step->by;
        engine.apply(now, dated(moved(script[i].input, by), now), out);
        if (clock != nullptr) *clock = now;
    }
    engine.advance(now + 48h, out);
    return out;
}

const auto leave_alone = [](Engine&, Instant, const Event&, std::size_t, Decisions&) {};

}  // namespace

TEST(Property, PunctualityOfTimersChangesNoDecision) {
    for (int seed = 0; seed < seeds; ++seed) {
        Author author(seed);
        const Script script = author.write(length, true);
        Engine lazy;
        Engine busy;
        const Decisions expected = play(lazy, script, leave_alone);
        const Decisions decisions =
            play(busy, script,
                 [&](Engine& engine, Instant now, const Event& event, std::size_t, Decisions& out) {
                     const Instant last = advanceable_until(event, now);
                     const auto span = static_cast<std::uint64_t>((last - now).count());
                     for (std::uint64_t n = author.below(4); n > 0; --n) {
                         now += Duration{author.below(span / 4 + 1)};
                         engine.advance(now, out);
                     }
                     if (author.once_in(2)) engine.advance(last, out);
                 });
        ASSERT_GT(expected.size(), 100U) << "nothing happened: a test of nothing";
        ASSERT_EQ(by_household(decisions), by_household(expected)) << "seed " << seed;
        for (const HouseholdId& id : lazy.households()) {
            ASSERT_EQ(busy.snapshot(id), lazy.snapshot(id)) << "seed " << seed;
        }
    }
}

TEST(Property, DeadlineIsNeverTooLate) {
    for (int seed = 0; seed < seeds; ++seed) {
        const Script script = Author(seed).write(length, true);
        Engine engine;
        play(engine, script,
             [&](Engine& e, Instant now, const Event& event, std::size_t i, Decisions& out) {
                 const Instant next = advanceable_until(event, now);
                 const Instant quiet = std::min(next, e.deadline().value_or(next) - 1ms);
                 Decisions early;
                 if (quiet > now) e.advance(quiet, early);
                 ASSERT_THAT(early, IsEmpty()) << "seed " << seed << ", event " << i;
                 while (e.deadline() && *e.deadline() <= next) e.advance(*e.deadline(), out);
             });
    }
}

TEST(Property, ARestoredEngineGoesOnAsIfNothingHadHappened) {
    for (int seed = 0; seed < seeds; ++seed) {
        Author author(seed);
        const Script script = author.write(length, true);
        const std::size_t cut = 1 + author.below(length);
        Engine whole;
        Engine restored;
        Instant clock{};
        std::size_t decisions_before = 0;
        Decisions expected;
        expected =
            play(whole, script,
                 [&](Engine& engine, Instant now, const Event&, std::size_t i, Decisions& out) {
                     if (i != cut) return;
                     clock = now;
                     decisions_before = out.size();
                     for (const HouseholdId& id : engine.households()) {
                         const std::string bytes = engine.snapshot(id);
                         ASSERT_TRUE(restored.restore(bytes));
                         ASSERT_EQ(restored.snapshot(id), bytes);
                     }
                 });
        const Decisions decisions = play(restored, script, leave_alone, 0ms, cut, &clock);
        expected.erase(expected.begin(),
                       expected.begin() + static_cast<std::ptrdiff_t>(decisions_before));
        ASSERT_EQ(by_household(decisions), by_household(expected))
            << "seed " << seed << ", cut at " << cut;
        for (const HouseholdId& id : whole.households())
            ASSERT_EQ(restored.snapshot(id), whole.snapshot(id));
        ASSERT_EQ(restored.device_count(), whole.device_count());
    }
}

TEST(Property, AClockStepIsAsIfAllHadHappenedAtOtherTimes) {
    for (int seed = 0; seed < seeds; ++seed) {
        Script script = Author(seed).write(length, false);
        std::erase_if(script, [](const Event& event) {  // numbers begin at the registration
            return std::holds_alternative<HouseholdRemoved>(event.input);
        });
        const Duration by = (seed - seeds / 2) * 7 * 24h;  // homes learn hours and weeks
        Engine stepped;
        Engine shifted;
        play(stepped, script, leave_alone);
        play(shifted, script, leave_alone, by);
        Decisions out;
        Duration total = 48h;
        for (const Event& event : script) total += event.elapsed;
        stepped.apply(morning + total + by, ClockStep{by}, out);
        for (Engine* engine : {&stepped, &shifted}) {  // what begins anew does so in both
            engine->apply(morning + total + by + 1h, ClockStep{1h}, out);
            engine->apply(morning + total + by, ClockStep{-1h}, out);
        }
        for (const HouseholdId& id : shifted.households()) {
            ASSERT_EQ(stepped.snapshot(id), shifted.snapshot(id))
                << "seed " << seed << " " << id.value;
        }
    }
}

TEST(Property, HouseholdsDoNotTouchEachOther) {
    for (int seed = 0; seed < seeds; ++seed) {
        Script script = Author(seed).write(length, false);
        Script alone = script;
        Duration carried{};
        const Event last{0ms, HouseholdRemoved{HouseholdId{"nobody"}}};  // both end then
        script.push_back(last);
        alone.push_back(last);
        std::erase_if(alone, [&](Event& event) {
            const auto* message = std::get_if<Observation>(&event.input);
            if (message != nullptr && message->device.value.starts_with("x-")) {
                carried += event.elapsed;
                return true;
            }
            event.elapsed += std::exchange(carried, 0ms);
            return false;
        });
        Engine both;
        Engine one;
        const auto expected = by_household(play(both, script, leave_alone));
        const auto decisions = by_household(play(one, alone, leave_alone));
        ASSERT_EQ(decisions.at(home_id), expected.at(home_id)) << "seed " << seed;
    }
}

TEST(Property, TheRulesOfTheBookHold) {
    for (int seed = 0; seed < seeds; ++seed) {
        const Script script = Author(seed).write(length, false);
        Engine engine;
        const Decisions decisions = play(engine, script, leave_alone);
        std::map<HouseholdId, std::pair<std::uint64_t, Instant>> last;
        std::map<AlertId, AlertState> states;
        std::map<std::string, AlertId> open;
        std::map<HouseholdId, Instant> water_low;
        for (const Decision& d : decisions) {
            if (d.household.empty() || d.household == second_home) continue;  // may be removed
            auto& [number, at] = last[d.household];
            ASSERT_EQ(d.number, ++number);
            ASSERT_GE(d.at, at);
            at = d.at;
            const auto* change = std::get_if<AlertChanged>(&d.what);
            if (change == nullptr) continue;
            const Alert& alert = change->alert;
            ASSERT_EQ(change->from.has_value(), states.contains(alert.id));
            if (change->from) {
                ASSERT_EQ(*change->from, states[alert.id]);
            }
            states[alert.id] = alert.state;
            if (change->from == alert.state) continue;  // gained evidence, did not move
            const bool of_device = alert.priority == Priority::p4 ||
                                   alert.kind == AlertKind::flood ||
                                   alert.kind == AlertKind::door_open_long;
            const std::string key = std::string(name(alert.kind)) +
                                    (of_device ? alert.device.value : "") +
                                    (alert.kind == AlertKind::gas_leak ? alert.evidence.rule : "");
            if (is_open(alert.state)) {
                ASSERT_EQ(open.try_emplace(key, alert.id).first->second, alert.id)
                    << key << " is open twice, seed " << seed;
            } else if (open.contains(key) && open[key] == alert.id) {
                open.erase(key);
            }
            const bool alive =
                change->from == AlertState::self_check && alert.cause == StepCause::sign_of_life;
            if (alert.priority <= Priority::p2 && alert.state > AlertState::open && !alive &&
                alert.state != AlertState::suppressed) {
                ASSERT_NE(alert.actor, "system") << "only persons end " << name(alert.kind);
            }
            if (alert.state == AlertState::closed) {
                ASSERT_NE(alert.reason, ClosingReason::none);
                ASSERT_FALSE(alert.note.empty());
            }
            const bool raised = is_open(alert.state) && (!change->from || !is_open(*change->from));
            if (alert.kind == AlertKind::water_low && raised && alert.cause != StepCause::person) {
                ASSERT_TRUE(water_low[d.household] == Instant{} ||
                            d.at - water_low[d.household] >= 12h);
                water_low[d.household] = d.at;
            }
        }
    }
}

/// No fault loses an alarm: whoever is neither on site nor done with a P1 or P2 is reminded of it.
TEST(Property, AnUrgentAlertThatIsNotTakenCareOfAlwaysHasANextStep) {
    for (int seed = 0; seed < seeds; ++seed) {
        Author author(seed);
        const Script script = author.write(length, true);
        Engine engine;
        std::size_t seen = 0;
        const auto look = [&] {
            for (const HouseholdId& id : engine.households()) {
                const HouseholdView view = engine.view(id).value();
                for (const Alert& alert : view.alerts) {
                    if (alert.priority > Priority::p2 || alert.state >= AlertState::on_site) {
                        continue;
                    }
                    ++seen;
                    const auto next = std::ranges::find(view.next, alert.id, &NextStep::alert);
                    ASSERT_NE(next, view.next.end())
                        << alert.id.value << " " << name(alert.state) << ", seed " << seed;
                    ASSERT_LE(*engine.deadline(), next->at);
                    ASSERT_NE(alert.told_at, Instant{}) << "somebody was told at once";
                }
            }
        };
        play(engine, script, [&](Engine&, Instant, const Event&, std::size_t i, Decisions&) {
            if (i % 40 == 0) look();
        });
        look();
        ASSERT_GT(seen, 0U) << "nothing was urgent: a test of nothing";
    }
}

TEST(Property, NoUrgentAlertVanishesWithoutAPerson) {
    for (int seed = 0; seed < seeds; ++seed) {
        Script script = Author(seed).write(length, true);
        std::erase_if(script, [](const Event& event) {
            return std::holds_alternative<HouseholdRemoved>(event.input);
        });
        Engine engine;
        const Decisions decisions = play(engine, script, leave_alone);
        std::map<AlertId, Alert> last;
        for (const Decision& d : decisions) {
            if (const auto* change = std::get_if<AlertChanged>(&d.what)) {
                last[change->alert.id] = change->alert;
            }
        }
        for (const HouseholdId& id : engine.households()) {
            const HouseholdView view = engine.view(id).value();
            for (const Alert& alert : view.alerts) last.erase(alert.id);
        }
        for (const auto& [id, alert] : last) {
            ASSERT_FALSE(alert.priority <= Priority::p2 && alert.state < AlertState::closed)
                << id.value << " " << name(alert.state) << " was lost, seed " << seed;
        }
    }
}

TEST(Property, WhoeverIsToldIsToldDirectlyBehindTheStep) {
    for (int seed = 0; seed < seeds; ++seed) {
        const Script script = Author(seed).write(length, true);
        Engine engine;
        const Decisions decisions = play(engine, script, leave_alone);
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            const auto* summons = std::get_if<Summons>(&decisions[i].what);
            if (summons == nullptr) continue;
            ASSERT_GT(i, 0U);
            const auto* change = std::get_if<AlertChanged>(&decisions[i - 1].what);
            ASSERT_NE(change, nullptr) << "seed " << seed;
            ASSERT_EQ(change->alert.id, summons->alert);
            ASSERT_EQ(change->alert.rung, summons->rung);
            ASSERT_EQ(decisions[i - 1].at, decisions[i].at);
            ASSERT_THAT(summons->roles, testing::Not(IsEmpty()));
            ASSERT_TRUE(std::ranges::is_sorted(summons->roles));
        }
    }
}

TEST(Snapshot, RefusesEveryDamageAndThenLeavesTheEngineAsItWas) {
    World world;
    world.says(morning, smoke, ReadingKind::smoke);
    world.says(morning, meter, ReadingKind::water_total_ml, 5);
    const std::string bytes = world.engine.snapshot(home_id);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = bytes;
            damaged[i] = static_cast<char>(damaged[i] ^ (1 << bit));
            ASSERT_FALSE(world.engine.restore(damaged)) << "byte " << i << ", bit " << bit;
        }
        ASSERT_FALSE(world.engine.restore(bytes.substr(0, i))) << "cut to " << i;
    }
    EXPECT_FALSE(world.engine.restore(bytes + bytes));
    EXPECT_EQ(world.engine.snapshot(home_id), bytes);
    EXPECT_TRUE(world.engine.restore(bytes));
}

}  // namespace anju::test
