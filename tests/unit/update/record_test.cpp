#include <gtest/gtest.h>

#include "update/plan.hpp"

namespace anju::update {
namespace {

Record full() {
    Record record;
    record.step = Step::proving;
    record.from = "0.1.0";
    record.to = "0.2.0";
    record.begun = 2;
    record.before = {true, true,           "0.1.0", 4711, 1'900'000'000'000'000'000U,
                     true, {"home", "区"}, true};
    record.why = "link:home";
    record.noticed = "link:district_alarm";
    record.words = "no room";
    record.refused = {{"0.1.9", "no_answer", from_unix_ms(5)}};
    record.waits_for = "0.2.0";
    record.waits_since = from_unix_ms(6);
    record.waits_since_up = std::chrono::milliseconds{61};
    record.retry = {
        "0.2.0", "lock", 3, from_unix_ms(9), std::chrono::hours{2}, std::chrono::hours{4}};
    record.waiting = "0.2.0";
    record.waiting_why = "later";
    record.ending = Ending::rolled_back;
    record.ended_from = "0.1.0";
    record.ended_to = "0.1.9";
    record.ended_why = "no_answer";
    record.ended_noticed = "store_low";
    record.ended_at = from_unix_ms(7);
    record.previous = "0.0.9";
    record.checked_at = from_unix_ms(8);
    record.trouble = "he said \"no\"\n";
    return record;
}

TEST(Record, ComesBackAsItWasWritten) {
    EXPECT_EQ(from_text(to_text(full())), full());
    EXPECT_EQ(from_text(to_text({})), Record{});
}

TEST(Record, OfAnotherVersionIsReadAsFarAsItIsKnown) {
    const auto record = from_text(
        R"({"step":"idle","later":{"a":[1]},"begun":"two","refused":[7,{"version":"2"}],"links":3})");
    ASSERT_TRUE(record);
    EXPECT_EQ(record->begun, 0);
    ASSERT_EQ(record->refused.size(), 1U);
    EXPECT_EQ(record->refused[0].version, "2");
}

TEST(Record, IsNotGuessedWhenItCannotBeUnderstood) {
    for (const char* nonsense :
         {"", "{", "[]", "{}", R"({"step":"dancing"})", R"({"step":"proving"})",
          R"({"step":"rolling_back","from":"1"})"}) {
        EXPECT_FALSE(from_text(nonsense)) << nonsense;
    }
    const std::string text = to_text(full());
    for (std::size_t cut = 0; cut + 2 < text.size(); ++cut) {
        EXPECT_FALSE(from_text(text.substr(0, cut))) << "cut at " << cut;
    }
}

}  // namespace
}  // namespace anju::update
