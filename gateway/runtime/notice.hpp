// A notice: one person, or one group, is to be told of one thing. It is written with the decision
// it follows from and goes out after that commit; what becomes of it is written later. The core
// knows roles only: whoever makes notices (the port Notifier) knows persons and channels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decision.hpp"
#include "core/model/alert.hpp"
#include "core/model/instant.hpp"

namespace anju {

/// Numbers are stored. Those above `sending` are final, but that `sent` may become `delivered`.
enum class NoticeState : std::uint8_t {
    waiting = 1,
    sending = 2,    ///< handed to a channel, no answer yet; after a restart it is sent again
    sent = 3,       ///< the service has accepted it
    delivered = 4,  ///< the receiver's device has it, says the service
    failed = 5,     ///< every channel refused it for good
    expired = 6,    ///< nobody took it in time
    skipped = 7,    ///< not sent on purpose: it was over, or there was no way or no room
};

enum class NoticeTopic : std::uint8_t { alert = 1, care = 2, channel = 3, test = 4 };

struct NoticeWords {
    std::string title;
    std::string text;  ///< lines; without the title and the link

    friend bool operator==(const NoticeWords&, const NoticeWords&) = default;
};

/// Which words go over a route.
enum class Wording : std::uint8_t {
    open = 1,   ///< names masked; for groups and machines
    brief = 2,  ///< names masked, in one language; for one person
    full = 3,   ///< names in full, in one language; for the person in charge
};

struct NoticeRoute {
    std::string channel;  ///< by its name in the configuration
    std::string address;  ///< phone number, mail address, household; empty for a group
    Wording wording = Wording::open;
    bool refused{};  ///< this way is closed for good: a wrong number

    friend bool operator==(const NoticeRoute&, const NoticeRoute&) = default;
};

struct Notice {
    std::uint64_t id{};  ///< 1, 2, 3 … over the life of the store; 0 = not yet written
    Instant at{};        ///< when what it tells became true
    Instant due{};       ///< not to be sent before; of a digest its hour
    Instant expires{};   ///< not to be sent from then on
    NoticeTopic topic = NoticeTopic::alert;
    Priority priority = Priority::p4;
    SummonsCause cause = SummonsCause::told;  ///< of alerts
    std::string subject;                      ///< the alert or task; empty: neither
    std::string unit;                         ///< the household or community
    std::string recipient;  ///< "worker:lin", "contact:r-1:0", "group:robot", "resident:home-1"
    bool digest{};          ///< goes out together with others, at `due` or when there are many
    std::vector<std::string> mentions;  ///< handles of those a group's message is meant for
    std::vector<NoticeRoute> routes;    ///< in order of preference
    NoticeWords open;                   ///< by Wording; empty where no route wants it
    NoticeWords brief;
    NoticeWords full;
    std::string link;  ///< to answer by; empty: none

    // progress
    NoticeState state = NoticeState::waiting;
    std::uint32_t route{};     ///< the one in use, or that will be tried next
    std::uint32_t attempts{};  ///< in all, over all routes
    Instant changed{};         ///< epoch 0 = never
    std::string over;          ///< the channel that took it; empty = none yet
    std::string answer;        ///< the last words of a service, or why it was skipped

    friend bool operator==(const Notice&, const Notice&) = default;
};

[[nodiscard]] constexpr bool is_final(NoticeState state) {
    return state > NoticeState::sending;
}

[[nodiscard]] std::string_view name(NoticeState state);
[[nodiscard]] std::string_view name(NoticeTopic topic);

/// As it is stored: JSON, so that fields can be added.
[[nodiscard]] std::string encode(const Notice& notice);
[[nodiscard]] std::optional<Notice> decode_notice(std::string_view bytes);

/// The row of the outbox.
struct NoticeRow {
    std::uint64_t id{};
    Instant at{};
    NoticeState state{};
    std::string subject;
    std::string bytes;  ///< encode(Notice)
};

[[nodiscard]] NoticeRow row_of(const Notice& notice);

}  // namespace anju
