#include "config/self_check.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "config/suggest.hpp"
#include "config/web_sections.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

bool number(std::string_view text, unsigned& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

/// "gpiochip0:17"
std::optional<GpioLine> parse_line(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    GpioLine line;
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    if (!number(text.substr(colon + 1), line.offset)) return std::nullopt;
    line.chip = text.substr(0, colon);
    return line;
}

/// "22:00"
std::optional<Duration> parse_time(std::string_view text) {
    unsigned hour = 0;
    unsigned minute = 0;
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    if (!number(text.substr(0, 2), hour) || !number(text.substr(3), minute)) return std::nullopt;
    if (hour > 23 || minute > 59) return std::nullopt;
    return hours{hour} + minutes{minute};
}

/// "22:00-06:00"
std::optional<Window> parse_window(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto from = parse_time(text.substr(0, 5));
    const auto to = parse_time(text.substr(6));
    if (!from || !to || *from == *to) return std::nullopt;
    return Window{*from, *to};
}

std::string time_text(Duration time) {
    const auto all = std::chrono::floor<minutes>(time).count();
    const auto two = [](std::int64_t value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    return two(all / 60) + ":" + two(all % 60);
}

}  // namespace

SelfCheck read_self_check(Section& section, const std::filesystem::path& folder) {
    SelfCheck check;
    check.speaker = section.text("speaker").value_or("");
    if (const auto text = section.text("led"); text && !text->empty()) {
        check.led = parse_line(*text);
        if (!check.led) {
            section.wrong("led", "'" + *text + "' names no pin",
                          R"(write the chip and the number of the pin: "gpiochip0:17")");
        }
    }
    if (const auto text = section.text("language")) {
        constexpr std::array<std::string_view, 2> languages{"zh", "en"};
        if (std::ranges::find(languages, *text) == languages.end()) {
            section.wrong("language", "'" + *text + "' is not spoken",
                          suggestion(*text, languages));
        }
        check.language = *text;
    }
    check.times = section.integer("times", 1, 5).value_or(check.times);
    check.volume = section.integer("volume", 0, 100).value_or(check.volume);
    check.quiet_volume = section.integer("quiet_volume", 0, 100).value_or(check.quiet_volume);
    if (const auto text = section.text("quiet"); text && !text->empty()) {
        check.quiet = parse_window(*text);
        if (!check.quiet) {
            section.wrong("quiet", "'" + *text + "' is not a span of the day",
                          R"(write it like "22:00-06:00")");
        }
    }
    if (const auto v = section.duration("blink_for", std::chrono::seconds{1}, hours{1})) {
        check.blink_for = std::chrono::floor<std::chrono::seconds>(*v);
    }
    if (const auto dir = section.text("sounds_dir")) check.sounds_dir = folder / *dir;
    section.finish();
    return check;
}

void write_self_check(Writer& out, const SelfCheck& check) {
    out.section("[self_check]");
    out.text("speaker", check.speaker);
    if (check.led) out.text("led", check.led->chip + ":" + std::to_string(check.led->offset));
    out.text("language", check.language);
    out.raw("times", std::to_string(check.times));
    out.raw("volume", std::to_string(check.volume));
    if (check.quiet) {
        out.text("quiet", time_text(check.quiet->from) + "-" + time_text(check.quiet->to));
    }
    out.raw("quiet_volume", std::to_string(check.quiet_volume));
    out.duration("blink_for", check.blink_for);
    out.text("sounds_dir", check.sounds_dir);
}

}  // namespace anju::config
