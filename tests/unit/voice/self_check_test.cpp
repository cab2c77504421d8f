#include "voice/self_check.hpp"

#include <gtest/gtest.h>

#include "waiting.hpp"

namespace anju::voice {
namespace {

using namespace std::chrono_literals;

class FakeSpeaker final : public Speaker {
public:
    void say(Prompt, int times, std::function<void(Played)> done) override {
        said.push_back(times);
        if (done) done(Played::played);
    }
    std::vector<int> said;
};

class FakeLamp final : public Lamp {
public:
    bool set(bool on) override {
        did.note(on);
        return true;
    }
    void release() override { released.note(true); }
    test::Noted<bool> did;
    test::Noted<bool> released;
};

Decision moved(AlertState state, const char* alert = "H1-1") {
    AlertChanged out;
    out.alert.id = AlertId{alert};
    out.alert.state = state;
    return {HouseholdId{"H1"}, 2, {}, out};
}

class SelfCheckTest : public testing::Test {
protected:
    FakeSpeaker speaker_;
    FakeLamp lamp_;
    Blinker blinker_{lamp_, 1ms};
    SelfCheck check_{{.times = 2, .blink_for = 3600s}, &speaker_, &blinker_};
};

TEST_F(SelfCheckTest, SpeaksAndBlinksWhenItIsToAsk) {
    std::vector<Played> heard;
    check_.decided({moved(AlertState::open)});
    EXPECT_TRUE(speaker_.said.empty());
    check_.ask(AlertId{"H1-1"}, [&](Played how) { heard.push_back(how); });
    EXPECT_EQ(speaker_.said, std::vector{2});
    EXPECT_EQ(heard, std::vector{Played::played});
    EXPECT_GE(lamp_.did.wait(2).size(), 2U);
}

TEST_F(SelfCheckTest, StopsBlinkingWhenTheQuestionIsAnsweredOrGivenUp) {
    check_.ask(AlertId{"H1-1"}, {});
    lamp_.did.wait(1);
    check_.decided({moved(AlertState::self_check)});
    check_.decided({moved(AlertState::open, "H1-9")});
    EXPECT_GE(lamp_.did.wait(20).size(), 20U) << "another alert stopped it";
    check_.decided({moved(AlertState::cancelled)});
    EXPECT_EQ(lamp_.released.wait(1).size(), 1U);
}

TEST(SelfCheck, WithoutSpeakerAndLampSaysSo) {
    SelfCheck check({}, nullptr, nullptr);
    std::vector<Played> heard;
    check.ask(AlertId{"H1-1"}, [&](Played how) { heard.push_back(how); });
    EXPECT_EQ(heard, std::vector{Played::no_device});
}

}  // namespace
}  // namespace anju::voice
