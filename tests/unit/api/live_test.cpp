// What open consoles are told.
#include "api/live.hpp"

#include <boost/json.hpp>

#include "street.hpp"

namespace anju::api::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::minutes china{480};
constexpr std::uint64_t first = 1'000'000;

/// A console and everything it was sent.
struct Console {
    http::Response response;
    std::string text() {
        std::string out;
        for (auto batch = response.stream->take(1 << 20); !batch.bytes.empty();
             batch = response.stream->take(1 << 20)) {
            out += batch.bytes;
        }
        return out;
    }
    bool ended() { return response.stream->take(1 << 20).last; }
};

class LiveEvents : public testing::Test {
protected:
    Console open(const Sight& sight, std::string_view last = {}, const std::string& key = "k") {
        return {
            live.listen({.key = key, .sight = sight, .good = [this] { return good; }}, last, "{}")};
    }
    /// Smoke in a home, as a commit.
    Decisions fire(const char* device, Instant at = morning + 1h) {
        Decisions out;
        world.engine.apply(
            at, anju::test::message(DeviceId{device}, {anju::test::reading(ReadingKind::smoke)}),
            out);
        live.decided(out);
        return out;
    }
    World world = street();
    control::Render render{china};
    AlertViews views{render};
    Live live{{.remembered = 8}, first, world.engine, views};
    bool good = true;
};

}  // namespace

TEST_F(LiveEvents, AreToldToWhoeverSeesTheHome) {
    Console lin = open(of(east));
    Console zhou = open(of(west));
    fire("h1-smoke");
    const std::string told = lin.text();
    EXPECT_THAT(told, HasSubstr("event: hello\n"));
    EXPECT_THAT(told, HasSubstr("event: alert\n"));
    EXPECT_THAT(told, HasSubstr("event: told\n"));
    EXPECT_THAT(told, HasSubstr("林桂芳"));
    EXPECT_THAT(zhou.text(), Not(HasSubstr("event: alert")));
}

TEST_F(LiveEvents, TellOfContactsOnlyWhoMayReadThem) {
    Console worker = open(of(east));
    Console masked = open(of(east, false), {}, "operator");
    ContactLogged logged;
    logged.record.resident = ResidentId{"r1"};
    logged.record.worker = WorkerId{"w1"};
    logged.record.outcome = Outcome::needs_help;
    live.decided(
        {Decision{.household = unit_of(east), .number = 1, .at = morning, .what = logged}});
    EXPECT_THAT(worker.text(), HasSubstr("needs_help"));
    const std::string told = masked.text();
    EXPECT_THAT(told, Not(HasSubstr("contact")));
    EXPECT_THAT(told, Not(HasSubstr("r1")));
}

TEST_F(LiveEvents, GoToSoManyStreamsOfOneSessionAndThenItsOldestEnds) {
    Console other = open(of(east), {}, "another session");
    std::vector<Console> mine;
    for (int i = 0; i < 9; ++i) mine.push_back(open(of(east), {}, "mine"));
    EXPECT_TRUE(mine[0].ended());
    EXPECT_FALSE(mine[1].ended());
    EXPECT_FALSE(other.ended());
    EXPECT_EQ(live.listeners(), 9U);
    EXPECT_EQ(live.displaced(), 1U);
}

TEST_F(LiveEvents, AreMaskedForWhoMayNotSeePeople) {
    Console masked = open(of(east, false));
    fire("h1-smoke");
    const std::string told = masked.text();
    EXPECT_THAT(told, HasSubstr("event: alert\n"));
    EXPECT_THAT(told, HasSubstr("林**"));
    EXPECT_THAT(told, Not(HasSubstr("林桂芳")));
    EXPECT_THAT(told, Not(HasSubstr("h1 号")));
}

TEST_F(LiveEvents, AreRepeatedToWhoeverComesAgain) {
    Console before = open(of(east));
    fire("h1-smoke");
    const std::string told = before.text();
    const auto mark = told.find("event: alert");
    const auto id = told.substr(told.rfind("id: ", told.find("\n\n", mark)) + 4, 7);
    Console again = open(of(east), std::to_string(first));
    EXPECT_THAT(again.text(), HasSubstr("event: alert\n"));
    Console knows = open(of(east), std::to_string(first + live.events()));
    EXPECT_THAT(knows.text(), Not(HasSubstr("event: alert")));
    EXPECT_FALSE(id.empty());
}

TEST_F(LiveEvents, BeginAnewForWhoeverMissedTooMuch) {
    for (int i = 0; i < 9; ++i) fire("h1-smoke", morning + 1h + i * 1h);
    ASSERT_GT(live.events(), 8U);
    for (const char* last : {"1000000", "7", "99999999", "x", "-1"}) {
        EXPECT_THAT(open(of(east), last).text(), HasSubstr("event: reset\n")) << last;
    }
}

TEST_F(LiveEvents, EndWithTheSession) {
    Console one = open(of(east), {}, "one");
    Console other = open(of(east), {}, "other");
    (void)one.text();
    (void)other.text();
    live.end("one", "account_changed");
    EXPECT_THAT(one.text(), HasSubstr("event: bye\ndata: {\"reason\":\"account_changed\"}\n"));
    EXPECT_TRUE(one.ended());
    EXPECT_THAT(other.text(), Not(HasSubstr("bye")));
    EXPECT_FALSE(other.ended());
    good = false;
    live.look_after("session_over");
    EXPECT_THAT(other.text(), HasSubstr("event: bye\ndata: {\"reason\":\"session_over\"}\n"));
    EXPECT_TRUE(other.ended());
    EXPECT_EQ(live.listeners(), 0U);
}

TEST_F(LiveEvents, DropWhoDoesNotTakeThem) {
    Live small({.remembered = 8, .tasks_a_commit = 20, .queue = {.bytes = 4096, .chunks = 4}},
               first, world.engine, views);
    Console stuck{
        small.listen({.key = "k", .sight = of(east), .good = [] { return true; }}, {}, "{}")};
    for (int i = 0; i < 4; ++i) {
        Decisions out;
        world.engine.apply(
            morning + 1h + i * 1h,
            anju::test::message(DeviceId{"h1-smoke"}, {anju::test::reading(ReadingKind::smoke)}),
            out);
        small.decided(out);
    }
    small.look_after("session_over");
    EXPECT_EQ(small.listeners(), 0U);
}

TEST_F(LiveEvents, NameOnlyTheCommunityWhenAWholePlanChanges) {
    Console lin = open(of(east));
    Decisions many;
    for (int i = 0; i < 25; ++i) {
        TaskChanged change;
        change.task.id = TaskId{"500106-001:" + std::to_string(i)};
        change.task.worker = WorkerId{"w1"};
        many.push_back({.household = unit_of(east), .number = 1, .at = morning, .what = change});
    }
    live.decided(many);
    EXPECT_EQ(live.events(), 1U);
    EXPECT_THAT(lin.text(), HasSubstr("event: rounds\n"));
    many.resize(2);
    live.decided(many);
    EXPECT_EQ(live.events(), 3U);
    EXPECT_THAT(lin.text(), HasSubstr("\"id\":\"500106-001:1\""));
}

TEST_F(LiveEvents, OfADrillForTheMaintainersAreToldToOperatorsAlone) {
    world = street(Drill::maintainers);
    Sight practises = of(east);
    practises.drills = true;
    Console worker = open(of(east));
    Console maintainer = open(practises);
    fire("h1-smoke");
    EXPECT_THAT(worker.text(), Not(HasSubstr("event: alert")));
    EXPECT_THAT(maintainer.text(), HasSubstr("\"drill\":\"maintainers\""));
}

TEST_F(LiveEvents, OfADrillStayAmongOperatorsWhenItsHomeIsTakenOff) {
    world = street(Drill::maintainers);
    Sight everywhere = of(east);
    everywhere.covers = [](const Community&) { return true; };
    Sight practises = everywhere;
    practises.drills = true;
    (void)fire("h1-smoke");
    Console supervisor = open(everywhere);
    Console maintainer = open(practises);
    Decisions out;
    world.engine.apply(morning + 2h, HouseholdRemoved{lin_home}, out);
    live.decided(out);
    EXPECT_THAT(supervisor.text(), Not(HasSubstr("event: alert")));
    EXPECT_THAT(maintainer.text(), HasSubstr("event: alert"));
}

TEST_F(LiveEvents, OfAPlayedScenarioAreForOperatorsOfTheWholeBox) {
    Sight everywhere = of(east);
    everywhere.covers = [](const Community&) { return true; };
    Sight practises = everywhere;
    practises.drills = true;
    Sight practises_east = of(east);
    practises_east.drills = true;
    Console supervisor = open(everywhere);
    Console maintainer = open(practises);
    Console of_a_part = open(practises_east);
    live.practised({{"allowed", true}});
    EXPECT_THAT(maintainer.text(), HasSubstr("event: drill"));
    EXPECT_THAT(supervisor.text(), Not(HasSubstr("event: drill")));
    EXPECT_THAT(of_a_part.text(), Not(HasSubstr("event: drill")));
}

}  // namespace anju::api::test
