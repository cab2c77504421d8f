#include "app/replay/report.hpp"

#include <array>
#include <boost/json.hpp>
#include <cstdio>

namespace anju::replay {

namespace {

std::string rounded(double value, int digits) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string line(const char* label, const std::string& value) {
    return std::string(label) + ": " + value + "\n";
}

}  // namespace

std::string as_text(const Report& report) {
    std::string out;
    out += line("households 户数", std::to_string(report.households) +
                                       (report.from_start ? " (from the first input 从头)"
                                                          : " (from checkpoints 从快照)"));
    out += line("inputs 输入", std::to_string(report.inputs) +
                                   (report.skipped > 0 ? ", before their checkpoint 快照之前 " +
                                                             std::to_string(report.skipped)
                                                       : ""));
    out +=
        line("readings 读数",
             std::to_string(report.readings) + ", " + rounded(report.readings_per_second(), 0) +
                 "/s in the engine 引擎内, " + rounded(report.total_seconds, 2) + " s in all 总计");
    out += line("decisions 决定", std::to_string(report.decisions) + " computed 重算, " +
                                      std::to_string(report.recorded) + " on record 记录");
    for (const auto& [kind, count] : report.raised) {
        out += line(("  " + kind).c_str(), std::to_string(count.computed) + " computed 重算, " +
                                               std::to_string(count.recorded) + " on record 记录");
    }
    for (const Difference& one : report.first) {
        out += one.household.value + "\n";
        out += line("  on record 记录", one.recorded.empty() ? "nothing 无" : one.recorded);
        out += line("  computed 重算", one.computed.empty() ? "nothing 无" : one.computed);
    }
    if (report.differences > report.first.size()) {
        out += "  … " + std::to_string(report.differences - report.first.size()) + " more 其余\n";
    }
    out += report.differences == 0 ? "equal 一致\n"
                                   : line("different 不一致", std::to_string(report.differences));
    return out;
}

std::string as_json(const Report& report) {
    boost::json::array first;
    for (const Difference& one : report.first) {
        first.push_back({{"household", one.household.value},
                         {"recorded", one.recorded},
                         {"computed", one.computed}});
    }
    boost::json::object raised;
    for (const auto& [kind, count] : report.raised) {
        raised[kind] = {{"recorded", count.recorded}, {"computed", count.computed}};
    }
    const boost::json::object out{{"equal", report.differences == 0},
                                  {"from_start", report.from_start},
                                  {"households", report.households},
                                  {"inputs", report.inputs},
                                  {"skipped", report.skipped},
                                  {"readings", report.readings},
                                  {"decisions", report.decisions},
                                  {"recorded", report.recorded},
                                  {"unattributed", report.unattributed},
                                  {"differences", report.differences},
                                  {"first", first},
                                  {"raised", raised},
                                  {"readings_per_second", report.readings_per_second()},
                                  {"engine_seconds", report.engine_seconds},
                                  {"total_seconds", report.total_seconds}};
    return boost::json::serialize(out) + "\n";
}

}  // namespace anju::replay
