#include "update/news.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/broker.hpp"

namespace anju::update {
namespace {

Record taken_back() {
    Record record;
    record.ending = Ending::rolled_back;
    record.ended_from = "1:0.1";
    record.ended_to = "1:0.2";
    record.ended_why = "no_answer";
    record.ended_noticed = "link:district_alarm";
    record.ended_at = from_unix_ms(7'000);
    record.refused = {{"0.0.9", "link:district_bulk", from_unix_ms(1)},
                      {"1:0.2", "no_answer", from_unix_ms(7'000)}};
    record.waiting = "1:0.3";
    record.waiting_why = "later";
    record.retry = {"1:0.3", "503", 2, from_unix_ms(9'000), {}, std::chrono::hours{2}};
    return record;
}

TEST(News, SayHowAnUpdateEndedAndWhatWaits) {
    const BoxUpdate news = news_of(taken_back());
    EXPECT_EQ(news.outcome, BoxUpdate::Outcome::rolled_back);
    EXPECT_EQ(news.from, "1:0.1");
    EXPECT_EQ(news.to, "1:0.2");
    EXPECT_EQ(news.why, "no_answer");
    EXPECT_EQ(news.noticed, "link:district_alarm");
    EXPECT_EQ(news.at, from_unix_ms(7'000));
    EXPECT_EQ(news.step, "idle");
    EXPECT_EQ(news.refused, std::vector<std::string>{"1:0.2"}) << "the other one is tried again";
    EXPECT_EQ(news.waiting, "1:0.3");
    EXPECT_EQ(news.waiting_why, "later");
    EXPECT_EQ(news.failures, 2U);
    EXPECT_EQ(news.again_at, from_unix_ms(9'000) + std::chrono::hours{2});
}

TEST(News, OfAnUpdateThatIsUnderWayNameIt) {
    Record record = taken_back();
    record.step = Step::proving;
    record.from = "1:0.1";
    record.to = "1:0.4";
    const BoxUpdate news = news_of(record);
    EXPECT_EQ(news.step, "proving");
    EXPECT_EQ(news.waiting, "1:0.4");
    EXPECT_EQ(news.waiting_why, "");
}

TEST(News, AreReadFromWhatTheUpdaterWroteOrAreNone) {
    const test::TempDir folder;
    const auto file = folder.path() / "record.json";
    EXPECT_FALSE(read_news(file));
    std::ofstream(file) << to_text(taken_back());
    const auto news = read_news(file);
    ASSERT_TRUE(news);
    EXPECT_EQ(news->to, "1:0.2");
    std::ofstream(file, std::ios::trunc) << to_text(taken_back()).substr(0, 100);
    EXPECT_FALSE(read_news(file));
    std::ofstream(file, std::ios::trunc) << std::string(300'000, ' ') << to_text(taken_back());
    EXPECT_FALSE(read_news(file)) << "what is too large is no record";
    EXPECT_FALSE(read_news(folder.path()));
}

}  // namespace
}  // namespace anju::update
