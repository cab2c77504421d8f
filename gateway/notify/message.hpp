// What a channel is given to send, and what came of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/alert.hpp"
#include "core/model/instant.hpp"

namespace anju::notify {

/// One message over one channel; tells of one notice, or of several that go together.
struct Message {
    std::string id;  ///< the same each time this is tried: "42", "42-57"
    Priority priority = Priority::p4;
    std::string title;
    std::string text;
    std::string link;
    std::vector<std::string> mentions;
    std::string address;  ///< phone number, mail address; empty for a group
    bool digest{};
    std::string subject;  ///< the alert or task, if it tells of one only
};

/// Title, text and link on lines of their own, at most `bytes` of UTF-8: the text is cut between
/// two characters and ends in "…"; then the title; the link never, nor is it left out.
[[nodiscard]] std::string fitted(const Message& message, std::size_t bytes);

struct HttpRequest {
    std::string method = "POST";
    std::string url;                   ///< holds secrets: never shown
    std::vector<std::string> headers;  ///< "Name: value"
    std::string body;
    std::string ca_file;  ///< empty: those of the system
    bool plaintext{};     ///< http:// is meant
};

struct MailRequest {
    std::string url;  ///< smtp://host:587 or smtps://host:465
    std::string username;
    std::string password;
    std::string from;  ///< bare addresses
    std::string to;
    std::string data;  ///< RFC 5322, lines end in CR LF
    std::string ca_file;
    bool plaintext{};  ///< no TLS: a relay on this machine
};

/// To a modem, which is a channel's own.
struct ModemRequest {
    std::string number;
    std::string text;
};

/// To the loudspeaker of a home.
struct SpeakRequest {
    std::string household;
    std::string alert;
    std::string text;
};

using Request = std::variant<HttpRequest, MailRequest, ModemRequest, SpeakRequest>;

/// What the other end said.
struct Reply {
    std::string failure;  ///< nothing was said: why not; empty otherwise
    int status{};         ///< of HTTP or SMTP; of +CMS ERROR; 0 = none
    std::string body;     ///< at most 16 KiB; the references of an SMS
};

enum class Verdict : std::uint8_t {
    accepted = 1,
    limited = 2,  ///< too much for now: the channel rests
    failed = 3,   ///< may work another time
    refused = 4,  ///< never, for this message or this receiver
};

struct Answer {
    Verdict verdict = Verdict::failed;
    std::string text;         ///< the service's words, without secrets; for people
    Duration rest{};          ///< with `limited`: the channel's own idea of how long
    std::string reference{};  ///< what a delivery report will name
    bool turned_away{};       ///< not for the message: whoever sends is not, or no more, served
};

}  // namespace anju::notify
