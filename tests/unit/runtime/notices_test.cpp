// The outbox for people: written with its decisions, handed over after, resumed after a restart.
#include "unit/runtime/gateway_fixture.hpp"

namespace anju::test {
namespace {

class RecordingNotifier final : public Notifier {
public:
    explicit RecordingNotifier(const MemoryJournal& journal) : journal_(journal) {}
    std::vector<Notice> notices_of(std::span<const Decision> decisions, Instant now) override {
        std::vector<Notice> out;
        for (const Decision& decision : decisions) {
            const auto* changed = std::get_if<AlertChanged>(&decision.what);
            if (changed == nullptr || changed->from) continue;
            Notice notice;
            notice.at = now;
            notice.priority = changed->alert.priority;
            notice.subject = changed->alert.id.value;
            notice.unit = decision.household.value;
            notice.routes = {{"robot", ""}};
            notice.open = {"title \"王**\"", "text"};
            out.push_back(notice);
        }
        return out;
    }
    void committed(std::vector<Notice> notices) override {
        for (Notice& one : notices) {
            EXPECT_TRUE(journal_.notices.contains(one.id)) << "handed over before the commit";
            handed.push_back(std::move(one));
        }
    }
    void resume(std::span<const ChannelHealth> failing) override {
        resumed.assign(failing.begin(), failing.end());
    }
    std::vector<Notice> handed;
    std::vector<ChannelHealth> resumed;

private:
    const MemoryJournal& journal_;
};

class NoticesTest : public GatewayTest {
protected:
    void start_again() {
        gateway = std::make_unique<Gateway>(Gateway::Options{}, clock, journal, catalog, sensors,
                                            &district);
        gateway->notify_through(&notifier);
        ASSERT_TRUE(gateway->start());
        ASSERT_TRUE(gateway->listening(true));
    }
    RecordingNotifier notifier{journal};
};

TEST_F(NoticesTest, AreWrittenWithTheAlertAndHandedOverAfterwards) {
    start_again();
    ASSERT_TRUE(gateway->set_households({home()}, false));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    ASSERT_EQ(notifier.handed.size(), 1U);
    EXPECT_EQ(notifier.handed[0].id, 1U);
    EXPECT_EQ(decode_notice(journal.notices.at(1).bytes), notifier.handed[0]);
}

TEST_F(NoticesTest, ThatWereNotSentAreHandedOverAgainAfterARestartAndTheOthersNot) {
    start_again();
    ASSERT_TRUE(gateway->set_households({home("h1"), home("h2")}, false));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    ASSERT_TRUE(process(uplink("h2-smoke", 1, smoke(true), 1, "alarm")));
    ASSERT_EQ(notifier.handed.size(), 2U);
    Notice done = notifier.handed[0];
    done.state = NoticeState::sent;
    ASSERT_TRUE(gateway->write_notices({done}));
    const Notice left = notifier.handed[1];
    notifier.handed.clear();
    start_again();
    EXPECT_EQ(notifier.handed, std::vector{left});
    notifier.handed.clear();
    const auto id = gateway->add_notices({Notice{}});
    ASSERT_TRUE(id);
    EXPECT_EQ(*id, 3U) << "an id was given out twice";
}

TEST_F(NoticesTest, OfWhatWasOverBeforeTheyWereSentAreNotSentAfterARestart) {
    start_again();
    ASSERT_TRUE(gateway->set_households({home()}, false));
    ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
    ASSERT_EQ(notifier.handed.size(), 1U);
    AlertCommand close;
    close.command_id = "c1";
    close.alert = AlertId{notifier.handed[0].subject};
    close.verb = AlertVerb::close;
    close.reason = ClosingReason::cooking_steam;
    close.note = "steam";
    close.actor = "cli:lin";
    ASSERT_EQ(gateway->command({close, Instant{}})->status, CommandStatus::applied);
    notifier.handed.clear();
    start_again();
    EXPECT_TRUE(notifier.handed.empty());
    const auto row = decode_notice(journal.notices.at(1).bytes);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->state, NoticeState::skipped);
}

class ChannelsTest : public NoticesTest {
protected:
    ChannelsTest() {
        start_again();
        for (const char* id : {"c1", "c2"}) {
            Community community;
            community.id = CommunityId{id};
            EXPECT_TRUE(gateway->set_communities({community}, false));
        }
    }
    ChannelHealth health(const char* community, bool failing) const {
        return {.community = CommunityId{community},
                .channel = "street",
                .failing = failing,
                .since = clock.now.wall,
                .failures = failing ? 5U : 0U,
                .cause = failing ? "timeout" : ""};
    }
    [[nodiscard]] std::vector<Alert> alerts(const char* community) const {
        return gateway->engine().view(CommunityId{community})->alerts;
    }
};

TEST_F(ChannelsTest, ThatFailAreAnAlertOfEachCommunityInOneTransaction) {
    const auto commits = journal.commits;
    ASSERT_TRUE(gateway->channels_changed(
        {health("c1", true), health("c2", true), health("unknown", true)}));
    EXPECT_EQ(journal.commits, commits + 1);
    for (const char* id : {"c1", "c2"}) {
        ASSERT_EQ(alerts(id).size(), 1U) << id;
        EXPECT_EQ(alerts(id)[0].kind, AlertKind::channel_failed);
    }
    EXPECT_EQ(notifier.handed.size(), 2U) << "told with the commit";
}

TEST_F(ChannelsTest, StayOneAlertOverARestartAndEndWithIt) {
    ASSERT_TRUE(gateway->channels_changed({health("c1", true)}));
    EXPECT_TRUE(notifier.resumed.empty());
    start_again();
    ASSERT_EQ(notifier.resumed.size(), 1U);
    EXPECT_EQ(notifier.resumed[0].channel, "street");
    EXPECT_EQ(notifier.resumed[0].community, CommunityId{"c1"});
    EXPECT_EQ(notifier.resumed[0].cause, "timeout");
    notifier.handed.clear();
    ASSERT_TRUE(gateway->channels_changed({health("c1", true)}));
    EXPECT_EQ(alerts("c1").size(), 1U) << "raised twice";
    EXPECT_TRUE(notifier.handed.empty()) << "told twice";
    ASSERT_TRUE(gateway->channels_changed({health("c1", false)}));
    EXPECT_EQ(alerts("c1").at(0).state, AlertState::resolved);
    start_again();
    EXPECT_TRUE(notifier.resumed.empty());
}

}  // namespace
}  // namespace anju::test
