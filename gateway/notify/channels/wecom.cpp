// 企业微信 group robot. https://developer.work.weixin.qq.com/document/path/91770: 20 messages a
// minute and robot, text.content <= 2048 bytes, markdown.content <= 4096 bytes, UTF-8; errcode 0 is
// success, 45009 too much.
#include <boost/json.hpp>

#include "notify/channel.hpp"
#include "notify/channels/answer.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

class WeCom final : public Channel {
public:
    explicit WeCom(RobotOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant) const override {
        HttpRequest out;
        out.url = options_.url;
        out.headers = {"Content-Type: application/json; charset=utf-8"};
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        if (message.digest && options_.markdown) {
            out.body = json::serialize(
                json::object{{"msgtype", "markdown"},
                             {"markdown", json::object{{"content", fitted(message, 4096)}}}});
        } else {
            json::object text{{"content", fitted(message, 2048)}};
            if (!message.mentions.empty()) {
                text["mentioned_list"] =
                    json::array(message.mentions.begin(), message.mentions.end());
            }
            out.body =
                json::serialize(json::object{{"msgtype", "text"}, {"text", std::move(text)}});
        }
        return out;
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        if (auto answer = judge_http(reply)) return *answer;
        const auto said = read_answer(reply.body, {"errcode"}, {"errmsg"});
        if (!said) return {Verdict::failed, not_understood(reply.body)};
        if (said->code == 0) return {Verdict::accepted, said->text};
        if (said->code == 45009) return {Verdict::limited, said->text, 1min};
        // 40058: a parameter is wrong; 44004: the content is empty; 45002: too long.
        const bool for_good = said->code == 40058 || said->code == 44004 || said->code == 45002;
        // 93000: the address is not valid or the robot was removed; 93004: switched off; 93008: not
        // in the group any more.
        const bool away = said->code == 93000 || said->code == 93004 || said->code == 93008;
        return {.verdict = for_good ? Verdict::refused : Verdict::failed,
                .text = said->text,
                .turned_away = away};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override { return {{20, 1min}}; }

private:
    RobotOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_wecom(RobotOptions options) {
    return std::make_unique<WeCom>(std::move(options));
}

}  // namespace anju::notify
