// What a screen is given, by who looks.
#include <boost/json.hpp>

#include "api/alert_views.hpp"
#include "api/resident_views.hpp"
#include "api/round_views.hpp"
#include "street.hpp"

namespace anju::api::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::chrono::minutes china{480};

class Views : public testing::Test {
protected:
    /// Smoke in the first home.
    Alert fire() {
        Decisions out;
        world.engine.apply(
            morning + 1h,
            anju::test::message(DeviceId{"h1-smoke"}, {anju::test::reading(ReadingKind::smoke)}),
            out);
        for (const Decision& decision : out) {
            if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
                return change->alert;
            }
        }
        ADD_FAILURE() << "no alert";
        return {};
    }
    World world = street();
    control::Render render{china};
    control::CareRender care{china};
};

}  // namespace

TEST_F(Views, ShowAnAlertWithWhoAndWhere) {
    const Sight sight = of(east);
    Look look(world.engine, sight);
    const json::object item = AlertViews(render).item(fire(), look);
    EXPECT_EQ(item.at("name"), "林桂芳");
    EXPECT_EQ(item.at("community"), "500106-001");
    EXPECT_EQ(item.at("address"), "渝中区 h1 号");
    EXPECT_EQ(item.at("mine"), false);
    EXPECT_TRUE(item.at("next").is_object()) << "a list counts down to who is told next";
}

TEST_F(Views, MarkADrillWhichOnlyOperatorsSeeWhenItIsForTheMaintainers) {
    for (const Drill drill : {Drill::staff, Drill::maintainers}) {
        world = street(drill);
        const Alert alert = fire();
        Sight sight = of(east);
        EXPECT_EQ(Look(world.engine, sight).at(lin_home), drill == Drill::staff);
        sight.drills = true;
        Look look(world.engine, sight);
        EXPECT_TRUE(look.at(lin_home));
        EXPECT_EQ(AlertViews(render).item(alert, look).at("drill").as_string(), name(drill));
        const json::object full = AlertViews(render).in_full(
            alert, {}, {}, access::AccountRole::operator_, morning + 1h, look);
        EXPECT_THAT(json::serialize(full.at("verbs")), HasSubstr("en_route"));
    }
}

TEST_F(Views, MaskEveryPersonForWhoMayNotSeeThem) {
    const Alert alert = fire();
    for (const bool in_full : {true, false}) {
        const Sight sight = of(east, in_full);
        Look look(world.engine, sight);
        const std::string text = json::serialize(AlertViews(render).in_full(
            alert, {}, {}, access::AccountRole::operator_, morning + 1h, look));
        for (const char* secret : {"林桂芳", "林小燕", "13900000001", "13900000002", "h1 号"}) {
            if (in_full) {
                EXPECT_THAT(text, HasSubstr(secret));
            } else {
                EXPECT_THAT(text, Not(HasSubstr(secret)));
            }
        }
        EXPECT_THAT(text, HasSubstr(in_full ? "陈敏" : "陈*"));
    }
}

TEST_F(Views, OfferEachRoleWhatItMayDoNow) {
    const Alert alert = fire();
    const Sight sight = of(east);
    const auto verbs = [&](access::AccountRole role) {
        Look look(world.engine, sight);
        return AlertViews(render).in_full(alert, {}, {}, role, morning + 1h, look).at("verbs");
    };
    EXPECT_EQ(verbs(access::AccountRole::worker),
              (json::array{"acknowledge", "en_route", "on_site", "resolve", "close"}));
    EXPECT_EQ(verbs(access::AccountRole::auditor), json::array{});
    EXPECT_EQ(verbs(access::AccountRole::operator_), json::array{}) << "a fire is no drill";
}

TEST_F(Views, NameTheOwnerAndSayWhoseItIs) {
    Alert alert = fire();
    alert.owner = "link:worker:w1@group:street";
    const Sight sight = of(east);
    Look look(world.engine, sight);
    const json::object item = AlertViews(render).item(alert, look);
    EXPECT_EQ(item.at("owner_shown"), "陈敏");
    EXPECT_EQ(item.at("owner_person"), "w1");
    EXPECT_EQ(item.at("mine"), true);
}

TEST_F(Views, ListResidentsOfTheScopeAlone) {
    for (const auto& [community, name] : {std::pair{east, "林桂芳"}, {west, "周秀兰"}}) {
        const Sight sight = of(community);
        Look look(world.engine, sight);
        const auto found = ResidentViews::find(ResidentQuery{}, look);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found[0].resident->name, name);
    }
    const Sight sight = of(east);
    Look look(world.engine, sight);
    EXPECT_TRUE(ResidentViews::find(ResidentId{"r1"}, look));
    EXPECT_FALSE(ResidentViews::find(ResidentId{"r2"}, look));
    EXPECT_FALSE(ResidentViews::find(ResidentId{"r9"}, look));
}

TEST_F(Views, FindResidentsByNameNumberOrAddress) {
    const auto found = [&](const std::string& words, bool in_full) {
        const Sight sight = of(east, in_full);
        Look look(world.engine, sight);
        return ResidentViews::find({.words = words, .community = {}}, look).size();
    };
    for (const char* words : {"桂", "139000", "h1 号", "R1", ""}) {
        EXPECT_EQ(found(words, true), 1U) << words;
    }
    EXPECT_EQ(found("周", true), 0U);
    EXPECT_EQ(found("桂", false), 0U) << "a hidden name cannot be guessed by searching";
    EXPECT_EQ(found("r1", false), 1U);
}

TEST_F(Views, ShowAResidentMaskedWithoutNumbers) {
    for (const bool in_full : {true, false}) {
        const Sight sight = of(east, in_full);
        Look look(world.engine, sight);
        const auto one = ResidentViews::find(ResidentId{"r1"}, look);
        const json::object item =
            ResidentViews(render, care, china).in_full(*one, morning + 1h, look);
        EXPECT_EQ(item.at("name"), in_full ? "林桂芳" : "林**");
        EXPECT_EQ(item.at("phone").is_null(), !in_full);
        EXPECT_EQ(item.at("address").is_null(), !in_full);
        EXPECT_EQ(item.at("contacts").as_array().size(), in_full ? 1U : 0U);
        EXPECT_EQ(item.at("devices").as_array().size(), 1U);
        EXPECT_EQ(item.at("community_name"), "东街社区");
    }
}

TEST_F(Views, GiveAWorkerTheTasksOfTheDayWithWhatTheyNeed) {
    Decisions out;
    world.engine.advance(morning + 72h, out);  // a Tuesday; the week is planned
    const Sight sight = of(east);
    bool any = false;
    for (Instant day = morning + 72h; day < morning + 144h; day += 24h) {
        world.engine.advance(day, out);
        Look look(world.engine, sight);
        const json::object today = RoundViews(care, china).today(WorkerId{"w1"}, day, look);
        for (const json::value& task : today.at("tasks").as_array()) {
            any = true;
            EXPECT_EQ(task.at("name"), "林桂芳");
            EXPECT_EQ(task.at("phone"), "13900000001");
            EXPECT_EQ(task.at("address"), "渝中区 h1 号");
            EXPECT_EQ(task.at("worker"), "w1");
        }
        EXPECT_EQ(RoundViews(care, china).today(WorkerId{"w2"}, day, look).at("tasks"),
                  json::array{})
            << "of another community";
    }
    EXPECT_TRUE(any);
}

TEST_F(Views, ShowTheWeekOfTheScopeAlone) {
    const Sight sight = of(west);
    Look look(world.engine, sight);
    const json::array weeks =
        RoundViews(care, china).week(monday_of(date_of(morning, china)), {}, {}, look);
    ASSERT_EQ(weeks.size(), 1U);
    EXPECT_EQ(weeks[0].at("community"), "500106-002");
}

}  // namespace anju::api::test
