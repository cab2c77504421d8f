// E-mail: RFC 5322 with MIME (RFC 2045) and encoded words (RFC 2047). The Message-ID is the same
// whenever the same message is sent again, so that mail programs can show it once.
#include <array>
#include <cstdio>

#include "notify/bytes.hpp"
#include "notify/channel.hpp"
#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

bool plain(std::string_view text) {
    for (const char byte : text) {
        if (static_cast<unsigned char>(byte) < 0x20 || static_cast<unsigned char>(byte) > 0x7e) {
            return false;
        }
    }
    return text.find("=?") == text.npos && text.find_first_of("\"\\()<>[]:;@,") == text.npos &&
           text.size() <= 60;
}

/// As it is, or as encoded words of at most 75 characters, each of whole characters.
std::string header_text(std::string_view text) {
    if (plain(text)) return std::string(text);
    constexpr std::size_t in_a_word = 45;  // "=?UTF-8?B?" + 60 + "?="
    std::string out;
    while (!text.empty()) {
        std::string_view part = cut(text, in_a_word);
        if (part.empty()) part = text.substr(0, in_a_word);  // not UTF-8: anywhere
        out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(part) + "?=");
        text.remove_prefix(part.size());
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char byte : text) out += static_cast<unsigned char>(byte) < 0x20 ? ' ' : byte;
    return out;
}

std::string body_lines(std::string_view text) {
    std::string lines;
    for (const char byte : text) {
        if (byte == '\n') lines += '\r';
        lines += byte;
    }
    const std::string all = base64(lines + "\r\n");
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
    return out;
}

/// "Tue, 14 Nov 2023 22:13:20 +0000"
std::string date_text(Instant at, Duration utc_offset) {
    using namespace std::chrono;
    constexpr std::array days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months_of_year{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Instant local = at + utc_offset;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(local - day)};
    const auto offset = duration_cast<minutes>(utc_offset).count();
    std::array<char, 64> out{};
    std::snprintf(
        out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d %c%02d%02d",
        days_of_week[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
        months_of_year[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), offset < 0 ? '-' : '+',
        static_cast<int>(std::abs(offset) / 60), static_cast<int>(std::abs(offset) % 60));
    return out.data();
}

class Mail final : public Channel {
public:
    explicit Mail(MailOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Request prepare(const Message& message, Instant now) const override {
        MailRequest out;
        out.url = options_.url;
        out.username = options_.username;
        out.password = options_.password;
        out.from = options_.from;
        out.to = one_line(message.address);
        out.ca_file = options_.ca_file;
        out.plaintext = options_.plaintext;
        const std::string domain = options_.from.substr(options_.from.find('@') + 1);
        std::string text = message.text;
        if (!message.link.empty()) text += "\n\n" + message.link;
        out.data =
            "From: " + header_text(one_line(options_.from_name)) + " <" + options_.from +
            ">\r\nTo: <" + out.to + ">\r\nSubject: " + header_text(one_line(message.title)) +
            "\r\nDate: " + date_text(now, options_.utc_offset) + "\r\nMessage-ID: <notice-" +
            message.id + "@" + domain + ">\r\n" +
            (message.priority == Priority::p1 ? "X-Priority: 1\r\nImportance: high\r\n" : "") +
            "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n" +
            body_lines(text);
        return out;
    }

    [[nodiscard]] Answer judge(const Reply& reply) const override {
        const std::string code = std::to_string(reply.status);
        if (!reply.failure.empty()) {
            // 5yz: never, but for 530, 534 and 535, which are about the account.
            const bool account = reply.status >= 530 && reply.status <= 538;
            const bool for_good = reply.status >= 500 && reply.status < 600 && !account;
            const bool busy = reply.status == 421 || reply.status == 450 || reply.status == 452;
            return {for_good ? Verdict::refused
                    : busy   ? Verdict::limited
                             : Verdict::failed,
                    reply.failure, std::chrono::minutes{5}, "", account};
        }
        if (reply.status >= 200 && reply.status < 300) return {Verdict::accepted, "SMTP " + code};
        return {Verdict::failed, "SMTP " + code};
    }

    [[nodiscard]] std::vector<Quota> quotas() const override { return {}; }

private:
    MailOptions options_;
};

}  // namespace

std::unique_ptr<Channel> make_mail(MailOptions options) {
    return std::make_unique<Mail>(std::move(options));
}

}  // namespace anju::notify
