// A hundred alerts in a minute, to robots whose services keep to their published limits: nothing is
// lost, nothing is refused, and P1 waits for nobody. Time is the test's.
//
//   WeCom     20 messages in any minute, then 45009
//   DingTalk  20 in any minute, then silence (130101) for 10 minutes
//   Feishu    100 in any minute and 5 in any second, then 9499
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <ostream>
#include <set>

#include "notify/dispatcher.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;

struct Limit {
    std::size_t count{};
    Duration span{};
};

struct Service {
    const char* name;
    ChannelKind kind;
    std::unique_ptr<Channel> (*make)(RobotOptions);
    std::vector<Limit> limits;
    Duration penalty;
    const char* accepts;
    const char* refuses;

    friend void PrintTo(const Service& service, std::ostream* out) { *out << service.name; }
};

const std::vector<Service> services{{"WeCom",
                                     ChannelKind::wecom,
                                     &make_wecom,
                                     {{20, 1min}},
                                     0s,
                                     R"({"errcode":0})",
                                     R"({"errcode":45009,"errmsg":"api freq out of limit"})"},
                                    {"DingTalk",
                                     ChannelKind::dingtalk,
                                     &make_dingtalk,
                                     {{20, 1min}},
                                     10min,
                                     R"({"errcode":0})",
                                     R"({"errcode":130101,"errmsg":"send too fast"})"},
                                    {"Feishu",
                                     ChannelKind::feishu,
                                     &make_feishu,
                                     {{100, 1min}, {5, 1s}},
                                     0s,
                                     R"({"code":0})",
                                     R"({"code":9499,"msg":"too many request"})"}};

/// The service's own count of what came when.
class Server {
public:
    explicit Server(const Service& service) : service_(service) {}

    std::string take(Instant now, const std::string& body) {
        const auto full = [&](const Limit& limit) {
            return static_cast<std::size_t>(std::ranges::count_if(
                       taken_, [&](Instant at) { return at > now - limit.span; })) >= limit.count;
        };
        if (now < silent_until_ || std::ranges::any_of(service_.limits, full)) {
            ++refused;
            silent_until_ = std::max(silent_until_, now + service_.penalty);
            return service_.refuses;
        }
        taken_.push_back(now);
        accepted += body;
        return service_.accepts;
    }
    void somebody_else_sends(Instant now, int messages) {
        for (int i = 0; i < messages; ++i) (void)take(now, "");
    }

    std::string accepted;  ///< everything that people read
    std::size_t refused = 0;

private:
    const Service& service_;
    std::deque<Instant> taken_;
    Instant silent_until_{};
};

class Storm : public testing::TestWithParam<Service> {
protected:
    Storm() {
        dispatcher = std::make_unique<Dispatcher>(
            Dispatcher::Options{},
            std::vector{NamedChannel{"robot", GetParam().kind,
                                     GetParam().make({.url = "https://x", .secret = "s"})}});
    }
    void alert(Priority priority) {
        Notice notice;
        notice.id = ++last;
        notice.at = notice.due = now.wall;
        notice.expires = now.wall + (priority == Priority::p1 ? 1h : 24h);
        notice.priority = priority;
        notice.subject = subject(last);
        notice.open = {"title", "text " + subject(last)};
        notice.routes = {{"robot", ""}};
        priorities[last] = priority;
        dispatcher->add({std::move(notice)}, now, work);
        carry();
    }
    static std::string subject(std::uint64_t id) { return "<alert " + std::to_string(id) + ">"; }
    /// Lets time go by; the service answers a quarter of a second after it was asked.
    void pass(Duration time) {
        for (Duration gone{}; gone < time; gone += 250ms) {
            now.wall += 250ms;
            now.steady += 250ms;
            for (auto& [job, body] : std::exchange(under_way, {})) {
                dispatcher->replied(job, {"", 200, server.take(now.wall, body)}, now, work);
            }
            carry();
        }
    }
    void carry() {
        dispatcher->step(now, work);
        for (Outgoing& one : work.send) {
            under_way.emplace_back(one.job, std::get<HttpRequest>(one.request).body);
        }
        for (const Notice& one : work.changed) {
            if (one.state == NoticeState::sent) done.emplace(one.id, now.wall);
            EXPECT_NE(one.state, NoticeState::skipped);
            EXPECT_NE(one.state, NoticeState::expired);
            EXPECT_NE(one.state, NoticeState::failed) << one.answer;
        }
        work = {};
    }
    void expect_everything_told() {
        EXPECT_EQ(done.size(), 100U);
        // A message names thirty and says how many more there are.
        std::size_t told = 0;
        for (std::uint64_t id = 1; id <= 100; ++id) {
            const bool named = server.accepted.find(subject(id)) != std::string::npos;
            EXPECT_TRUE(named || priorities[id] != Priority::p1) << id;
            told += named ? 1 : 0;
        }
        const std::string more = "另有";
        for (std::size_t at = server.accepted.find(more); at != std::string::npos;
             at = server.accepted.find(more, at + 1)) {
            told += std::stoul(server.accepted.substr(at + more.size(), 3));
        }
        EXPECT_EQ(told, 100U) << "some were lost";
    }

    ClockReading now{from_unix_ms(1'800'000'000'000), SteadyTime{1h}, ClockState::synchronised};
    Server server{GetParam()};
    std::unique_ptr<Dispatcher> dispatcher;
    Dispatcher::Work work;
    std::vector<std::pair<std::uint64_t, std::string>> under_way;
    std::map<std::uint64_t, Priority> priorities;
    std::map<std::uint64_t, Instant> done;
    std::uint64_t last = 0;
};

TEST_P(Storm, LosesNothingIsNeverRefusedAndLetsP1Go) {
    for (int i = 0; i < 100; ++i) {
        // A fifth of the limit is P1's own: so many come when the others have taken what they may.
        alert(i % 25 == 24 ? Priority::p1 : i % 2 == 0 ? Priority::p2 : Priority::p3);
        const Instant raised = now.wall;
        pass(500ms);
        if (priorities[last] != Priority::p1) continue;
        ASSERT_TRUE(done.contains(last)) << "a P1 waits";
        EXPECT_LE(done[last] - raised, 500ms);
    }
    pass(10min);
    EXPECT_EQ(server.refused, 0U) << "the box does not know the limit";
    expect_everything_told();
}

TEST_P(Storm, LosesNothingWhenAllComeAtOnceAndTellsP1First) {
    for (int i = 0; i < 100; ++i) {
        alert(i % 4 == 3 ? Priority::p1 : i % 2 == 0 ? Priority::p2 : Priority::p3);
    }
    pass(20min);
    EXPECT_EQ(server.refused, 0U);
    expect_everything_told();
    Instant last_p1{};
    for (const auto& [id, at] : done) {
        if (priorities[id] == Priority::p1) last_p1 = std::max(last_p1, at);
    }
    const auto before = std::ranges::count_if(done, [&](const auto& one) {
        return one.second < last_p1 && priorities[one.first] == Priority::p3;
    });
    EXPECT_LE(before, 4) << "what was under way when the first P1 came";
}

TEST_P(Storm, LosesNothingWhenSomebodyElseHasUsedUpTheRobot) {
    server.somebody_else_sends(now.wall, 100);
    server.refused = 0;
    for (int i = 0; i < 100; ++i) {
        alert(i % 10 == 9 ? Priority::p1 : Priority::p2);
        pass(500ms);
    }
    pass(45min);
    EXPECT_GT(server.refused, 0U);
    expect_everything_told();
}

INSTANTIATE_TEST_SUITE_P(Robots, Storm, testing::ValuesIn(services),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace anju::notify
