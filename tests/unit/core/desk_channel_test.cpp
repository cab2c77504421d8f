// A way to the people of a community fails, and works again.
#include "core/model/names.hpp"
#include "desk_fixture.hpp"

namespace anju::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Date monday = make_date(2026, 3, 2);
const std::string invalid = "93000 invalid webhook url";

ChannelHealth fails(const Desk& desk, const std::string& channel = "street") {
    return {.community = CommunityId{"c1"},
            .channel = channel,
            .failing = true,
            .since = desk.now - 2min,
            .failures = 5,
            .cause = invalid};
}

ChannelHealth works(const Desk& desk, const std::string& channel = "street") {
    return {.community = CommunityId{"c1"}, .channel = channel, .since = desk.now, .cause = ""};
}

std::vector<std::string> steps(const Desk& desk) {
    std::vector<std::string> out;
    for (const AlertChanged& one : desk.all<AlertChanged>()) {
        out.push_back(one.alert.device.value + ":" + std::string(name(one.alert.state)));
    }
    return out;
}

}  // namespace

TEST(ChannelFailed, IsAnAlertOfTheCommunityForWhoeverRepairsIt) {
    Desk desk(monday);
    desk.apply(fails(desk));
    const Alert alert = desk.view().alerts.at(0);
    EXPECT_EQ(alert.kind, AlertKind::channel_failed);
    EXPECT_EQ(alert.priority, Priority::p3);
    EXPECT_EQ(alert.state, AlertState::open);
    EXPECT_EQ(alert.household, HouseholdId{"community/c1"});
    EXPECT_EQ(alert.note, invalid);
    EXPECT_EQ(alert.sentence_zh,
              "通知通道“street”从 3月2日 08:28 起连续 5 次发送失败，消息改走其他通道。");
    EXPECT_EQ(alert.sentence_en,
              "The notification channel \"street\" has failed 5 times in a row since 2 Mar 08:28; "
              "messages go other ways.");
    ASSERT_EQ(desk.all<Summons>().size(), 1U);
    EXPECT_THAT(desk.all<Summons>()[0].roles, ElementsAre(Role::maintainer));
    desk.until(monday, 17h);
    ASSERT_EQ(desk.all<Summons>().size(), 2U) << "four working hours later";
    EXPECT_THAT(desk.all<Summons>()[1].roles, ElementsAre(Role::community_lead));
}

TEST(ChannelFailed, SaysThatTheServiceTurnedItAway) {
    Desk desk(monday);
    ChannelHealth refused = fails(desk);
    refused.failures = 0;
    desk.apply(refused);
    EXPECT_EQ(desk.view().alerts.at(0).sentence_zh,
              "通知通道“street”从 3月2日 08:28 起被对方服务拒绝，消息改走其他通道。");
}

TEST(ChannelFailed, IsToldOnceHoweverOftenItIsSaid) {
    Desk desk(monday);
    desk.apply(fails(desk));
    for (int again = 0; again < 5; ++again) desk.apply(fails(desk));
    EXPECT_THAT(steps(desk), ElementsAre("street:open"));
    EXPECT_EQ(desk.all<Summons>().size(), 1U);
}

TEST(ChannelFailed, IsOneForEachChannelAndEndsWithIt) {
    Desk desk(monday);
    desk.apply(fails(desk));
    desk.apply(fails(desk, "sms"));
    desk.until(desk.now + 10min);
    desk.apply(works(desk));
    EXPECT_THAT(steps(desk), ElementsAre("street:open", "sms:open", "street:resolved"));
    desk.until(desk.now + 30min);
    EXPECT_EQ(steps(desk).back(), "street:closed") << "nobody need write it up";
    EXPECT_EQ(desk.all<AlertChanged>().back().alert.actor, "system");
    ASSERT_EQ(desk.view().alerts.size(), 1U);
    EXPECT_EQ(desk.view().alerts[0].device, DeviceId{"sms"});
}

TEST(ChannelFailed, ThatComesBackWithinHalfAnHourIsTheSame) {
    Desk desk(monday);
    desk.apply(fails(desk));
    desk.until(desk.now + 10min);
    desk.apply(works(desk));
    desk.until(desk.now + 10min);
    desk.apply(fails(desk));
    EXPECT_THAT(steps(desk), ElementsAre("street:open", "street:resolved", "street:open"));
    EXPECT_EQ(desk.view().alerts.at(0).reopened, 1U);
    EXPECT_EQ(desk.view().alerts.at(0).note, invalid);
}

TEST(ChannelFailed, SaysNothingOfAChannelThatNeverFailed) {
    Desk desk(monday);
    const auto before = desk.decisions.size();
    desk.apply(works(desk));
    EXPECT_EQ(desk.decisions.size(), before);
}

TEST(ChannelFailed, IsStillOpenInWhatWasSaved) {
    Desk desk(monday);
    desk.apply(fails(desk));
    auto again = CareDesk::load(desk.desk.save());
    ASSERT_TRUE(again);
    Decisions out;
    again->apply(desk.now + 1min, fails(desk), {china}, out);
    EXPECT_THAT(out, IsEmpty()) << "raised twice";
    again->apply(desk.now + 2min, works(desk), {china}, out);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(std::get<AlertChanged>(out[0].what).alert.state, AlertState::resolved);
}

TEST(ChannelFailed, IsReadBackFromTheJournalAsItWasSaid) {
    Desk desk(monday);
    const auto read = decode_input(encode(Input{fails(desk)}));
    ASSERT_TRUE(read);
    EXPECT_EQ(encode(*read), encode(Input{fails(desk)}));
    EXPECT_EQ(std::get<ChannelHealth>(*read).cause, invalid);
    EXPECT_EQ(read->index(), 20U) << "its place is its number on disk";
}

}  // namespace anju::test
