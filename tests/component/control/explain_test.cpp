#include <gmock/gmock.h>

#include <sstream>

#include "tests/component/control/anjuctl.hpp"

namespace anju::control {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Columns of a terminal: two for each Chinese character and its punctuation.
std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) == 0x80) continue;
        count += (byte >= 0xe3 && byte <= 0xe9) || byte == 0xef ? 2 : 1;
    }
    return count;
}

constexpr std::string_view judged = R"({"household":"H1",
  "residents":[{"id":"R1","name":"王秀兰","status":"active"}],
  "now":"2026-03-26T14:10:00.000+08:00",
  "learning":{"first_sign":"2026-03-02T06:22:00.000+08:00","days":24,"personal":true,
              "personal_from":"2026-03-16T06:22:00.000+08:00","presets":["SH-12"]},
  "silence":{"judged":"yes","last_sign":"2026-03-26T11:55:00.000+08:00",
             "last_device":{"device":"m2","kind":"motion","label":"卧室"},
             "since":"2026-03-26T11:55:00.000+08:00","known_until":"2026-03-26T14:10:00.000+08:00",
             "silent_s":8100,"whereabouts":"at_home","whereabouts_known":true,
             "whereabouts_since":"2026-03-25T18:41:00.000+08:00","settled":true,
             "surprise":4.1,"surprise_alert":9,"surprise_phone":7.5,"once_in_days":3,
             "half_over":"2026-03-26T12:45:00.000+08:00",
             "nearly_over":"2026-03-26T16:40:00.000+08:00","phone_told":false,"alert_told":false,
             "phone_at":"2026-03-26T22:15:00.000+08:00","alert_at":"2026-03-27T01:10:00.000+08:00",
             "delivery_s":0},
  "day":{"weekend":false,"hours":[
    {"hour":0,"half_over_s":3600,"nearly_over_s":7200,"alert_s":10800},
    {"hour":1,"half_over_s":300,"nearly_over_s":36000,"alert_s":null}]},
  "best_delay":{"seconds":300,"device":"m1"},"heard_part":0.876,"hour_meter_heard":true,
  "missing":[{"device":"d1","kind":"door","label":"前门","why":"doubted",
              "last_heard":"2026-03-26T14:00:00.000+08:00"}],
  "routine":[{"feature":"wake_time","unit":"ms_of_day","usual":25200000,"recent":28800000},
             {"feature":"night_visits","unit":"thousandths","usual":1200,"recent":null},
             {"feature":"outings","unit":"thousandths","usual":null,"recent":null}],
  "alerts":{"per_month":0.3,"reached_per_month":0.12},
  "phone_calls":{"per_month":1,"reached_per_month":null},
  "home_backstop_s":50400,"unknown_backstop_s":86400})";

TEST_F(Anjuctl, ExplainsWhatWasLearnedAndThePresentSilence) {
    answer(judged);
    const Ran ran = run("explain R1");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(requests().back().method, "residents.explain");
    EXPECT_EQ(requests().back().params, (boost::json::object{{"id", "R1"}}));
    EXPECT_EQ(ran.out,
              "Household  H1\n"
              "Resident   王秀兰 (R1, active)\n"
              "Learned    since 2026-03-02 06:22:00, 24 days\n"
              "Judged     by what was learned of this person\n"
              "\n"
              "Time           2026-03-26 14:10:00\n"
              "Last sign      2026-03-26 11:55:00, 卧室 motion (m2)\n"
              "Silent for     2 h 15 min (known until 14:10)\n"
              "Presumed       at_home (told by the door), since 03-25 18:41\n"
              "Surprise       4.1 of 9.0 for an alert, 7.5 for a phone call\n"
              "               so strange a silence comes once in 3 days\n"
              "Usually over   half of them by 12:45, 19 in 20 by 16:40\n"
              "If it goes on  please phone at 22:15, alert at 03-27 01:10\n"
              "\n"
              "How long a silence lasts that begins at this hour of a working day (h:mm)\n"
              "Hour  Half   19/20  Alert\n"
              "00     1:00   2:00   3:00  ████▓▓▓▓░░░░\n"
              "01     0:05  10:00      –  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
              "█ half are over  ▓ 19 in 20 are over  ░ until an alert; a block is 15 min\n"
              "\n"
              "At best       5 min (m1)\n"
              "Heard now     88 % of the signs of life, a meter that tells by the hour\n"
              "False alerts  alerts 0.3 a month, reached by harmless silences 0.12 times\n"
              "              phone calls 1 a month\n"
              "In any case   alert after 14 h known to be at home, phone call after 1 d else\n"
              "\n"
              "Missing data    Why                                 Last heard\n"
              "前门 door (d1)  doubted: misses what others notice  2026-03-26 14:00:00\n"
              "\n"
              "Routine             Usual  Last 2 weeks\n"
              "gets up             07:00  08:00\n"
              "up at night, times  1.2    not known\n");
}

TEST_F(Anjuctl, ExplainsInChineseWithinTheWidthOfATerminal) {
    answer(judged);
    const Ran ran = run("explain R1", "zh_CN");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("异常程度    4.1，预警线 9.0，电话线 7.5\n"
                                   "            如此安静约 3 天出现一次\n"));
    EXPECT_THAT(ran.out, HasSubstr("时  半数   19/20  预警\n"
                                   "00   1:00   2:00   3:00  ████▓▓▓▓░░░░\n"));
    EXPECT_THAT(ran.out, HasSubstr("前门 门磁 (d1)  可疑"));
    for (const char* const lang : {"zh_CN", "en_US"}) {
        std::istringstream lines(run("explain R1", lang).out);
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(columns(line), 80U) << line;
        }
    }
}

TEST_F(Anjuctl, SaysWhyASilenceIsNotJudged) {
    const auto shown = [&](std::string_view why) {
        auto result = boost::json::parse(judged).as_object();
        auto& silence = result["silence"].as_object();
        silence["judged"] = why;
        for (const char* const key : {"surprise", "surprise_alert", "surprise_phone", "half_over",
                                      "nearly_over", "phone_at", "alert_at"}) {
            silence[key] = nullptr;
        }
        answer(boost::json::serialize(result));
        const Ran ran = run("explain H1");
        stop();
        return ran.out;
    };
    const std::string out = shown("out");
    EXPECT_THAT(out, HasSubstr("Judged     not judged: presumed out\n"));
    EXPECT_THAT(out, Not(HasSubstr("Surprise")));
    EXPECT_THAT(out, Not(HasSubstr("If it goes on")));
}

TEST_F(Anjuctl, NamesThePresetsOfTheFirstDaysAndTheEmptyHome) {
    answer(R"({"household":"H1","now":"2026-03-03T14:10:00.000+08:00",
      "learning":{"first_sign":"2026-03-02T06:22:00.000+08:00","days":1,"personal":false,
                  "personal_from":"2026-03-16T06:22:00.000+08:00","presets":["SH-12","door-24h"]},
      "silence":{"judged":"warm_up"},"day":{"weekend":true,"hours":[]},"best_delay":null})");
    const std::string out = run("explain H1").out;
    EXPECT_THAT(out, HasSubstr("Judged     by fixed rules until 03-16 06:22: SH-12, door-24h\n"));
    EXPECT_THAT(out, HasSubstr("If it goes on  nothing is told within two days\n"));
    EXPECT_THAT(out, HasSubstr("no rhythm to show at the moment\n"));
    EXPECT_THAT(out, HasSubstr("no sensor of life\n"));
}

TEST_F(Anjuctl, ExitsWith1WhenThereIsNobodyToExplain) {
    ASSERT_TRUE(serve([](const Request&) {
        return Reply::failed({"no such resident or household", "R9", "anjuctl residents list"});
    }));
    const Ran ran = run("explain R9");
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(ran.err,
              "error: R9: no such resident or household\n  what to do: anjuctl residents list\n");
    EXPECT_EQ(run("explain").code, 2);
}

}  // namespace
}  // namespace anju::control
