// What HTTP itself says; see channel.hpp.
#include "notify/channel.hpp"
#include "notify/utf8.hpp"

namespace anju::notify {

std::optional<Answer> judge_http(const Reply& reply) {
    using namespace std::chrono_literals;
    if (!reply.failure.empty()) return Answer{Verdict::failed, reply.failure};
    const std::string text =
        "HTTP " + std::to_string(reply.status) + " " + shortened(reply.body, 200);
    if (reply.status >= 200 && reply.status < 300) return std::nullopt;
    if (reply.status == 429) return Answer{Verdict::limited, text, 1min};
    // 401 and 403 may be a key that somebody mends, 404 and 408 a moment of the service.
    const bool for_good = reply.status == 400 || reply.status == 413 || reply.status == 422;
    const bool away = reply.status == 401 || reply.status == 403 || reply.status == 410;
    return Answer{.verdict = for_good ? Verdict::refused : Verdict::failed,
                  .text = text,
                  .turned_away = away};
}

}  // namespace anju::notify
