#include "app/anjud/care_params.hpp"

#include <array>
#include <charconv>

#include "control/protocol.hpp"
#include "core/care/statistics.hpp"
#include "drivers/event_time.hpp"

namespace anju::care_params {
namespace {

/// Two digits at `from`; -1 when there are none.
int two_digits(std::string_view text, std::size_t from) {
    int value = 0;
    const char* const begin = text.data() + from;
    const auto read = std::from_chars(begin, begin + 2, value);
    return read.ec == std::errc{} && read.ptr == begin + 2 && *begin != '-' ? value : -1;
}

}  // namespace

result<Date> date(const Params& params, std::string_view key) {
    const auto text = control::text_param(params, key);
    if (!text) return text.error();
    if (const auto day = parse_date(*text)) return *day;
    return Error{"'" + *text + "' is not a day", std::string(key), "write it as 2026-11-25"};
}

result<Date> week(const Params& params, Date today) {
    const auto text = control::text_param(params, "week", "");
    if (!text) return text.error();
    if (text->empty()) return monday_of(today);
    if (const auto day = parse_date(*text)) return monday_of(*day);
    const auto period = care::parse_period(*text);
    if (period && period->is_week()) return period->first;
    return Error{"'" + *text + "' is not a week", "week", "write 2026-W48, or a day of it"};
}

result<Instant> local_time(const Params& params, std::string_view key, Instant otherwise,
                           Duration utc_offset) {
    const auto text = control::text_param(params, key, "");
    if (!text) return text.error();
    if (text->empty()) return otherwise;
    const Error error{"'" + *text + "' is not a time", std::string(key),
                      "write it as \"2026-11-25 09:30\", local time, or in full with its zone"};
    if (text->size() > 16) {
        const auto ms = drivers::parse_iso8601(*text);
        return ms ? result<Instant>(Instant{Duration{*ms}}) : error;
    }
    if (text->size() != 16 || (text->at(10) != ' ' && text->at(10) != 'T') || text->at(13) != ':') {
        return error;
    }
    const auto day = parse_date(text->substr(0, 10));
    const int hour = two_digits(*text, 11);
    const int minute = two_digits(*text, 14);
    if (!day || hour < 0 || hour > 23 || minute < 0 || minute > 59) return error;
    return instant_at(*day, std::chrono::hours{hour} + std::chrono::minutes{minute}, utc_offset);
}

result<VisitForm> form(const Params& params) {
    const auto text = control::text_param(params, "form", "");
    if (!text) return text.error();
    VisitForm out;
    if (text->empty()) return out;
    const std::array<std::uint8_t*, 6> marks{&out.health,  &out.mind,    &out.safety,
                                             &out.hygiene, &out.housing, &out.needs};
    bool good = text->size() == 2 * marks.size() - 1;
    for (std::size_t i = 0; good && i < marks.size(); ++i) {
        const char mark = text->at(2 * i);
        good = mark >= '0' && mark <= '2' && (i == 0 || text->at(2 * i - 1) == ',');
        *marks[i] = static_cast<std::uint8_t>(mark - '0');
    }
    if (good) return out;
    return Error{"'" + *text + "' is not a visit form", "form",
                 "give six marks for health, mind, safety, hygiene, housing and needs, each 0 not "
                 "looked at, 1 all right or 2 a concern: 1,1,1,1,2,1"};
}

result<TaskKind> contact_kind(const Params& params) {
    const auto text = control::text_param(params, "kind");
    if (!text) return text.error();
    if (*text == "visit") return TaskKind::home_visit;
    if (*text == "call") return TaskKind::phone_call;
    if (*text == "return") return TaskKind::return_check;
    if (*text == "family") return TaskKind::contact_call;
    return Error{"'" + *text + "' is not a kind of contact", "kind",
                 "say visit, call, return or family"};
}

}  // namespace anju::care_params
