// One [[notify.channel]]; see notify_section.hpp.
#include <algorithm>
#include <array>

#include "config/broker.hpp"
#include "config/notify_section.hpp"
#include "config/suggest.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::config {
namespace {

constexpr std::array<std::string_view, 7> kinds{"wecom", "dingtalk", "feishu", "webhook",
                                                "sms",   "modem",    "mail"};

bool robot(const NotifyChannel& channel) {
    return channel.kind == "wecom" || channel.kind == "dingtalk" || channel.kind == "feishu";
}

void read_filters(Section& section, NotifyChannel& channel) {
    if (const auto texts = section.texts("roles")) {
        for (std::size_t i = 0; i < texts->size(); ++i) {
            if (const auto role = parse_role((*texts)[i])) {
                channel.roles.push_back(*role);
            } else {
                section.wrong_element("roles", i, "holds '" + (*texts)[i] + "', which is no role",
                                      suggestion((*texts)[i], role_names()));
            }
        }
    }
    channel.communities = section.texts("communities").value_or(std::vector<std::string>{});
    const auto texts = section.texts("priorities");
    if (!texts) return;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        bool known = false;
        for (const Priority one : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
            if ((*texts)[i] != anju::name(one)) continue;
            channel.priorities.push_back(one);
            known = true;
        }
        if (!known) {
            section.wrong_element("priorities", i, "holds '" + (*texts)[i] + "'",
                                  "write P1, P2, P3 or P4 as `anjuctl alerts list` does");
        }
    }
}

void check_url(Section& section, const NotifyChannel& channel, std::string_view secure,
               std::string_view plain) {
    if (channel.url.starts_with(secure)) return;
    if (channel.url.starts_with(plain)) {
        if (channel.allow_plaintext) return;
        section.wrong("url", "would send messages about residents unencrypted",
                      "write " + std::string(secure) +
                          ", or allow_plaintext = true for a service "
                          "on this machine");
        return;
    }
    section.wrong("url", "is no address of such a service", "begin it with " + std::string(secure));
}

void read_sms(Section& section, NotifyChannel& channel) {
    channel.method = section.text("method").value_or("POST");
    if (channel.method != "POST" && channel.method != "GET" && channel.method != "PUT") {
        section.wrong("method", "'" + channel.method + "' is not used by SMS services",
                      "write GET, POST or PUT");
    }
    channel.headers = section.texts("headers").value_or(std::vector<std::string>{});
    channel.body = section.text("body").value_or("");
    channel.body_kind = section.text("body_kind").value_or("json");
    if (channel.body_kind != "json" && channel.body_kind != "form" && channel.body_kind != "text") {
        section.wrong("body_kind", "'" + channel.body_kind + "' is not known",
                      "write json, form or text");
    }
    channel.success_pointer = section.text("success_pointer").value_or("");
    channel.success_value = section.text("success_value").value_or("");
    if (!channel.success_pointer.empty() && channel.success_pointer.front() != '/') {
        section.wrong("success_pointer", "is no JSON pointer", R"(write it like "/Code")");
    }
    channel.limit_values = section.texts("limit_values").value_or(std::vector<std::string>{});
    if (const auto v = section.integer("longest_text", 70, 4'000)) {
        channel.longest_text = static_cast<std::size_t>(*v);
    }
    const bool has_phone = (channel.url + channel.body).find("{phone}") != std::string::npos;
    if (!channel.url.empty() && !has_phone) {
        section.wrong("body", "names no {phone}", "put {phone} and {text} where they belong");
    }
}

void read_mail(Section& section, NotifyChannel& channel, const std::filesystem::path& folder) {
    channel.username = section.text("username").value_or("");
    channel.password_file = read_file_key(section, "password_file", folder, Secrecy::secret);
    section.require("from", R"("anju@example.org")");
    channel.from = section.text("from").value_or("");
    channel.from_name = section.text("from_name").value_or(channel.from_name);
    const auto at = channel.from.find('@');
    if (!channel.from.empty() && (at == 0 || at == std::string::npos ||
                                  channel.from.find_first_of(" <>\r\n") != std::string::npos)) {
        section.wrong("from", "'" + channel.from + "' is no mail address",
                      R"(write it like "anju@example.org")");
    }
}

void read_modem(Section& section, NotifyChannel& channel, const std::filesystem::path& folder) {
    section.require("device", R"("/dev/serial/by-id/usb-…")");
    channel.device = section.text("device").value_or("");
    channel.pin_file = read_file_key(section, "pin_file", folder, Secrecy::secret);
    if (const auto v = section.integer("baud", 9'600, 460'800)) channel.baud = static_cast<int>(*v);
}

}  // namespace

NotifyChannel read_channel(Section& section, const std::filesystem::path& folder) {
    NotifyChannel channel;
    section.require("name", R"("street-robot")");
    section.require("kind", R"("wecom")");
    channel.name = section.text("name").value_or("");
    channel.kind = section.text("kind").value_or("");
    if (section.has("name") &&
        (channel.name.empty() || channel.name.size() > 64 || channel.name == "speaker")) {
        section.wrong("name", "cannot name a channel", "write 1 to 64 bytes; not speaker");
    }
    const bool known = std::ranges::find(kinds, channel.kind) != kinds.end();
    if (section.has("kind") && !known) {
        section.wrong("kind", "'" + channel.kind + "' is no kind of channel",
                      suggestion(channel.kind, kinds));
    }
    read_filters(section, channel);
    channel.backup = section.boolean("backup").value_or(false);
    channel.allow_plaintext = section.boolean("allow_plaintext").value_or(false);
    channel.ca_file = read_file_key(section, "ca_file", folder, Secrecy::open);
    if (robot(channel)) {
        section.require("url_file", R"("secrets/robot.url")");
        channel.url_file = read_file_key(section, "url_file", folder, Secrecy::secret);
        channel.markdown = section.boolean("markdown").value_or(false);
    }
    if (channel.kind == "dingtalk" || channel.kind == "feishu" || channel.kind == "webhook" ||
        channel.kind == "sms") {
        channel.secret_file = read_file_key(section, "secret_file", folder, Secrecy::secret);
    }
    if (channel.kind == "webhook") section.require("secret_file", R"("secrets/webhook.key")");
    if (channel.kind == "webhook" || channel.kind == "sms" || channel.kind == "mail") {
        const bool mail = channel.kind == "mail";
        section.require("url", mail ? R"("smtps://mail.example:465")" : R"("https://…")");
        channel.url = section.text("url").value_or("");
        if (!channel.url.empty() && !mail) check_url(section, channel, "https://", "http://");
        // smtp:// means STARTTLS, unless plaintext is allowed.
        if (mail && !channel.url.empty() && !channel.url.starts_with("smtp://")) {
            check_url(section, channel, "smtps://", "smtp://");
        }
    }
    if (channel.kind == "sms") read_sms(section, channel);
    if (channel.kind == "mail") read_mail(section, channel, folder);
    if (channel.kind == "modem") read_modem(section, channel, folder);
    if (channel.kind == "sms" || channel.kind == "modem") {
        if (const auto v = section.integer("per_minute", 0, 10'000)) {
            channel.per_minute = static_cast<std::uint32_t>(*v);
        }
    }
    if (known) section.finish();
    return channel;
}

}  // namespace anju::config
