#include "app/anjuctl/views_explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "app/anjuctl/explain_text.hpp"
#include "app/anjuctl/field.hpp"
#include "app/anjuctl/sheet.hpp"
#include "app/anjuctl/table.hpp"
#include "core/model/names.hpp"
#include "core/text/quantities.hpp"

namespace anju::ctl {
namespace {

namespace json = boost::json;

constexpr Text continued{"", ""};

template <class... Facts>
std::string filled(Text words, Lang lang, const Facts&... facts) {
    return fmt::format(fmt::runtime(words.in(lang)), facts...);
}

anju::text::Language language(Lang lang) {
    return lang == Lang::zh ? anju::text::Language::zh : anju::text::Language::en;
}

std::vector<std::string> words(Lang lang, std::initializer_list<Text> texts) {
    std::vector<std::string> out;
    for (const Text& text : texts) out.emplace_back(text.in(lang));
    return out;
}

/// "厨房 水表 (wm-1)", "kitchen water_meter (wm-1)"
std::string device_name(const json::value& device, Lang lang) {
    const std::string label = field(device, "label");
    return (label.empty() ? "" : label + " ") + term_field(device, "kind", lang) + " (" +
           field(device, "device") + ")";
}

class Page {
public:
    Page(const json::value& result, Lang lang)
        : result_(result),
          silence_(member(result, "silence")),
          learning_(member(result, "learning")),
          today_(field(result, "now").substr(0, 10)),
          lang_(lang) {}

    [[nodiscard]] std::string text() const {
        return head() + "\n" + present() + "\n" + day() + "\n" + sensors() + missing() + routine();
    }

private:
    [[nodiscard]] std::string say(Text words) const { return std::string(words.in(lang_)); }

    [[nodiscard]] std::string comma() const { return lang_ == Lang::zh ? "，" : ", "; }

    [[nodiscard]] std::string span(const json::value& of, std::string_view key) const {
        return span_text(std::chrono::seconds{number(of, key)}, lang_);
    }

    /// "07:00" today, else "03-02 07:00"; empty: not to be expected.
    [[nodiscard]] std::string moment(const json::value& of, std::string_view key) const {
        const std::string at = field(of, key);
        if (at.size() < 16) return {};
        const std::string clock = at.substr(11, 5);
        return at.starts_with(today_) ? clock : at.substr(5, 5) + " " + clock;
    }

    [[nodiscard]] std::string head() const {
        Sheet sheet(lang_);
        sheet.line(text::household, field(result_, "household"));
        for (const json::value& resident : rows(result_, "residents")) {
            sheet.line(text::resident, field(resident, "name") + " (" + field(resident, "id") +
                                           ", " + term_field(resident, "status", lang_) + ")");
        }
        if (member(learning_, "first_sign").is_null()) {
            sheet.line(text::learned, say(text::nothing_learned));
        } else {
            sheet.line(text::learned, filled(text::learned_since, lang_,
                                             time_field(learning_, "first_sign", lang_),
                                             number(learning_, "days")));
        }
        sheet.line(text::judged_by, judged_by());
        return sheet.text();
    }

    [[nodiscard]] std::string judged_by() const {
        const std::string judged = field(silence_, "judged");
        if (judged == "yes") return say(text::by_person);
        if (judged == "not_watched") return filled(text::not_watched, lang_, status_of_first());
        if (judged == "unheard") return say(text::not_heard);
        if (judged == "out") return say(text::gone_out);
        if (judged == "unsettled") return say(text::not_settled);
        if (judged == "no_sign") return say(text::no_sign_yet);
        std::string presets;
        for (const json::value& preset : rows(learning_, "presets")) {
            if (!preset.is_string()) continue;
            presets += (presets.empty() ? "" : ", ") + std::string(preset.get_string());
        }
        if (presets.empty()) presets = say(text::no_presets);
        return filled(text::by_presets, lang_, moment(learning_, "personal_from"), presets);
    }
    [[nodiscard]] std::string status_of_first() const {
        const json::array& residents = rows(result_, "residents");
        return residents.empty() ? std::string() : term_field(residents[0], "status", lang_);
    }

    [[nodiscard]] std::string present() const {
        Sheet sheet(lang_);
        sheet.line(text::now, time_field(result_, "now", lang_));
        const json::value& device = member(silence_, "last_device");
        std::string last = time_field(silence_, "last_sign", lang_);
        if (!device.is_null()) last += comma() + device_name(device, lang_);
        sheet.line(text::last_sign, last);
        if (!member(silence_, "since").is_null()) sheet.line(text::silent_for, silent_for());
        sheet.line(text::where_now, whereabouts());
        surprise(sheet);
        if (!member(silence_, "half_over").is_null()) {
            sheet.line(text::usually_over,
                       filled(text::over_by, lang_, moment(silence_, "half_over"),
                              moment(silence_, "nearly_over")));
        }
        sheet.line(text::goes_on, goes_on());
        return sheet.text();
    }

    [[nodiscard]] std::string silent_for() const {
        const std::string length = span(silence_, "silent_s");
        const std::string until = moment(silence_, "known_until");
        if (field(silence_, "since") == field(silence_, "last_sign")) {
            return filled(text::silent_value, lang_, length, until);
        }
        return filled(text::counted_from, lang_, moment(silence_, "since"), length, until);
    }

    [[nodiscard]] std::string whereabouts() const {
        const std::string where = term_field(silence_, "whereabouts", lang_);
        const std::string since = moment(silence_, "whereabouts_since");
        if (since.empty()) return where;
        const bool known = flag(silence_, "whereabouts_known");
        return filled(known ? text::by_door : text::presumed, lang_, where, since);
    }

    void surprise(Sheet& sheet) const {
        const std::string alert = field(silence_, "surprise_alert");
        if (alert.empty()) return;
        const std::string phone = field(silence_, "surprise_phone");
        const std::string of_phone =
            phone.empty() ? phone : filled(text::surprise_phone, lang_, tenths(phone));
        const bool unusual = !member(silence_, "surprise").is_null();
        const std::string score = unusual ? tenths(field(silence_, "surprise")) : "0.0";
        sheet.line(text::surprise,
                   filled(text::surprise_of, lang_, score, tenths(alert)) + of_phone);
        sheet.line(continued, unusual ? filled(text::once_in, lang_,
                                               anju::text::often(language(lang_),
                                                                 number(silence_, "once_in_days")))
                                      : say(text::not_unusual));
    }
    /// JSON spells numbers as it likes.
    [[nodiscard]] static std::string tenths(const std::string& number) {
        return fmt::format("{:.1f}", std::strtod(number.c_str(), nullptr));
    }

    [[nodiscard]] std::string goes_on() const {
        const std::string judged = field(silence_, "judged");
        std::string out;
        const auto add = [&](const std::string& part) {
            out += (out.empty() ? "" : comma()) + part;
        };
        if (flag(silence_, "phone_told")) add(say(text::phone_done));
        if (flag(silence_, "alert_told")) add(say(text::alert_done));
        const std::string phone = moment(silence_, "phone_at");
        const std::string alert = moment(silence_, "alert_at");
        if (!phone.empty()) add(filled(text::phone_at, lang_, phone));
        if (!alert.empty()) add(filled(text::alert_at, lang_, alert));
        const bool awaited = !phone.empty() || !alert.empty();
        if (awaited && number(silence_, "delivery_s") > 0) out += say(text::at_latest);
        const bool is_judged = judged == "yes" || judged == "warm_up" || judged == "unsettled";
        return out.empty() && is_judged ? say(text::nothing_due) : out;
    }

    [[nodiscard]] std::string day() const;

    [[nodiscard]] std::string sensors() const {
        Sheet sheet(lang_);
        const json::value& best = member(result_, "best_delay");
        sheet.line(text::best_delay, best.is_null()
                                         ? say(text::no_sensor)
                                         : filled(text::best_by, lang_, span(best, "seconds"),
                                                  field(best, "device")));
        std::string heard;
        if (!member(result_, "heard_part").is_null()) {
            const double part = std::strtod(field(result_, "heard_part").c_str(), nullptr);
            heard = filled(text::heard_part, lang_, static_cast<int>(part * 100 + 0.5));
        }
        if (flag(result_, "hour_meter_heard")) {
            heard += (heard.empty() ? "" : comma()) + say(text::heard_meter);
        }
        sheet.line(text::heard_now, heard);
        sheet.line(text::allowed, allowance("alerts", text::allowed_alert));
        sheet.line(continued, allowance("phone_calls", text::allowed_phone));
        sheet.line(text::at_last, filled(text::backstops, lang_, span(result_, "home_backstop_s"),
                                         span(result_, "unknown_backstop_s")));
        return sheet.text();
    }

    [[nodiscard]] std::string allowance(std::string_view key, Text words) const {
        const json::value& some = member(result_, key);
        const auto decimal = [&](std::string_view of) {
            return fmt::format("{:g}", std::strtod(field(some, of).c_str(), nullptr));
        };
        const std::string seen = member(some, "reached_per_month").is_null()
                                     ? std::string()
                                     : filled(text::reached, lang_, decimal("reached_per_month"));
        return filled(words, lang_, decimal("per_month"), seen);
    }

    [[nodiscard]] std::string missing() const {
        Table table(words(lang_, {text::missing_data, text::why, text::last_heard}));
        for (const json::value& gap : rows(result_, "missing")) {
            table.row({device_name(gap, lang_), why(field(gap, "why")),
                       time_field(gap, "last_heard", lang_)});
        }
        return table.empty() ? "" : "\n" + table.text();
    }
    [[nodiscard]] std::string why(std::string_view code) const {
        constexpr std::array<std::pair<std::string_view, Text>, 8> known{
            {{"never_heard", text::never_heard},
             {"not_heard_again", text::not_heard_again},
             {"stale", text::stale},
             {"offline", text::offline},
             {"faulty", text::faulty},
             {"unreachable", text::bridge_lost_it},
             {"muted", text::muted},
             {"doubted", text::doubted}}};
        for (const auto& [name, words] : known) {
            if (name == code) return say(words);
        }
        return std::string(code);
    }

    [[nodiscard]] std::string routine() const {
        constexpr std::array<std::pair<std::string_view, Text>, 4> features{
            {{"wake_time", text::wake_time},
             {"night_visits", text::night_visits},
             {"water_per_day", text::water_per_day},
             {"outings", text::outings}}};
        Table table(words(lang_, {text::routine, text::usual, text::recent}));
        for (const json::value& seen : rows(result_, "routine")) {
            const std::string name = field(seen, "feature");
            const auto* const found = std::ranges::find(features, std::string_view(name),
                                                        &std::pair<std::string_view, Text>::first);
            if (found == features.end()) continue;
            const std::string usual = value_of(seen, "usual");
            const std::string recent = value_of(seen, "recent");
            if (usual.empty() && recent.empty()) continue;
            table.row({say(found->second), usual.empty() ? say(text::not_known) : usual,
                       recent.empty() ? say(text::not_known) : recent});
        }
        return table.empty() ? "" : "\n" + table.text();
    }
    [[nodiscard]] std::string value_of(const json::value& seen, std::string_view key) const {
        if (member(seen, key).is_null()) return {};
        for (const EvidenceUnit unit :
             {EvidenceUnit::time_of_day, EvidenceUnit::millilitres, EvidenceUnit::thousandths}) {
            if (anju::name(unit) == field(seen, "unit")) {
                return anju::text::amount(language(lang_), number(seen, key), unit);
            }
        }
        return field(seen, key);
    }

    const json::value& result_;
    const json::value& silence_;
    const json::value& learning_;
    std::string today_;
    Lang lang_;
};

/// "1:05", right-aligned.
std::string hours_minutes(std::int64_t seconds) {
    return fmt::format("{:>2}:{:02}", seconds / 3600, seconds / 60 % 60);
}

std::string Page::day() const {
    const json::value& day = member(result_, "day");
    const json::array& hours = rows(day, "hours");
    if (hours.empty()) return say(text::no_day) + "\n";
    // What a block stands for: the shortest with which every bar stays within the page.
    constexpr std::int64_t widest = 48;
    std::int64_t longest = 0;
    for (const json::value& hour : hours) {
        longest = std::max({longest, number(hour, "nearly_over_s"), number(hour, "alert_s")});
    }
    std::int64_t block = 15 * 60;
    while (longest > block * widest) block *= 2;

    Table table(words(lang_, {text::hour, text::half, text::nineteen, text::alert, continued}));
    for (const json::value& hour : hours) {
        std::string bar;
        std::int64_t drawn = 0;
        const auto draw = [&](std::string_view key, std::string_view glyph) {
            for (; drawn < (number(hour, key) + block / 2) / block; ++drawn) bar += glyph;
        };
        draw("half_over_s", "█");
        draw("nearly_over_s", "▓");
        draw("alert_s", "░");
        const bool is_told = !member(hour, "alert_s").is_null();
        table.row({fmt::format("{:02}", number(hour, "hour")),
                   hours_minutes(number(hour, "half_over_s")),
                   hours_minutes(number(hour, "nearly_over_s")),
                   is_told ? hours_minutes(number(hour, "alert_s")) : "    –", bar});
    }
    const Text title = flag(day, "weekend") ? text::weekend_day : text::working_day;
    return say(title) + "\n" + table.text() + filled(text::legend, lang_, block / 60) + "\n";
}

}  // namespace

std::string show_explanation(const json::value& result, Lang lang) {
    return Page(result, lang).text();
}

}  // namespace anju::ctl
