// 钉钉 group robot. https://open.dingtalk.com/document/robots/custom-robot-access and
// .../customize-robot-security-settings: 20 messages a minute, then silence for 10 minutes; with a
// secret the query carries timestamp (ms) and sign = Base64(HMAC-SHA256(secret, timestamp + "\n" +
// secret)), URL-encoded; errcode 0 is success, 130101 too much. Bodies up to 20,000 bytes.
#include <boost/json.hpp>

#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/channels/answer.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::size_t longest = 5'000;  // of text; escapes and the rest fit the 20,000

class DingTalk final : public Channel {
public:
    explicit DingTalk(RobotOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant now) const override {
        HttpRequest out;
        out.url = options_.url + signature(now);
        out.headers = {"Content-Type: application/json; charset=utf-8"};
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        json::object body;
        if (message.digest && options_.markdown) {
            body["msgtype"] = "markdown";
            body["markdown"] = {{"title", shortened(message.title, 100)},
                                {"text", fitted(message, longest)}};
        } else {
            body["msgtype"] = "text";
            body["text"] = {{"content", fitted(message, longest)}};
        }
        if (!message.mentions.empty()) {
            body["at"] = {
                {"atUserIds", json::array(message.mentions.begin(), message.mentions.end())},
                {"isAtAll", false}};
        }
        out.body = json::serialize(body);
        return out;
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        if (auto answer = judge_http(reply)) return *answer;
        const auto said = read_answer(reply.body, {"errcode"}, {"errmsg"});
        if (!said) return {Verdict::failed, not_understood(reply.body)};
        if (said->code == 0) return {Verdict::accepted, said->text};
        if (said->code == 130101) return {Verdict::limited, said->text, 10min};
        // 40035: a parameter is wrong; 400105: an unknown kind of message; 430101 to 430104: an
        // unsafe link or unsuitable text.
        const bool for_good = said->code == 40035 || said->code == 400105 ||
                              (said->code >= 430101 && said->code <= 430104);
        // 300001, 400101: there is no such token; 400013: the group was dissolved; 400102: the
        // robot is switched off; 400106: there is none.
        const bool away = said->code == 300001 || said->code == 400013 || said->code == 400101 ||
                          said->code == 400102 || said->code == 400106;
        return {.verdict = for_good ? Verdict::refused : Verdict::failed,
                .text = said->text,
                .turned_away = away};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override { return {{20, 1min}}; }

private:
    [[nodiscard]] std::string signature(Instant now) const {
        if (options_.secret.empty()) return {};
        const std::string time = std::to_string(to_unix_ms(now));
        const std::string sign =
            base64(hmac_sha256(options_.secret, time + "\n" + options_.secret));
        return "&timestamp=" + time + "&sign=" + url_encode(sign);
    }

    RobotOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_dingtalk(RobotOptions options) {
    return std::make_unique<DingTalk>(std::move(options));
}

}  // namespace anju::notify
