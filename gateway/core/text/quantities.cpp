#include "core/text/quantities.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace anju::text {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

struct SpanUnit {
    Duration length;
    std::string_view zh;
    std::string_view en;
};
constexpr std::array<SpanUnit, 4> span_units{
    SpanUnit{24h, " 天", " d"}, SpanUnit{1h, " 小时", " h"}, SpanUnit{1min, " 分钟", " min"},
    SpanUnit{1s, " 秒", " s"}};

}  // namespace

std::string local_time(Language language, Instant at, Duration utc_offset,
                       std::optional<Instant> same_day_as) {
    const Instant local = at + utc_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day);
    const std::string clock = two_digits(minutes / 1h) + ":" + two_digits(minutes % 1h / 1min);
    if (same_day_as && std::chrono::floor<std::chrono::days>(*same_day_as + utc_offset) == day) {
        return clock;
    }
    const std::chrono::year_month_day date{day};
    const auto month = static_cast<unsigned>(date.month());
    const std::string number = std::to_string(static_cast<unsigned>(date.day()));
    if (language == Language::zh) {
        return std::to_string(month) + "月" + number + "日 " + clock;
    }
    return number + " " + std::string(months[month - 1]) + " " + clock;
}

std::string span(Language language, Duration length) {
    std::string out;
    int units = 0;
    for (const SpanUnit& unit : span_units) {
        const auto count = length / unit.length;
        if (count > 0 && units < 2) {
            if (units++ > 0) out += ' ';
            out += std::to_string(count);
            out += language == Language::zh ? unit.zh : unit.en;
        } else if (units > 0) {
            break;
        }
        length %= unit.length;
    }
    if (out.empty()) return language == Language::zh ? "0 秒" : "0 s";
    return out;
}

std::string often(Language language, std::int64_t once_in_days) {
    const std::int64_t days = std::max<std::int64_t>(once_in_days, 1);
    const bool by_day = days < 45;
    const bool by_month = days < 548;
    const std::int64_t count = by_day ? days : by_month ? (days + 15) / 30 : (days + 182) / 365;
    const std::string number = std::to_string(count);
    if (language == Language::zh) {
        return number + (by_day ? " 天" : by_month ? " 个月" : " 年");
    }
    return number + (by_day ? " day" : by_month ? " month" : " year") + (count == 1 ? "" : "s");
}

std::string amount(Language language, std::int64_t value, EvidenceUnit unit) {
    switch (unit) {
        case EvidenceUnit::millilitres: {
            const std::int64_t tenths = value / 100;
            std::string out = std::to_string(tenths / 10);
            if (tenths % 10 != 0) out += "." + std::to_string(tenths % 10);
            return out + (language == Language::zh ? " 升" : " L");
        }
        case EvidenceUnit::milliseconds:
            return span(language, Duration{value});
        case EvidenceUnit::percent:
            return std::to_string(value) + "%";
        case EvidenceUnit::time_of_day: {
            const Duration time = Duration{value} % 24h;
            return two_digits(time / 1h) + ":" + two_digits(time % 1h / 1min);
        }
        case EvidenceUnit::thousandths: {
            const std::int64_t tenths = (value + 50) / 100;
            return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
        }
        case EvidenceUnit::none:
            break;
    }
    return {};
}

}  // namespace anju::text
