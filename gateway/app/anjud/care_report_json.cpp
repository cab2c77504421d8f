#include "app/anjud/care_report_json.hpp"

#include <string_view>
#include <utility>

#include "control/render_care.hpp"

namespace anju {
namespace {

std::string_view name(ReportRow::Level level) {
    switch (level) {
        case ReportRow::Level::community:
            return "community";
        case ReportRow::Level::street:
            return "street";
        case ReportRow::Level::district:
            return "district";
        case ReportRow::Level::all:
            break;
    }
    return "all";
}

}  // namespace

boost::json::object report_json(const CareReport& report, const std::string& asked,
                                const std::string& by) {
    const care::Period& period = report.period;
    boost::json::array rows;
    for (const ReportRow& row : report.rows) {
        if (!by.empty() && name(row.level) != by) continue;
        rows.push_back({{"level", boost::json::string(name(row.level))},
                        {"code", row.code},
                        {"name", row.name},
                        {"street", row.street},
                        {"district", row.district},
                        {"provisional", row.provisional},
                        {"tally", control::CareRender::tally(row.tally)}});
    }
    boost::json::array open;
    for (const auto& [week, communities] : report.weeks_open) {
        boost::json::array names;
        for (const std::string& one : communities) names.push_back(boost::json::string(one));
        open.push_back({{"week", care::week_name(week)}, {"communities", std::move(names)}});
    }
    return {{"period", asked},
            {"first", to_text(period.first_day)},
            {"last", to_text(period.last_day - 1)},
            {"whole_weeks", !period.is_day() && !period.is_week()},
            {"first_week", care::week_name(monday_of(period.first))},
            {"last_week", care::week_name(monday_of(period.last - 1))},
            {"open_weeks", std::move(open)},
            {"rows", std::move(rows)}};
}

}  // namespace anju
