// What scoring makes of small recordings. The fixed presets raise what is looked at: they hold in
// the engine's warm-up, here longer than the recordings.
#include "app/score/score.hpp"

#include <gtest/gtest.h>

#include "app/score/output.hpp"
#include "tests/component/score/files.hpp"

namespace anju::score {
namespace {

Options presets_only() {
    Options options;
    options.rules.warm_up = 365 * 24h;
    options.rules.phone_budget_milli = 0;
    options.protocol_warm_up = 24h;
    options.cuts.emplace();
    return options;
}

TEST(Scoring, FindsTheAlertOfASilenceThatBeginsAtAMoment) {
    const Recording recording = Files().recording(hourly_meter(9));
    Options options = presets_only();
    options.cuts = {{time("2020-03-05T12:00:00")}};
    const Score scored = score(recording, options).value();
    EXPECT_TRUE(scored.raised.empty());
    ASSERT_EQ(scored.cuts.size(), 1U);
    // Of the hours up to 10 and 11 only the second is within the twelve hours then.
    EXPECT_EQ(scored.cuts[0].told_at, time("2020-03-05T22:00:00"));
    EXPECT_EQ(scored.cuts[0].urgent_at, scored.cuts[0].told_at);
    EXPECT_EQ(scored.cuts[0].priority, Priority::p2);
    EXPECT_EQ(scored.readings, 9U * 24U);
    EXPECT_EQ(scored.covered, 9 * 24h - 1h - 24h);
}

/// Somebody leaves at 9:30 on the fifth day and is back the day after.
std::string with_a_day_out() {
    std::string rows;
    for (int hour = 0; hour < 9 * 24; ++hour) {
        const bool awake = hour % 24 >= 6 && hour % 24 <= 22;
        const bool out = hour > 4 * 24 + 9 && hour < 5 * 24 + 8;
        rows += row(time("2020-03-01") + std::chrono::hours{hour}, "meter", "water",
                    awake && !out ? "5" : "0");
    }
    return rows;
}

TEST(Scoring, CountsAnAlertOfTheRecordingAsItIs) {
    const Score scored = score(Files().recording(with_a_day_out()), presets_only()).value();
    ASSERT_EQ(scored.raised.size(), 1U);
    EXPECT_EQ(scored.raised[0].at, time("2020-03-05T20:00:00"));
    EXPECT_EQ(scored.raised[0].kind, AlertKind::water_low);
    EXPECT_EQ(scored.raised[0].rule, "SH-12");
    EXPECT_EQ(scored.raised[0].last_use, time("2020-03-05T09:00:00"));
}

TEST(Scoring, KeepsToTheTimeFromWhichItIsAsked) {
    Options options = presets_only();
    options.from = time("2020-03-06");
    const Score scored = score(Files().recording(with_a_day_out()), options).value();
    EXPECT_TRUE(scored.raised.empty());
    EXPECT_EQ(scored.covered, 4 * 24h - 1h);
}

TEST(Scoring, TellsTheGatewayOfLikelyAbsencesWhenAsked) {
    Options options = presets_only();
    options.absence = Absence::derived;
    EXPECT_TRUE(score(Files().recording(with_a_day_out()), options)->raised.empty());
}

TEST(Scoring, TellsOnlyOfAbsencesThatHadBegun) {
    Options options = presets_only();
    options.absence = Absence::derived;
    options.cuts = {{time("2020-03-05T08:30:00"), time("2020-03-05T12:00:00")}};
    const Score scored = score(Files().recording(with_a_day_out()), options).value();
    ASSERT_EQ(scored.cuts.size(), 2U);
    EXPECT_EQ(scored.cuts[0].told_at, time("2020-03-05T19:00:00")) << "before anybody left";
    EXPECT_FALSE(scored.cuts[0].away);
    // Away until eight the next morning, as was said, and silent for twelve hours after that.
    EXPECT_EQ(scored.cuts[1].told_at, time("2020-03-06T20:00:00"));
    EXPECT_TRUE(scored.cuts[1].away);
}

TEST(Scoring, DatesTheAlertOfASilenceThatWasToldAlreadyBeforeTheMoment) {
    Options options = presets_only();
    options.cuts = {{time("2020-03-05T21:00:00"), time("2020-03-06T09:00:00")}};
    const Score scored = score(Files().recording(with_a_day_out()), options).value();
    ASSERT_EQ(scored.cuts.size(), 2U);
    EXPECT_EQ(scored.cuts[0].told_at, time("2020-03-05T20:00:00"));
    EXPECT_NE(scored.cuts[1].told_at, time("2020-03-05T20:00:00")) << "of the silence before";
}

TEST(Scoring, DrawsMomentsWhileSomebodyIsAtHomeAndTelemetryGoesOn) {
    Options options = presets_only();
    options.cuts.reset();
    const Score scored = score(Files().recording(with_a_day_out()), options).value();
    EXPECT_EQ(scored.cuts.size(), 300U);
    for (const Cut& cut : scored.cuts) {
        EXPECT_GE(cut.at, time("2020-03-02"));
        EXPECT_LT(cut.at, time("2020-03-07T23:00:00"));
        EXPECT_FALSE(cut.away);
    }
}

TEST(Scoring, WritesLinesOfJson) {
    Options options = presets_only();
    options.cuts = {{time("2020-03-05T12:00:00"), time("2020-03-09T22:00:00")}};
    const Score scored = score(Files().recording(with_a_day_out()), options).value();
    EXPECT_EQ(as_json_lines(scored, false),
              R"({"home":"home","alert":{"at":"2020-03-05T20:00:00","kind":"water_low",)"
              R"("priority":"P2"}})"
              "\n"
              R"({"home":"home","cut":"2020-03-05T12:00:00","alert_at":"2020-03-05T20:00:00",)"
              R"("priority":"P2","p2_at":"2020-03-05T20:00:00","away":true})"
              "\n"
              R"({"home":"home","cut":"2020-03-09T22:00:00","alert_at":null})"
              "\n"
              R"({"home":"home","covered_months":0.2614,"readings":216})"
              "\n");
    EXPECT_NE(as_json_lines(scored, true).find(R"("rule":"SH-12","sentence_en":")"),
              std::string::npos);
}

TEST(Scoring, RefusesToDeriveAbsenceWithoutAMeter) {
    Options options = presets_only();
    options.absence = Absence::derived;
    const auto scored = score(Files().recording("2020-03-01T00:00:00,Hall,motion,1\n"), options);
    ASSERT_FALSE(scored);
    EXPECT_EQ(scored.error().text(),
              "home: absence can be derived from a water meter only (leave out --absence derived)");
}

}  // namespace
}  // namespace anju::score
