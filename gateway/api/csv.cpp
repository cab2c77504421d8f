#include "api/csv.hpp"

#include <array>

#include "core/text/catalogue.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

/// A column: where its value stands in a row, member by member.
struct Column {
    text::Wording heading;
    std::array<std::string_view, 4> path;
};

constexpr Column columns[] = {
    {{"级别", "level"}, {"level"}},
    {{"编码", "code"}, {"code"}},
    {{"名称", "name"}, {"name"}},
    {{"镇街", "street"}, {"street"}},
    {{"区县", "district"}, {"district"}},
    {{"未结账", "provisional"}, {"provisional"}},
    {{"人周", "resident weeks"}, {"tally", "resident_weeks"}},
    {{"暂停人周", "suspended weeks"}, {"tally", "suspended_weeks"}},
    {{"上门完成", "visits done"}, {"tally", "visits", "part"}},
    {{"上门应做", "visits due"}, {"tally", "visits", "of"}},
    {{"电话完成", "calls done"}, {"tally", "calls", "part"}},
    {{"电话应做", "calls due"}, {"tally", "calls", "of"}},
    {{"完成率‰", "quota permille"}, {"tally", "quota", "permille"}},
    {{"联系成功率‰", "reached permille"}, {"tally", "reached", "permille"}},
    {{"按时率‰", "on time permille"}, {"tally", "on_time", "permille"}},
    {{"漏访", "missed"}, {"tally", "missed"}},
    {{"逾期", "overdue"}, {"tally", "overdue"}},
    {{"误报率‰", "false alerts permille"}, {"tally", "alerts", "false", "permille"}},
    {{"设备在线率‰", "uptime permille"}, {"tally", "device_uptime", "permille"}},
};

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

std::string shown(const json::value& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return std::string(value.get_string());
    return json::serialize(value);
}

std::string at(const json::object& row, const Column& column) {
    const json::object* where = &row;
    for (std::size_t i = 0; i < column.path.size(); ++i) {
        const json::value* const value = where->if_contains(column.path[i]);
        if (value == nullptr) return {};
        const bool last = i + 1 == column.path.size() || column.path[i + 1].empty();
        if (last) return shown(*value);
        if (!value->is_object()) return {};
        where = &value->get_object();
    }
    return {};
}

}  // namespace

std::string csv_field(std::string_view text) {
    std::string out(text);
    if (!text.empty() && !is_number(text) &&
        (std::string_view("=+-@").find(text[0]) != std::string_view::npos ||
         static_cast<unsigned char>(text[0]) < 0x20)) {
        out.insert(out.begin(), '\'');
    }
    if (out.find_first_of("\",\r\n") == std::string::npos) return out;
    std::string quoted = "\"";
    for (const char letter : out) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + "\"";
}

std::string report_csv(const json::array& rows) {
    std::string out = "\xEF\xBB\xBF";
    const auto line = [&](auto field) {
        bool first = true;
        for (const Column& column : columns) {
            if (!first) out += ',';
            first = false;
            out += csv_field(field(column));
        }
        out += "\r\n";
    };
    line([](const Column& column) {
        return std::string(column.heading.zh) + " " + std::string(column.heading.en);
    });
    for (const json::value& row : rows) {
        line([&](const Column& column) { return at(row.as_object(), column); });
    }
    return out;
}

}  // namespace anju::api
