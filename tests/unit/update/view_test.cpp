// What `anjuctl status` says of updates, through the JSON that the daemon makes of them.
#include <gtest/gtest.h>

#include "app/anjuctl/views_update.hpp"
#include "control/render.hpp"
#include "update/news.hpp"

namespace anju::ctl {
namespace {

std::string line(const update::Record& record, Lang lang) {
    const control::Render render(std::chrono::minutes{480});
    return update_line(
        boost::json::object{{"version", "0.1.0"},
                            {"box", {{"update", render.update(update::news_of(record))}}}},
        lang);
}

TEST(UpdateLine, IsEmptyWhereNothingLooksForUpdates) {
    EXPECT_EQ(update_line(boost::json::object{{"version", "0.1.0"}}, Lang::en), "");
    EXPECT_EQ(
        update_line(boost::json::parse(R"({"version":"0.1.0","box":{"update":null}})"), Lang::en),
        "");
}

TEST(UpdateLine, SaysWhatRunsAndWhatWaits) {
    update::Record record;
    EXPECT_EQ(line(record, Lang::en), "0.1.0 runs; none yet");
    EXPECT_EQ(line(record, Lang::zh), "0.1.0 正在运行；尚未更新过");
    record.waiting = "0.2.0";
    record.waiting_why = "alerts";
    EXPECT_EQ(line(record, Lang::en),
              "0.1.0 runs; none yet; 0.2.0 waits: alerts of P1 or P2 wait for people");
    EXPECT_EQ(line(record, Lang::zh),
              "0.1.0 正在运行；尚未更新过；0.2.0 等待：有未处理的一、二级告警");
}

TEST(UpdateLine, SaysWhyOneWasTakenBackAndWhatIsTriedAgain) {
    update::Record record;
    record.ending = update::Ending::rolled_back;
    record.ended_from = "0.1.0";
    record.ended_to = "0.2.0";
    record.ended_why = "no_answer";
    record.ended_noticed = "link:district_alarm";
    record.ended_at = from_unix_ms(1'772'391'600'000);
    record.refused = {{"0.2.0", "no_answer", record.ended_at}};
    record.retry = {"0.3.0", "503 at the mirror", 2, record.ended_at, {}, std::chrono::hours{2}};
    record.waiting = "0.3.0";
    record.waiting_why = "later";
    const std::string en = line(record, Lang::en);
    EXPECT_EQ(en.find("waits"), en.npos) << "it is said with its failures: " << en;
    EXPECT_NE(en.find("rolled back 2026-03-02 03:00:00, 0.1.0 → 0.2.0 (anjud does not answer; "
                      "noticed besides: this link did not come back: "),
              en.npos)
        << en;
    EXPECT_NE(en.find("0.3.0 failed (attempts: 2), the next after 2026-03-02 05:00:00: 503 at the "
                      "mirror; not tried again: 0.2.0"),
              en.npos)
        << en;
    const std::string zh = line(record, Lang::zh);
    EXPECT_NE(
        zh.find(
            "已退回 2026-03-02 03:00:00，0.1.0 → 0.2.0 (anjud 没有应答; 同时发现：连接未恢复："),
        zh.npos)
        << zh;
    EXPECT_NE(zh.find("0.3.0 已 2 次未装成，2026-03-02 05:00:00 后再试：503 at the mirror"),
              zh.npos)
        << zh;
    EXPECT_NE(zh.find("不再自动安装 0.2.0"), zh.npos) << zh;
}

TEST(UpdateLine, NamesTheStepOfOneThatIsUnderWay) {
    update::Record record;
    record.step = update::Step::proving;
    record.from = "0.1.0";
    record.to = "0.2.0";
    EXPECT_EQ(line(record, Lang::en), "0.1.0 runs; none yet; proving the new version: 0.2.0");
    EXPECT_EQ(line(record, Lang::zh), "0.1.0 正在运行；尚未更新过；正在检验新版本：0.2.0");
}

}  // namespace
}  // namespace anju::ctl
