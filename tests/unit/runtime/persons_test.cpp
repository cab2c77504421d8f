// Who gives a command and whom it names, as the directory knows them.
#include <gmock/gmock.h>

#include "core/model/person.hpp"
#include "gateway_fixture.hpp"

namespace anju::test {
namespace {

using testing::HasSubstr;

const CommunityId c1{"c1"};

class Persons : public GatewayTest {
protected:
    void SetUp() override {
        Community community;
        community.id = c1;
        community.name = "Longxi";
        const auto add = [&](const std::string& id, const std::string& name, Role role) {
            community.workers.push_back({.id = WorkerId{id}, .name = name, .role = role});
            community.workers.back().weekdays = 0x7f;
        };
        add("w1", "刘敏", Role::grid_worker);
        add("w2", "何军", Role::grid_worker);
        add("l1", "周兰", Role::community_lead);
        ASSERT_TRUE(gateway->set_communities({community}, true));
        Household lived = home();
        lived.residents.front().contacts = {{"王小明", "139", "儿子", Role::emergency_contact}};
        ASSERT_TRUE(gateway->set_households({lived}, true));
        ASSERT_TRUE(process(uplink("h1-smoke", 1, smoke(true), 1, "alarm")));
        alert = gateway->engine().view(HouseholdId{"h1"})->alerts.at(0).id;
    }
    AnsweredCommand does(AlertVerb verb, const std::string& actor,
                         const std::string& note = "seen") {
        const AlertCommand command{std::to_string(++number),  alert, verb,
                                   ClosingReason::help_given, note,  actor};
        return gateway->command({command, Instant{}}).value();
    }
    [[nodiscard]] Alert now() const {
        return gateway->engine().view(HouseholdId{"h1"})->alerts.at(0);
    }
    AlertId alert;
    int number = 0;
};

TEST_F(Persons, AreTheSameByNameByIdAndByLink) {
    does(AlertVerb::acknowledge, "cli:刘敏 ");
    EXPECT_EQ(now().owner, "cli:worker:w1");
    EXPECT_TRUE(same_person(now().owner, "link:worker:w1"));
    does(AlertVerb::on_site, "cli:root");
    EXPECT_EQ(now().actor, "cli:root") << "whom the directory does not know is left as they are";
}

TEST_F(Persons, WhoReviewAreThoseWhoseOfficeItIs) {
    does(AlertVerb::close, "link:worker:l1");
    const auto own = does(AlertVerb::review, "cli:周兰");
    EXPECT_EQ(own.status, CommandStatus::refused) << "the lead closed it, by another way";
    EXPECT_THAT(own.text, HasSubstr("somebody else"));
    for (const char* other : {"cli:第四者", "link:worker:w1", "cli:何军"}) {
        const auto refused = does(AlertVerb::review, other);
        EXPECT_EQ(refused.status, CommandStatus::refused) << other;
        EXPECT_THAT(refused.text, HasSubstr("周兰")) << "who may";
    }
    EXPECT_EQ(does(AlertVerb::review, "platform:district-7").status, CommandStatus::applied);
}

TEST_F(Persons, WhoAreHandedAnAlertAreKnownAndOnDuty) {
    does(AlertVerb::acknowledge, "link:worker:w1");
    const auto nobody = does(AlertVerb::hand_over, "cli:l1", "无关者");
    EXPECT_EQ(nobody.status, CommandStatus::refused);
    EXPECT_THAT(nobody.text, HasSubstr("何军")) << "who could";
    WorkerAbsent ill;
    ill.command_id = "ill";
    ill.community = c1;
    ill.worker = WorkerId{"w2"};
    ill.from = ill.to = date_of(gateway->now(), std::chrono::hours{8});
    ill.actor = "cli:l1";
    ASSERT_EQ(gateway->care(ill, Instant{}).value().status, CommandStatus::applied);
    const auto absent = does(AlertVerb::hand_over, "cli:l1", "何军");
    EXPECT_EQ(absent.status, CommandStatus::refused);
    EXPECT_THAT(absent.text, HasSubstr("not on duty"));
    EXPECT_EQ(now().owner, "link:worker:w1");
    EXPECT_EQ(does(AlertVerb::hand_over, "cli:l1", " 周兰").status, CommandStatus::applied);
    EXPECT_EQ(now().owner, "worker:l1");
    EXPECT_EQ(does(AlertVerb::hand_over, "cli:l1", "王小明").status, CommandStatus::applied);
    EXPECT_EQ(now().owner, "contact:h1-r:0");
}

}  // namespace
}  // namespace anju::test
