// A robot is removed from its group while an alarm is told: real messages to a service on a socket
// that answers as WeCom does, a real engine, and a clock in the test's hand.
#include <condition_variable>
#include <deque>
#include <mutex>

#include "notify/sender.hpp"
#include "notify/service.hpp"
#include "tests/support/http_peer.hpp"
#include "unit/runtime/gateway_fixture.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* ok = R"({"errcode":0,"errmsg":"ok"})";
constexpr const char* removed = R"({"errcode":93000,"errmsg":"invalid webhook url"})";

/// Two communities that share a worker and a maintainer.
class Town final : public notify::Directory {
public:
    explicit Town(const std::unique_ptr<Gateway>& gateway) : gateway_(gateway) {}

    [[nodiscard]] std::vector<notify::Person> who(Role role, const HouseholdId&,
                                                  Instant) const override {
        if (role == Role::maintainer) return {{"worker:ma", "马", "", "", "ma"}};
        if (role == Role::grid_worker) return {{"worker:lin", "林", "", "", "lin"}};
        return {};
    }
    [[nodiscard]] std::optional<notify::Person> worker(const HouseholdId&,
                                                       const WorkerId&) const override {
        return std::nullopt;
    }
    [[nodiscard]] notify::Scene scene(const HouseholdId&, const ResidentId&) const override {
        return {};
    }
    [[nodiscard]] std::optional<Alert> alert(const HouseholdId&, const AlertId&) const override {
        return std::nullopt;
    }
    [[nodiscard]] std::vector<HouseholdId> units_of_communities() const override {
        std::vector<HouseholdId> out;
        for (const CommunityId& id : gateway_->engine().communities()) out.push_back(unit_of(id));
        return out;
    }
    [[nodiscard]] bool can_ask(const HouseholdId&) const override { return false; }

private:
    const std::unique_ptr<Gateway>& gateway_;
};

class ChannelAlert : public GatewayTest {
protected:
    ChannelAlert() {
        robot.answer(200, ok);
        spare.answer(200, ok);
        start_again();
        for (const char* id : {"c1", "c2"}) {
            Community community;
            community.id = CommunityId{id};
            EXPECT_TRUE(gateway->set_communities({community}, false));
        }
        EXPECT_TRUE(gateway->set_households({home("h1"), home("h2"), home("h3")}, false));
    }
    ~ChannelAlert() override { sender.reset(); }

    void start_again() {
        sender.reset();
        arrived.clear();
        gateway = std::make_unique<Gateway>(Gateway::Options{}, clock, journal, catalog, sensors,
                                            &district);
        const auto channel = [](const HttpPeer& peer) {
            return notify::make_wecom({.url = peer.url("/send"), .secret = "", .plaintext = true});
        };
        notify::RouterOptions rules;
        rules.channels = {{"street", notify::ChannelKind::wecom, {}, {}, {}, false},
                          {"spare", notify::ChannelKind::wecom, {}, {}, {}, true}};
        service = std::make_unique<notify::Service>(
            notify::Router(rules, town, nullptr),
            notify::Dispatcher({}, {{"street", notify::ChannelKind::wecom, channel(robot)},
                                    {"spare", notify::ChannelKind::wecom, channel(spare)}}),
            clock, journal,
            notify::Service::Ports{[this](notify::Outgoing message) {
                                       ++under_way;
                                       sender->send(message.job,
                                                    std::get<notify::HttpRequest>(message.request));
                                   },
                                   [] {}});
        sender = std::make_unique<notify::CurlSender>(
            notify::CurlSender::Options{}, [this](std::uint64_t job, notify::Reply reply) {
                const std::lock_guard lock(mutex);
                arrived.emplace_back(job, std::move(reply));
                changed.notify_all();
            });
        under_way = 0;
        gateway->notify_through(service.get());
        ASSERT_TRUE(gateway->start());
        ASSERT_TRUE(gateway->listening(true));
    }
    void settle() {
        do {
            service->tick();
            flush();
            while (under_way > 0) {
                std::unique_lock lock(mutex);
                ASSERT_TRUE(changed.wait_for(lock, 20s, [this] { return !arrived.empty(); }));
                auto [job, reply] = std::move(arrived.front());
                arrived.pop_front();
                lock.unlock();
                --under_way;
                service->replied(job, reply);
            }
        } while (flush());
    }
    /// True: there was something.
    bool flush() {
        auto pending = service->take_pending();
        const bool any =
            !pending.changed.empty() || !pending.added.empty() || !pending.channels.empty();
        EXPECT_TRUE(gateway->write_notices(std::move(pending.changed)));
        EXPECT_TRUE(gateway->add_notices(std::move(pending.added)));
        EXPECT_TRUE(gateway->channels_changed(std::move(pending.channels)));
        return any;
    }
    void fire(const std::string& home) {
        ASSERT_TRUE(process(uplink(home + "-smoke", 1, smoke(true), 1, "alarm")));
        settle();
    }
    [[nodiscard]] std::vector<Alert> alerts(const char* community = "c1") const {
        return gateway->engine().view(CommunityId{community})->alerts;
    }
    static std::size_t told(const HttpPeer& peer, std::string_view words) {
        std::size_t out = 0;
        for (const HttpPeer::Heard& heard : peer.heard()) {
            out += heard.body.find(words) != std::string::npos ? 1 : 0;
        }
        return out;
    }

    HttpPeer robot;
    HttpPeer spare;
    Town town{gateway};
    std::unique_ptr<notify::Service> service;
    std::unique_ptr<notify::CurlSender> sender;
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::pair<std::uint64_t, notify::Reply>> arrived;
    int under_way = 0;
};

TEST_F(ChannelAlert, IsRaisedToldOnceByAnotherChannelAndEndsWhenTheRobotIsBack) {
    robot.answer(200, removed);
    fire("h1");
    EXPECT_EQ(told(robot, "烟雾报警"), 1U);
    EXPECT_EQ(told(spare, "烟雾报警"), 1U) << "the alarm takes the next channel";
    for (const char* community : {"c1", "c2"}) {
        ASSERT_EQ(alerts(community).size(), 1U) << community;
        const Alert alert = alerts(community)[0];
        EXPECT_EQ(alert.kind, AlertKind::channel_failed);
        EXPECT_EQ(alert.state, AlertState::open);
        EXPECT_EQ(alert.device, DeviceId{"street"});
        EXPECT_EQ(alert.note, "93000 invalid webhook url");
    }
    EXPECT_EQ(told(spare, "通知通道故障 street"), 1U) << "two communities, one maintainer";
    EXPECT_EQ(told(robot, "通知通道故障"), 0U) << "over the channel that fails";

    fire("h2");
    clock.pass(10min);
    settle();
    EXPECT_EQ(alerts().size(), 1U);
    EXPECT_EQ(told(spare, "通知通道故障"), 1U) << "said again";

    robot.answer(200, ok);
    fire("h3");
    EXPECT_EQ(alerts().at(0).state, AlertState::open) << "one success is no calm";
    clock.pass(5min);
    settle();
    EXPECT_EQ(alerts().at(0).state, AlertState::resolved);
    EXPECT_EQ(alerts("c2").at(0).state, AlertState::resolved);
    EXPECT_EQ(told(robot, "已恢复"), 1U);
    clock.pass(30min);
    ASSERT_TRUE(gateway->tick());
    EXPECT_TRUE(alerts().empty()) << "closed by itself";
}

TEST_F(ChannelAlert, IsTheSameAfterARestartAndOfACommunityThatComesLater) {
    robot.answer(200, removed);
    fire("h1");
    const AlertId id = alerts().at(0).id;
    start_again();
    settle();
    fire("h2");
    ASSERT_EQ(alerts().size(), 1U) << "raised again by the next run";
    EXPECT_EQ(alerts()[0].id, id);
    EXPECT_EQ(told(spare, "通知通道故障"), 1U) << "told again by the next run";
    Community late;
    late.id = CommunityId{"c3"};
    ASSERT_TRUE(gateway->set_communities({late}, false));
    settle();
    EXPECT_EQ(alerts("c3").size(), 1U);

    robot.answer(200, ok);
    start_again();
    fire("h3");
    clock.pass(5min);
    settle();
    for (const char* community : {"c1", "c2", "c3"}) {
        EXPECT_EQ(alerts(community).at(0).state, AlertState::resolved) << community;
    }
}

}  // namespace
}  // namespace anju::test
