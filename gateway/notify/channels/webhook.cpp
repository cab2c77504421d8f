// Any system of the operator's own: one JSON object a message, signed. The receiver checks
// X-Anju-Signature: "sha256=" + hex(HMAC-SHA256(secret, X-Anju-Timestamp + "." + body)) and that
// the timestamp (Unix seconds) is recent; `id` is the same whenever the same message comes again.
#include <boost/json.hpp>

#include "core/model/names.hpp"
#include "notify/bytes.hpp"
#include "notify/channel.hpp"

namespace anju::notify {
namespace {

namespace json = boost::json;

class Webhook final : public Channel {
public:
    explicit Webhook(RobotOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant now) const override {
        HttpRequest out;
        out.url = options_.url;
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        out.body = json::serialize(json::object{
            {"version", 1},
            {"id", message.id},
            {"priority", json::string(anju::name(message.priority))},
            {"subject", message.subject},
            {"digest", message.digest},
            {"title", message.title},
            {"text", message.text},
            {"link", message.link},
            {"mentions", json::array(message.mentions.begin(), message.mentions.end())}});
        const std::string time = std::to_string(to_unix_ms(now) / 1000);
        out.headers = {
            "Content-Type: application/json; charset=utf-8", "X-Anju-Timestamp: " + time,
            "X-Anju-Signature: sha256=" + hex(hmac_sha256(options_.secret, time + "." + out.body))};
        return out;
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        if (auto answer = judge_http(reply)) return *answer;
        return {Verdict::accepted, "HTTP " + std::to_string(reply.status)};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override { return {}; }

private:
    RobotOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_webhook(RobotOptions options) {
    return std::make_unique<Webhook>(std::move(options));
}

}  // namespace anju::notify
