// Formats and signatures against answers worked out with openssl and by hand.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

const Instant now = from_unix_ms(1'700'000'000'000);

Message alarm() {
    Message out;
    out.id = "7";
    out.priority = Priority::p1;
    out.title = "【安居·危急】烟雾报警";
    out.text = "请立即签收";
    out.link = "https://b/a/t";
    out.mentions = {"lin"};
    return out;
}

HttpRequest http(const Channel& channel, const Message& message) {
    return std::get<HttpRequest>(channel.prepare(message, now));
}

TEST(WeCom, SaysTextLinkAndMentionsInItsOwnWords) {
    const auto channel = make_wecom({.url = "https://qyapi/send?key=k", .secret = ""});
    const HttpRequest request = http(*channel, alarm());
    EXPECT_EQ(request.url, "https://qyapi/send?key=k");
    EXPECT_EQ(request.body,
              "{\"msgtype\":\"text\",\"text\":{\"content\":\"【安居·危急】烟雾报警\\n请立即签收\\n"
              "https://b/a/t\",\"mentioned_list\":[\"lin\"]}}");
}

TEST(WeCom, CutsTheTextBetweenCharactersAndNeverTheLink) {
    const auto channel = make_wecom({.url = "https://x", .secret = "", .markdown = true});
    Message message = alarm();
    for (int i = 0; i < 1'000; ++i) message.text += "安居😀";
    for (const bool digest : {false, true}) {
        message.digest = digest;
        const auto body = boost::json::parse(http(*channel, message).body);
        const std::string kind = digest ? "markdown" : "text";
        const std::string content(body.at(kind).at("content").as_string());
        EXPECT_LE(content.size(), digest ? 4096U : 2048U);
        EXPECT_GT(content.size(), digest ? 4080U : 2032U) << "cut more than needed";
        EXPECT_TRUE(code_points(content)) << "a character was cut";
        EXPECT_TRUE(content.ends_with("…\nhttps://b/a/t"));
    }
}

TEST(WeCom, TakesTheServicesWordAndNotThatOfHttp) {
    const auto channel = make_wecom({.url = "https://x", .secret = ""});
    const auto verdict = [&](Reply reply) { return channel->judge(reply).verdict; };
    EXPECT_EQ(verdict({"", 200, R"({"errcode":0,"errmsg":"ok"})"}), Verdict::accepted);
    EXPECT_EQ(verdict({"", 200, R"({"errcode":45009,"errmsg":"freq"})"}), Verdict::limited);
    EXPECT_EQ(verdict({"", 200, R"({"errcode":93000,"errmsg":"invalid key"})"}), Verdict::failed);
    EXPECT_EQ(verdict({"", 200, R"({"errcode":40058})"}), Verdict::refused);
    EXPECT_EQ(verdict({"", 200, "<html>"}), Verdict::failed);
    EXPECT_EQ(verdict({"", 200, ""}), Verdict::failed);
    EXPECT_EQ(verdict({"", 502, ""}), Verdict::failed);
    EXPECT_EQ(verdict({"timeout", 0, ""}), Verdict::failed);
}

TEST(Channels, KnowWhenTheyAreTurnedAway) {
    const auto away = [](const std::unique_ptr<Channel>& channel, Reply reply) {
        return channel->judge(reply).turned_away;
    };
    const auto wecom = make_wecom({.url = "https://x", .secret = ""});
    EXPECT_TRUE(away(wecom, {"", 200, R"({"errcode":93000,"errmsg":"invalid webhook url"})"}));
    EXPECT_FALSE(away(wecom, {"", 200, R"({"errcode":45009})"}));
    EXPECT_FALSE(away(wecom, {"", 200, R"({"errcode":40058})"})) << "of the message";
    EXPECT_TRUE(away(wecom, {"", 403, ""}));
    EXPECT_FALSE(away(wecom, {"", 404, ""})) << "a moment of the service";
    EXPECT_FALSE(away(wecom, {"timeout", 0, ""}));
    const auto dingtalk = make_dingtalk({.url = "https://x", .secret = "s"});
    EXPECT_TRUE(away(dingtalk, {"", 200, R"({"errcode":300001,"errmsg":"token is not exist"})"}));
    EXPECT_FALSE(away(dingtalk, {"", 200, R"({"errcode":310000,"errmsg":"keywords"})"}));
    const auto feishu = make_feishu({.url = "https://x", .secret = "s"});
    EXPECT_TRUE(away(feishu, {"", 400, R"({"code":19021,"msg":"sign match fail"})"}));
    EXPECT_FALSE(away(feishu, {"", 400, R"({"code":9499,"msg":"too many"})"}));
    const auto mail = make_mail({});
    EXPECT_TRUE(away(mail, {"Login denied", 535, ""}));
    EXPECT_FALSE(away(mail, {"no such user", 550, ""})) << "of the address";
    const auto modem = make_modem(0);
    EXPECT_TRUE(away(modem, {"SIM not inserted", 310, ""}));
    EXPECT_FALSE(away(modem, {"no network", 331, ""}));
}

TEST(DingTalk, SignsTheQueryAsOpensslDoes) {
    // printf '1700000000000\nSECsecret' | openssl dgst -sha256 -hmac SECsecret -binary | base64
    const auto channel =
        make_dingtalk({.url = "https://oapi/send?access_token=t", .secret = "SECsecret"});
    EXPECT_EQ(http(*channel, alarm()).url,
              "https://oapi/send?access_token=t&timestamp=1700000000000&sign="
              "0QWYb8Ux63Sm4BhHaJNL3lv5mqW1sLFoks7vu%2BHFFi4%3D");
    EXPECT_EQ(channel->judge({"", 200, R"({"errcode":130101,"errmsg":"too fast"})"}).verdict,
              Verdict::limited);
    EXPECT_EQ(channel->judge({"", 200, R"({"errcode":130101})"}).rest, std::chrono::minutes{10});
    EXPECT_EQ(channel->judge({"", 200, R"({"errcode":310000})"}).verdict, Verdict::failed);
}

TEST(Feishu, SignsTheBodyAsOpensslDoes) {
    // printf '' | openssl dgst -sha256 -hmac $'1700000000\nfeishu-secret' -binary | base64
    const auto channel = make_feishu({.url = "https://open/hook", .secret = "feishu-secret"});
    const auto body = boost::json::parse(http(*channel, alarm()).body);
    EXPECT_EQ(body.at("timestamp").as_string(), "1700000000");
    EXPECT_EQ(body.at("sign").as_string(), "OrBzY1Y01Gq+HgJsl+7OfWcMVwc7YocohQm5iiZwjhU=");
    EXPECT_EQ(channel->judge({"", 200, R"({"StatusCode":0})"}).verdict, Verdict::accepted);
    EXPECT_EQ(channel->judge({"", 200, R"({"code":0})"}).verdict, Verdict::accepted);
    EXPECT_EQ(channel->judge({"", 400, R"({"code":11232})"}).verdict, Verdict::limited);
    EXPECT_EQ(channel->judge({"", 200, R"({"code":9499})"}).verdict, Verdict::limited);
    EXPECT_EQ(channel->judge({"", 200, R"({"code":19021})"}).verdict, Verdict::failed);
}

TEST(Feishu, KeepsEveryBodyWithin20KiBWhateverHasToBeEscaped) {
    const auto channel = make_feishu({.url = "https://open/hook", .secret = "s"});
    Message message = alarm();
    message.text = std::string(40'000, '\x01');
    EXPECT_LE(http(*channel, message).body.size(), 20'480U);
}

TEST(Webhook, SignsTimestampAndBody) {
    const auto channel = make_webhook({.url = "https://own", .secret = "key"});
    const HttpRequest request = http(*channel, alarm());
    ASSERT_EQ(request.headers.size(), 3U);
    EXPECT_EQ(request.headers[1], "X-Anju-Timestamp: 1700000000");
    EXPECT_EQ(request.headers[2],
              "X-Anju-Signature: sha256=" + hex(hmac_sha256("key", "1700000000." + request.body)));
}

TEST(SmsApi, EncodesEachFieldForWhereItStands) {
    SmsApiOptions options;
    options.url = "https://sms/send?to={phone}";
    options.headers = {"Authorization: Bearer {secret}"};
    options.body = R"({"t":"{text}"})";
    options.secret = "s3";
    options.success_pointer = "/Code";
    options.success_value = "OK";
    options.limit_values = {"LIMIT"};
    const auto channel = make_sms_api(options);
    Message message = alarm();
    message.title = "a\"{phone}\"";
    message.text.clear();
    message.link.clear();
    message.address = "+86 138";
    const HttpRequest request = http(*channel, message);
    EXPECT_EQ(request.url, "https://sms/send?to=%2B86%20138");
    EXPECT_EQ(request.headers, std::vector<std::string>{"Authorization: Bearer s3"});
    EXPECT_EQ(request.body, R"({"t":"a\"{phone}\""})") << "a field was filled twice";
    EXPECT_EQ(channel->judge({"", 200, R"({"Code":"OK"})"}).verdict, Verdict::accepted);
    EXPECT_EQ(channel->judge({"", 200, R"({"Code":"LIMIT"})"}).verdict, Verdict::limited);
    EXPECT_EQ(channel->judge({"", 200, R"({"Code":"NO"})"}).verdict, Verdict::failed);
    EXPECT_EQ(channel->judge({"", 200, "OK"}).verdict, Verdict::failed);
}

TEST(Mail, EncodesSubjectAndBodyAsMimeWants) {
    MailOptions options;
    options.url = "smtps://m";
    options.from = "anju@b.example";
    options.from_name = "Anju 安居";
    options.utc_offset = std::chrono::hours{8};
    Message message = alarm();
    message.title = "王**\r\nBcc: x@y";
    message.text = "一";
    message.link.clear();
    message.address = "lin@c.example";
    const auto mail = std::get<MailRequest>(make_mail(options)->prepare(message, now));
    EXPECT_EQ(mail.data,
              "From: =?UTF-8?B?QW5qdSDlronlsYU=?= <anju@b.example>\r\n"
              "To: <lin@c.example>\r\n"
              "Subject: =?UTF-8?B?546LKiogIEJjYzogeEB5?=\r\n"
              "Date: Wed, 15 Nov 2023 06:13:20 +0800\r\n"
              "Message-ID: <notice-7@b.example>\r\n"
              "X-Priority: 1\r\nImportance: high\r\n"
              "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n\r\n5LiADQo=\r\n");
}

}  // namespace
}  // namespace anju::notify
