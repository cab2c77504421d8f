// The shapes documented in docs/operations/control.md.
#include "control/render.hpp"

#include <gtest/gtest.h>

#include "control/printable.hpp"
#include "control/protocol.hpp"

namespace anju::control {
namespace {

using boost::json::parse;
using boost::json::value;
using namespace std::chrono_literals;

constexpr Instant seven = from_unix_ms(1'772'406'000'123);  // 2026-03-02 07:00 in China
const Render render{std::chrono::hours{8}};

Alert smoke() {
    Alert alert;
    alert.id = AlertId{"H1-1"};
    alert.household = HouseholdId{"H1"};
    alert.device = DeviceId{"S1"};
    alert.kind = AlertKind::smoke;
    alert.priority = Priority::p1;
    alert.raised_at = seven;
    alert.changed_at = seven + 1min;
    alert.sentence_zh = "烟雾";
    alert.sentence_en = "smoke";
    alert.actor = "system";
    alert.rung = 1;
    alert.opened_at = alert.told_at = seven;
    alert.evidence.rule = "smoke";
    alert.evidence.sources.push_back({DeviceId{"S1"}, SensorKind::smoke, seven, true});
    return alert;
}

TEST(Render, SpellsTimesInLocalTimeWithTheirOffset) {
    EXPECT_EQ(time_text(seven, 8h), "2026-03-02T07:00:00.123+08:00");
    EXPECT_EQ(time_text(seven, -(3h + 30min)), "2026-03-01T19:30:00.123-03:30");
    EXPECT_EQ(time_text(from_unix_ms(-1), 0min), "1969-12-31T23:59:59.999+00:00");
}

TEST(Render, ShowsAnAlertAsDocumented) {
    EXPECT_EQ(value(render.alert(smoke())), parse(R"({
        "id":"H1-1","household":"H1","resident":null,"device":"S1","kind":"smoke",
        "priority":"P1","state":"open","raised_at":"2026-03-02T07:00:00.123+08:00",
        "changed_at":"2026-03-02T07:01:00.123+08:00","reopened":0,"repeats":0,
        "sentence_zh":"烟雾","sentence_en":"smoke","actor":"system",
        "cause":"raised","escalated":false,"overdue":false,"rung":1,"owner":null,
        "opened_at":"2026-03-02T07:00:00.123+08:00","told_at":"2026-03-02T07:00:00.123+08:00",
        "acknowledged_at":null,"en_route_at":null,"on_site_at":null,"closed_at":null,
        "closed_by":null,"reviewed_by":null,"merged_into":null,"reason":null,"note":null,"drill":null})"));
    Alert practised = smoke();
    practised.drill = Drill::staff;
    EXPECT_EQ(value(render.alert(practised)).at("drill"), value("staff"));
}

TEST(Render, ShowsWhatComesNextOfAnAlert) {
    NextStep step{.alert = AlertId{"H1-1"},
                  .at = seven,
                  .to = AlertState::open,
                  .cause = StepCause::unanswered,
                  .roles = {Role::neighbour, Role::second_worker},
                  .summons = SummonsCause::ask_119};
    EXPECT_EQ(value(render.next_step(step)), parse(R"({
        "at":"2026-03-02T07:00:00.123+08:00","to":"open","cause":"unanswered",
        "roles":["neighbour","second_worker"],"summons":"ask_119"})"));
    step.roles.clear();
    EXPECT_TRUE(render.next_step(step).at("summons").is_null()) << "only a flag is set";
}

TEST(Render, ShowsTheEvidenceInFull) {
    const auto full = render.alert_in_full(smoke());
    EXPECT_EQ(full.at("evidence"), parse(R"({"rule":"smoke","since":null,"until":null,"measured":0,
        "threshold":0,"unit":null,"sources":[{"device":"S1","kind":"smoke",
        "last_heard":"2026-03-02T07:00:00.123+08:00","reliable":true}],"once_in_days":null})"));
    Alert silence = smoke();
    silence.evidence.once_in_days = 40;
    EXPECT_EQ(render.alert_in_full(silence).at("evidence").at("once_in_days"), value(40));
}

TEST(Render, ShowsWhoMovedAnAlertAndWhy) {
    Alert alert = smoke();
    alert.state = AlertState::closed;
    alert.reason = ClosingReason::cooking_steam;
    alert.note = "fried fish";
    alert.actor = alert.owner = "cli:lin";
    alert.cause = StepCause::person;
    alert.overdue = true;
    const AlertChanged change{alert, AlertState::resolved};
    EXPECT_EQ(value(render.history({HouseholdId{"H1"}, 4, seven, change}, change)), parse(R"({
        "number":4,"at":"2026-03-02T07:00:00.123+08:00","from":"resolved","to":"closed",
        "cause":"person","rung":1,"escalated":false,"overdue":true,"owner":"cli:lin",
        "priority":"P1","actor":"cli:lin","reason":"cooking_steam","note":"fried fish","reopened":0,"repeats":0})"));
    const AlertChanged raised{smoke(), std::nullopt};
    EXPECT_TRUE(render.history({HouseholdId{"H1"}, 1, seven, raised}, raised).at("from").is_null());
}

TEST(Render, ShowsHomesAndDevices) {
    HouseholdView view;
    view.household.id = HouseholdId{"H1"};
    view.household.community = "C";
    view.household.residents.push_back({ResidentId{"R1"}, "王秀兰", ResidentStatus::away});
    const Device door{.id = DeviceId{"D"},
                      .kind = SensorKind::door,
                      .label = "front",
                      .driver = "native",
                      .address = "D",
                      .sample_every = 1h,
                      .deliver_every = 2h};
    view.devices.push_back({door, Instant{}, DeviceHealth::stale});
    EXPECT_EQ(value(render.household(view)), parse(R"({"household":"H1","community":"C",
        "residents":[{"id":"R1","name":"王秀兰","status":"away"}],"drill":null,"devices":1,"open_alerts":0,
        "last_sign_of_life":null,"whereabouts":"unknown","whereabouts_since":null,
        "best_delay":null})"));
    view.best_delay = DetectionDelay{2h, DeviceId{"W"}};
    EXPECT_EQ(value(render.household(view)).at("best_delay"),
              parse(R"({"seconds":7200,"device":"W"})"));
    view.whereabouts = Whereabouts::out;
    view.whereabouts_since = seven;
    EXPECT_EQ(value(render.household(view)).at("whereabouts"), value("out"));
    EXPECT_EQ(value(render.household(view)).at("whereabouts_since"),
              value("2026-03-02T07:00:00.123+08:00"));
    EXPECT_EQ(value(render.device(view.household.id, view.devices.front())),
              parse(R"({"household":"H1","id":"D","kind":"door","label":"front","driver":"native",
        "address":"D","profile":null,"key":false,"sample_every_s":3600,"deliver_every_s":7200,"stale_after_s":14400,
        "last_heard":null,"health":"stale","collected":true})"));
    view.devices.front().health = DeviceHealth::ok;
    EXPECT_EQ(render.device(view.household.id, view.devices.front()).at("health"),
              value("never_heard"));
    view.devices.front().last_heard = seven;
    EXPECT_EQ(render.device(view.household.id, view.devices.front()).at("health"), value("ok"));
}

Device named(const char* id, SensorKind kind, const char* label) {
    Device device;
    device.id = DeviceId{id};
    device.kind = kind;
    device.label = label;
    return device;
}

/// Somebody who has been silent since seven, judged by what was learned.
HouseholdExplanation silence() {
    HouseholdExplanation what;
    what.household = HouseholdId{"H1"};
    what.residents.push_back({ResidentId{"R1"}, "王秀兰", ResidentStatus::active});
    what.now = seven + 1h;
    what.learning = {.first_sign = seven - 24h * 20,
                     .days = 20,
                     .personal = true,
                     .personal_from = seven - 24h * 6,
                     .presets = {Preset::sh_12}};
    what.silence.judged = Judged::yes;
    what.silence.last_sign = seven;
    what.silence.last_device = named("M", SensorKind::motion, "hall");
    what.silence.since = seven;
    what.silence.known_until = seven + 55min;
    what.silence.where = Whereabouts::home;
    what.silence.score = 4.1234;
    what.silence.alert_score = 7.56;
    what.silence.once_in_days = 12;
    what.silence.alert_at = seven + 2h;
    what.day.hours.push_back({1h, 2h, 0.503, 3h});
    what.day.hours.push_back({1h, 48h, 0.5, std::nullopt});
    what.routine.day = seven - 3h;
    what.routine.today[18] = true;
    what.best_delay = DetectionDelay{5min, DeviceId{"M"}};
    what.missing.push_back(
        {named("D", SensorKind::door, "front"), Missing::never_heard, Instant{}});
    what.heard = 0.876;
    what.routine.features[1] = {.usual = 1200, .recent = 0, .days = 30, .recent_days = 0};
    what.alert = {.milli = 300, .reached = 0.1234};
    what.phone = {.milli = 1000, .reached = std::nullopt};
    what.home_backstop = 14h;
    what.unknown_backstop = 24h;
    return what;
}

TEST(Render, ShowsAnExplanationAsDocumented) {
    const value shown = render.explanation(silence());
    EXPECT_EQ(shown.at("learning"), parse(R"({"first_sign":"2026-02-10T07:00:00.123+08:00",
        "days":20,"personal":true,"personal_from":"2026-02-24T07:00:00.123+08:00",
        "presets":["SH-12"]})"));
    EXPECT_EQ(shown.at("silence"), parse(R"({"judged":"yes",
        "last_sign":"2026-03-02T07:00:00.123+08:00",
        "last_device":{"device":"M","kind":"motion","label":"hall"},
        "since":"2026-03-02T07:00:00.123+08:00","known_until":"2026-03-02T07:55:00.123+08:00",
        "silent_s":3300,"whereabouts":"at_home","whereabouts_known":false,
        "whereabouts_since":null,"settled":true,"surprise":4.1,"surprise_alert":7.6,
        "surprise_phone":null,"once_in_days":12,"half_over":null,"nearly_over":null,
        "phone_told":false,"alert_told":false,"phone_at":null,
        "alert_at":"2026-03-02T09:00:00.123+08:00","delivery_s":0})"));
    const auto& day = shown.at("day").as_object();
    EXPECT_EQ(day.at("weekend"), value(false));
    EXPECT_EQ(day.at("hours"), parse(R"([
        {"hour":0,"half_over_s":3600,"nearly_over_s":7200,"within_hour":0.5,"alert_s":10800},
        {"hour":1,"half_over_s":3600,"nearly_over_s":172800,"within_hour":0.5,"alert_s":null}])"));
    EXPECT_EQ(day.at("began"), value("2026-03-02T04:00:00.123+08:00"));
    EXPECT_EQ(day.at("today").as_array().size(), 144U);
    EXPECT_EQ(day.at("today").at(18), value(1));
    EXPECT_EQ(day.at("today").at(17), value(0));
    EXPECT_EQ(day.at("yesterday").at(18), value(0));
    EXPECT_EQ(shown.at("best_delay"), parse(R"({"seconds":300,"device":"M"})"));
    EXPECT_EQ(shown.at("missing"), parse(R"([{"device":"D","kind":"door","label":"front",
        "why":"never_heard","last_heard":null}])"));
    EXPECT_EQ(shown.at("heard_part"), value(0.88));
    EXPECT_EQ(shown.at("routine").at(1), parse(R"({"feature":"night_visits","unit":"thousandths",
        "usual":1200,"usual_days":30,"recent":null,"recent_days":0})"));
    EXPECT_EQ(shown.at("alerts"), parse(R"({"per_month":0.3,"reached_per_month":0.12})"));
    EXPECT_EQ(shown.at("phone_calls"), parse(R"({"per_month":1.0,"reached_per_month":null})"));
    EXPECT_EQ(shown.at("home_backstop_s"), value(50'400));
    EXPECT_EQ(shown.at("unknown_backstop_s"), value(86'400));
}

TEST(Render, ShowsTheStatusAsDocumented) {
    Facts facts;
    facts.gateway_id = "box";
    facts.version = "1";
    facts.pid = 7;
    facts.started_at = seven;
    facts.now = seven;
    facts.clock = ClockState::driven;
    facts.links.push_back({"home", "mqtt://h", true, "", 1, 2, 3, 4, 5});
    facts.lanes.push_back({Lane::alarm, {12, 11, 2}});
    facts.store = {Space::low, 10, 20, true, 5, 6};
    facts.counters.emplace_back("messages", 9);
    facts.notes.emplace_back("fresh");
    facts.proposals = 8;
    facts.routes.push_back({"wmbus", "wmbus/#", 3, false});
    facts.problems.push_back({"profile_refused", "p.toml:1:2", "what", "do"});
    EXPECT_EQ(value(render.status(facts)), parse(R"({"gateway_id":"box","version":"1","pid":7,
        "started_at":"2026-03-02T07:00:00.123+08:00","now":"2026-03-02T07:00:00.123+08:00",
        "clock":"driven","households":0,"devices":0,"open_alerts":0,"proposals":8,"consents_unrecorded":0,
        "routes":[{"driver":"wmbus","filter":"wmbus/#","messages":3,"by_default":false}],
        "problems":[{"code":"profile_refused","where":"p.toml:1:2","what":"what","remedy":"do"}],
        "links":[{"name":"home","uri":"mqtt://h","connected":true,"last_error":null,"connects":1,
                  "received":2,"published":3,"dropped":4,"failures":5}],
        "lanes":[{"lane":"alarm","head":12,"first_unacked":11,"unacknowledged":2}],"channels":[],
        "store":{"space":"low","bytes":10,"max_bytes":20,"ballast":true,"epoch":5,"last_input":6,"sealing_owed":false},
        "counters":{"messages":9},"notes":["fresh"]})"));
}

TEST(Render, NeverShowsAKey) {
    DeviceView view;
    view.device.id = DeviceId{"W"};
    view.device.driver = "wmbus";
    view.device.address = "12345678";
    view.device.profile = "axioma-w1";
    view.device.key = "00112233445566778899aabbccddeeff";
    const value shown = render.device(HouseholdId{"H1"}, view);
    EXPECT_EQ(shown.at("key"), value(true));
    EXPECT_EQ(shown.at("profile"), value("axioma-w1"));
    EXPECT_EQ(serialize(shown).find("00112233"), std::string::npos);
    view.device.key.clear();
    EXPECT_EQ(value(render.device(HouseholdId{"H1"}, view)).at("key"), value(false));
}

TEST(Render, ShowsAProposalAndMakesTheNamesOfStrangersPrintable) {
    Proposal proposal;
    proposal.driver = "wmbus";
    proposal.address = "12345678";
    proposal.model = "\x1b[2J";
    proposal.alias = std::string("\xe7\x8e", 2);  // cut within a character
    proposal.kind = SensorKind::water_meter;
    proposal.first_heard = seven;
    proposal.last_heard = seven + 1min;
    proposal.messages = 2;
    proposal.readings = {{ReadingKind::water_total_ml, 0, 5000, {}}};
    proposal.error = "key_missing";
    proposal.error_text = "no key";
    proposal.topic = "wmbus/1";
    proposal.payload = "\x01{";
    proposal.rssi_dbm = -80;
    EXPECT_EQ(value(render.proposal(proposal)), parse(R"({"driver":"wmbus","address":"12345678",
        "alias":"\\xe7\\x8e","model":"\\x1b[2J","kind":"water_meter",
        "first_heard":"2026-03-02T07:00:00.123+08:00","last_heard":"2026-03-02T07:01:00.123+08:00",
        "messages":2,"readings":[{"kind":"water_total_ml","value":5000,"event_time":null}],
        "needs_key":true,"rssi_dbm":-80,"lqi":null,"topic":"wmbus/1","payload":"\\x01{",
        "error":{"code":"key_missing","text":"no key"}})"));
    proposal.error.clear();
    proposal.kind.reset();
    const value shown = render.proposal(proposal);
    EXPECT_TRUE(shown.at("error").is_null());
    EXPECT_TRUE(shown.at("kind").is_null());
    EXPECT_FALSE(shown.at("needs_key").as_bool());
}

TEST(Render, MakesRejectedBytesPrintable) {
    const RejectedMessage message{seven, "a/b", std::string("{\x00\xff\x1b[2J", 7), "not_json",
                                  "no\nJSON"};
    EXPECT_EQ(value(render.rejected(message)).at("payload").as_string(), R"({\x00\xff\x1b[2J)");
    EXPECT_EQ(printable("王\xe2\x80\xae!"), "王\\xe2\\x80\\xae!") << "turns the line around";
    EXPECT_EQ(printable("\xed\xa0\x80\xc0\x80\xe7\x8e"), R"(\xed\xa0\x80\xc0\x80\xe7\x8e)");
}

TEST(Params, AreCheckedByName) {
    const boost::json::object params{
        {"id", "x"}, {"all", true}, {"limit", 5}, {"bad", 1.5}, {"none", nullptr}};
    EXPECT_EQ(*text_param(params, "id"), "x");
    EXPECT_FALSE(text_param(params, "missing"));
    EXPECT_EQ(*text_param(params, "missing", "otherwise"), "otherwise");
    EXPECT_EQ(*text_param(params, "none", "otherwise"), "otherwise");
    EXPECT_FALSE(text_param(params, "all", "otherwise"));
    EXPECT_TRUE(*bool_param(params, "all", false));
    EXPECT_EQ(bool_param(params, "id", false).error().what, "parameter 'id' must be true or false");
    EXPECT_EQ(*count_param(params, "limit", 1, 10), 5U);
    EXPECT_EQ(*count_param(params, "missing", 1, 10), 1U);
    EXPECT_FALSE(count_param(params, "limit", 1, 4));
    EXPECT_FALSE(count_param(params, "bad", 1, 10));
    EXPECT_FALSE(count_param(params, "id", 1, 10));
}

}  // namespace
}  // namespace anju::control
