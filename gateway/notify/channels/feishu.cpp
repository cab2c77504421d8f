// 飞书 group robot. https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: 100 messages
// a minute and 5 a second, bodies up to 20 KB; with a secret the body carries timestamp (s) and
// sign = Base64(HMAC-SHA256(key = timestamp + "\n" + secret, empty message)); code (in older
// answers StatusCode) 0 is success, 9499 and 11232 too much.
#include <boost/json.hpp>

#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/channels/answer.hpp"

namespace anju::notify {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

constexpr std::size_t longest_body = 20 * 1024;

class Feishu final : public Channel {
public:
    explicit Feishu(RobotOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant now) const override {
        HttpRequest out;
        out.url = options_.url;
        out.headers = {"Content-Type: application/json; charset=utf-8"};
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        // Escapes may double a text: the room shrinks until the body fits.
        for (std::size_t room = 15'000;; room = room * 3 / 4) {
            out.body = body(message, now, room);
            if (out.body.size() <= longest_body) return out;
        }
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        // Too much comes as HTTP 400 or 429 too, with the code in the body.
        const auto said = read_answer(reply.body, {"code", "StatusCode"}, {"msg", "StatusMessage"});
        if (said && (said->code == 9499 || said->code == 11232)) {
            return {Verdict::limited, said->text, 1min};
        }
        // 19001: the address is not valid; 19021: signature or time is wrong; 19022: from an
        // address that is not allowed. With HTTP 200 or 400.
        if (said && (said->code == 19001 || said->code == 19021 || said->code == 19022)) {
            return {.verdict = Verdict::failed, .text = said->text, .turned_away = true};
        }
        if (auto answer = judge_http(reply)) return *answer;
        if (!said) return {Verdict::failed, not_understood(reply.body)};
        if (said->code == 0) return {Verdict::accepted, said->text};
        return {Verdict::failed, said->text};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override { return {{100, 1min}, {5, 1s}}; }

private:
    [[nodiscard]] std::string body(const Message& message, Instant now, std::size_t room) const {
        std::string text;
        for (const std::string& who : message.mentions) {
            text += "<at user_id=\"" + who + "\"></at> ";
        }
        text += fitted(message, room);
        json::object out;
        if (!options_.secret.empty()) {
            const std::string time = std::to_string(to_unix_ms(now) / 1000);
            out["timestamp"] = time;
            out["sign"] = base64(hmac_sha256(time + "\n" + options_.secret, ""));
        }
        out["msg_type"] = "text";
        out["content"] = {{"text", text}};
        return json::serialize(out);
    }

    RobotOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_feishu(RobotOptions options) {
    return std::make_unique<Feishu>(std::move(options));
}

}  // namespace anju::notify
