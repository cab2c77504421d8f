#include "voice/talker.hpp"

#include <gtest/gtest.h>

#include <future>

#include "core/model/date.hpp"
#include "tests/support/set_clock.hpp"
#include "waiting.hpp"

namespace anju::voice {
namespace {

using namespace std::chrono_literals;
using test::Noted;

class FakeOutput final : public SoundOutput {
public:
    Played play(const Sound& sound, const std::atomic<bool>& stop) override {
        heard.note(sound.samples);
        if (hangs) {
            while (!stop) std::this_thread::yield();
            return Played::failed;
        }
        return outcome;
    }
    Noted<std::vector<std::int16_t>> heard;
    Played outcome = Played::played;
    std::atomic<bool> hangs{false};
};

class TalkerTest : public testing::Test {
protected:
    TalkerTest() {
        options_.sounds[Prompt::self_check] = {8000, {100, 200}};
        options_.pause = 0ms;
        talker_ = std::make_unique<Talker>(options_, output_, clock_);
    }
    void say(int times = 1) {
        talker_->say(Prompt::self_check, times, [this](Played how) { done_.note(how); });
    }
    test::SetClock clock_;
    FakeOutput output_;
    Talker::Options options_;
    Noted<Played> done_;
    std::unique_ptr<Talker> talker_;
};

TEST_F(TalkerTest, SaysItAsOftenAsToldAndReportsOnce) {
    say(3);
    EXPECT_EQ(done_.wait(1), std::vector{Played::played});
    EXPECT_EQ(output_.heard.wait(3).size(), 3U);
    EXPECT_EQ(talker_->counters().played, 1U);
}

TEST_F(TalkerTest, ReportsADeviceThatIsNotThereAndGoesOn) {
    output_.outcome = Played::no_device;
    say(2);
    say(2);
    EXPECT_EQ(done_.wait(2), (std::vector{Played::no_device, Played::no_device}));
    EXPECT_EQ(output_.heard.wait(2).size(), 2U) << "not tried again within one order";
    EXPECT_EQ(talker_->counters().no_device, 2U);
}

TEST_F(TalkerTest, NeverMakesWhoeverAsksWait) {
    output_.hangs = true;
    say();
    output_.heard.wait(1);
    for (int i = 0; i < 4; ++i) say();
    say();  // one too many: answered at once, on this thread
    EXPECT_EQ(done_.wait(1), std::vector{Played::failed});
}

TEST_F(TalkerTest, StopsInTheMiddleOfAWordAndFailsWhatWaits) {
    output_.hangs = true;
    say();
    output_.heard.wait(1);
    say();
    talker_.reset();
    EXPECT_EQ(done_.wait(2), (std::vector{Played::failed, Played::failed}));
}

TEST_F(TalkerTest, KeepsToTheVolumeOfTheHour) {
    options_.loudness = {50, Window{0h, 12h}, 0};
    talker_ = std::make_unique<Talker>(options_, output_, clock_);
    clock_.reading.wall = instant_at(make_date(2026, 3, 2), 3h, 8h);
    say();
    EXPECT_EQ(done_.wait(1), std::vector{Played::silent});
    clock_.reading.wall = instant_at(make_date(2026, 3, 2), 13h, 8h);
    say();
    EXPECT_EQ(done_.wait(2).back(), Played::played);
    EXPECT_EQ(output_.heard.wait(1), (std::vector<std::vector<std::int16_t>>{{50, 100}}));
}

TEST_F(TalkerTest, SaysNothingThatItHasNoFileFor) {
    options_.sounds.clear();
    talker_ = std::make_unique<Talker>(options_, output_, clock_);
    say();
    EXPECT_EQ(done_.wait(1), std::vector{Played::no_device});
}

}  // namespace
}  // namespace anju::voice
