// Times of the day and days of the week, as people write them. See rules.hpp.
#include <algorithm>
#include <array>

#include "config/rules.hpp"
#include "config/suggest.hpp"
#include "config/units.hpp"

namespace anju::config {
namespace {

using std::chrono::hours;

constexpr hours morning{8};  // nobody is called or visited before, alerts apart
constexpr hours evening{20};

constexpr std::string_view example = R"(write it like "09:00-11:30")";

}  // namespace

std::optional<std::vector<Window>> read_windows(Section& section, std::string_view key) {
    const auto texts = section.texts(key);
    if (!texts) return std::nullopt;
    std::vector<Window> out;
    bool good = true;
    const auto wrong = [&](std::size_t i, const std::string& what, std::string remedy) {
        section.wrong_element(key, i, "holds '" + (*texts)[i] + "', " + what, std::move(remedy));
        good = false;
    };
    for (std::size_t i = 0; i < texts->size(); ++i) {
        const auto window = parse_window((*texts)[i]);
        if (!window) {
            wrong(i, "which is not a span of the day", std::string(example));
        } else if (window->from >= window->to) {
            wrong(i, "which ends before it begins", "write the earlier time first");
        } else if (window->from < morning || window->to > evening) {
            wrong(i, "which reaches into the night, from 20:00 to 08:00",
                  "choose a span between 08:00 and 20:00");
        } else {
            const auto other = std::ranges::find_if(out, [&](const Window& one) {
                return one.from < window->to && window->from < one.to;
            });
            if (other == out.end()) {
                out.push_back(*window);
            } else {
                wrong(i, "which overlaps " + format_window(*other), "join the two");
            }
        }
    }
    if (texts->empty()) {
        section.wrong(key, "is empty", "remove this line, or write a span such as 09:00-11:30");
        good = false;
    }
    std::ranges::sort(out, {}, &Window::from);
    return good ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::uint8_t> read_weekdays(Section& section, std::string_view key) {
    constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const auto texts = section.texts(key);
    if (!texts) return std::nullopt;
    unsigned bits = 0;
    bool good = true;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        const std::string& text = (*texts)[i];
        const auto day = std::ranges::find(days, text);
        if (day == days.end()) {
            section.wrong_element(key, i, "holds '" + text + "', which is no day of the week",
                                  suggestion(text, days));
            good = false;
            continue;
        }
        const unsigned bit = 1U << static_cast<unsigned>(day - days.begin());
        if ((bits & bit) != 0) {
            section.wrong_element(key, i, "holds '" + text + "' twice", "remove one of them");
            good = false;
        }
        bits |= bit;
    }
    if (texts->empty()) {
        section.wrong(key, "is empty", "remove this line, or name the days");
        good = false;
    }
    return good ? std::optional(static_cast<std::uint8_t>(bits)) : std::nullopt;
}

}  // namespace anju::config
