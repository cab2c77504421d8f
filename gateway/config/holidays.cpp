// See holidays.hpp.
#include "config/holidays.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "config/section.hpp"

namespace anju::config {
namespace {

constexpr int longest_holiday = 16;  // days; the longest so far had 9

class HolidayReader {
public:
    void year(Section& section) {
        section.require("year", "2026");
        year_ = static_cast<int>(section.integer("year", 1990, 2200).value_or(0));
        section.require("source", R"("the notice that announced it")");
        HolidayYear out{.year = year_, .source = section.text("source").value_or("")};
        if (year_ != 0 && !years_.emplace(year_, section.where("year")).second) {
            section.wrong("year",
                          std::to_string(year_) + " stands here twice, first at " + years_[year_],
                          "join the two");
        }
        const std::size_t off = calendar_.days_off.size();
        const std::size_t worked = calendar_.worked.size();
        bool none = true;
        for (Section& inner : section.tables("holiday")) {
            none = false;
            holiday(inner);
        }
        out.days_off = calendar_.days_off.size() - off;
        out.worked = calendar_.worked.size() - worked;
        if (none) {
            section.wrong("holiday", "holds no day off", "add the year's holidays, or remove it");
        }
        calendar_.years.push_back(year_);
        said_.push_back(std::move(out));
        section.finish();
    }

    Holidays take() {
        std::ranges::sort(calendar_.years);
        std::ranges::sort(calendar_.days_off);
        std::ranges::sort(calendar_.worked);
        std::ranges::sort(said_, {}, &HolidayYear::year);
        return {std::move(calendar_), std::move(said_)};
    }

private:
    void holiday(Section& section) {
        (void)section.text("name");
        section.require("days", R"("2026-10-01..2026-10-07")");
        if (const auto text = section.text("days")) {
            if (const auto span = parse_days(*text, longest_holiday)) {
                for (Date date = span->first; date <= span->second; date = date + 1) {
                    const std::string wrong = add(date, section.where("days"), true);
                    if (wrong.empty()) continue;
                    section.wrong("days", "holds " + to_text(date) + ", " + wrong,
                                  "look at the notice again");
                    break;
                }
            } else {
                section.wrong("days", "'" + *text + "' is no day and no span of days",
                              R"(write "2026-01-01", or "2026-10-01..2026-10-07")");
            }
        }
        const auto worked = section.texts("worked");
        for (std::size_t i = 0; worked && i < worked->size(); ++i) {
            const auto date = parse_date((*worked)[i]);
            const std::string wrong =
                date ? add(*date, section.where("worked"), false) : "which is no day";
            if (!wrong.empty()) {
                section.wrong_element("worked", i, "holds '" + (*worked)[i] + "', " + wrong,
                                      "look at the notice again");
            }
        }
        section.finish();
    }

    /// What is wrong with it; empty: it was taken. A holiday at the turn of the year may begin in
    /// the December before.
    std::string add(Date date, const std::string& where, bool off) {
        const bool eve = date >= make_date(year_ - 1, 12, 25) && date < make_date(year_, 1, 1);
        if (year_ != 0 && year_of(date) != year_ && !eve) {
            return "a day of another year than " + std::to_string(year_);
        }
        if (!off && weekday(date) < 5) return "which is no Saturday and no Sunday";
        const auto [first, is_new] = days_.try_emplace(date, where);
        if (!is_new) return "which is said already at " + first->second;
        (off ? calendar_.days_off : calendar_.worked).push_back(date);
        return {};
    }

    int year_ = 0;
    WorkCalendar calendar_;
    std::vector<HolidayYear> said_;
    std::map<int, std::string> years_;
    std::map<Date, std::string> days_;
};

}  // namespace

std::optional<std::pair<Date, Date>> parse_days(std::string_view text, int longest) {
    const std::size_t dots = text.find("..");
    const auto first = parse_date(text.substr(0, dots));
    const auto last = dots == text.npos ? first : parse_date(text.substr(dots + 2));
    if (!first || !last || *last < *first || *last - *first >= longest) return std::nullopt;
    return std::pair{*first, *last};
}

boost::system::result<Holidays, Errors> parse_holidays(std::string_view toml,
                                                       std::string_view file_name) {
    Report report{std::string(file_name)};
    toml::table root;
    try {
        root = toml::parse(toml, file_name);
    } catch (const toml::parse_error& error) {
        report.add(error.source(), "not TOML: " + std::string(error.description()),
                   "correct this line; whatever follows was not looked at");
        return report.take();
    }
    Section top{root, nullptr, "", -1, report};
    HolidayReader reader;
    for (Section& section : top.tables("year")) reader.year(section);
    top.finish();
    if (!report.empty()) return report.take();
    return reader.take();
}

boost::system::result<Holidays, Errors> load_holidays(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    std::error_code none;
    if (std::filesystem::is_directory(path, none) || !in || !(content << in.rdbuf())) {
        return Errors{{"the file of holidays cannot be read", path.string(),
                       "put holidays-cn.toml there, or name it as holidays_file in [gateway]"}};
    }
    return parse_holidays(std::move(content).str(), path.string());
}

std::vector<int> missing_years(const WorkCalendar& calendar, Date today, int ahead) {
    std::vector<int> out;
    for (int year = year_of(today); year <= year_of(today + ahead); ++year) {
        if (!calendar.covers(make_date(year, 1, 1))) out.push_back(year);
    }
    return out;
}

}  // namespace anju::config
