#include "api/shelf.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace anju::api {
namespace {

using namespace std::chrono_literals;

class Shelves : public testing::Test {
protected:
    using Of = Shelf<int>;
    void ask(const std::string& key) {
        shelf_->ask(
            key, [this](Of::Take take) { begun_.push_back(std::move(take)); },
            [this](int value) { got_.push_back(value); });
    }
    void made(int value) {
        const Of::Take take = std::move(begun_.front());
        begun_.pop_front();
        take(value);
    }

    SteadyTime now_{1h};
    std::shared_ptr<Of> shelf_ = std::make_shared<Of>(Of::Options{
        .now = [this] { return now_; }, .is_good = [](int value) { return value > 0; }});
    std::deque<Of::Take> begun_;
    std::vector<int> got_;
};

}  // namespace

TEST_F(Shelves, WorksOutOnceWhatManyAskMeanwhile) {
    for (int i = 0; i < 5; ++i) ask("2026-W48");
    ask("2026-W47");
    EXPECT_EQ(begun_.size(), 2U);
    EXPECT_TRUE(got_.empty());
    made(48);
    EXPECT_EQ(got_, std::vector<int>(5, 48));
}

TEST_F(Shelves, GivesTheSameForAMinuteFromWhenItWasMade) {
    ask("week");
    now_ += 30s;
    made(1);
    now_ += 59s;
    ask("week");
    EXPECT_EQ(got_, (std::vector{1, 1}));
    now_ += 1s;
    ask("week");
    EXPECT_EQ(begun_.size(), 1U) << "a minute old";
}

TEST_F(Shelves, TriesAgainAfterARefusal) {
    ask("week");
    made(-1);
    ask("week");
    ASSERT_EQ(begun_.size(), 1U);
    made(2);
    EXPECT_EQ(got_, (std::vector{-1, 2}));
}

TEST_F(Shelves, KeepsNoMoreThanItHasRoomFor) {
    for (int i = 1; i <= 9; ++i) {
        ask(std::to_string(i));
        made(i);
    }
    ask("8");
    EXPECT_TRUE(begun_.empty());
    ask("9");
    EXPECT_EQ(begun_.size(), 1U) << "the ninth was handed over and forgotten";
}

}  // namespace anju::api
