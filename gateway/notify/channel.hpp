// A way to people, as two pure functions: what to say to the service, and what its answer means.
// Whoever talks (sender.hpp) knows nothing of services; whoever decides (dispatcher.hpp) knows
// nothing of their languages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notify/message.hpp"

namespace anju::notify {

enum class ChannelKind : std::uint8_t {
    wecom = 1,
    dingtalk = 2,
    feishu = 3,
    webhook = 4,
    sms = 5,
    modem = 6,
    mail = 7,
    speaker = 8,
};

/// Its messages go to a group, not to an address.
[[nodiscard]] constexpr bool is_group(ChannelKind kind) {
    return kind == ChannelKind::wecom || kind == ChannelKind::dingtalk ||
           kind == ChannelKind::feishu || kind == ChannelKind::webhook;
}

/// At most `count` messages in any span of this length.
struct Quota {
    std::uint32_t count{};
    Duration span{};
};

/// Immutable; any thread.
class Channel {
public:
    virtual ~Channel() = default;
    /// `now` goes into signatures: the wall clock, as right as the box has it.
    [[nodiscard]] virtual Request prepare(const Message& message, Instant now) const = 0;
    [[nodiscard]] virtual Answer judge(const Reply& reply) const = 0;
    /// What the service allows; empty: nothing is known.
    [[nodiscard]] virtual std::vector<Quota> quotas() const = 0;
};

/// An HTTP exchange that failed or ended badly, judged without knowing the service: 429 limited,
/// other 4xx refused, everything else failed; 401, 403, 410: turned away. nullopt: 2xx, see the
/// body.
[[nodiscard]] std::optional<Answer> judge_http(const Reply& reply);

/// Robots of groups. `url` is the whole webhook address with its key; `secret` may be empty: the
/// robot is then protected by keyword or address, as its owner chose.
struct RobotOptions {
    std::string url;
    std::string secret;
    std::string ca_file = {};
    bool plaintext = false;
    bool markdown = false;  ///< digests; WeCom and DingTalk
};
[[nodiscard]] std::unique_ptr<Channel> make_wecom(RobotOptions options);
[[nodiscard]] std::unique_ptr<Channel> make_dingtalk(RobotOptions options);
[[nodiscard]] std::unique_ptr<Channel> make_feishu(RobotOptions options);
/// Signed with `secret` (required): see docs/operations/notifications.md.
[[nodiscard]] std::unique_ptr<Channel> make_webhook(RobotOptions options);

/// An SMS service over HTTP. {phone} {text} {title} {link} {id} {time} {secret} in url, headers and
/// body are filled, each encoded for where it stands: percent in the url and in forms, as the
/// inside of a string in JSON.
struct SmsApiOptions {
    std::string method = "POST";
    std::string url;
    std::vector<std::string> headers;
    std::string body;
    enum class BodyKind : std::uint8_t { json, form, text } body_kind = BodyKind::json;
    std::string secret;
    /// RFC 6901 pointer into a JSON answer and what stands there on success; empty: 2xx is success.
    std::string success_pointer;
    std::string success_value;
    std::vector<std::string> limit_values;  ///< the same place, when it was too much
    std::uint32_t per_minute = 0;           ///< 0: no limit is known
    std::size_t longest_text = 500;         ///< bytes
    std::string ca_file = {};
    bool plaintext = false;
};
[[nodiscard]] std::unique_ptr<Channel> make_sms_api(SmsApiOptions options);

struct MailOptions {
    std::string url;
    std::string username;
    std::string password;
    std::string from_name;
    std::string from;
    std::string ca_file = {};
    bool plaintext = false;
    Duration utc_offset{};
};
[[nodiscard]] std::unique_ptr<Channel> make_mail(MailOptions options);

[[nodiscard]] std::unique_ptr<Channel> make_modem(std::uint32_t per_minute);
[[nodiscard]] std::unique_ptr<Channel> make_speaker();

}  // namespace anju::notify
