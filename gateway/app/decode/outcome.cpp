#include "app/decode/outcome.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdio>

#include "app/decode/words.hpp"
#include "core/model/names.hpp"

namespace anju::decode {
namespace {

namespace json = boost::json;
using drivers::Decoded;
using drivers::DecodeError;

struct Flag {
    std::uint16_t bit;
    std::string_view name;
};
constexpr Flag flags[] = {{quality::retained, "retained"},
                          {quality::test, "test"},
                          {quality::clock_replaced, "clock_replaced"},
                          {quality::late, "late"}};

/// RFC 3339 in UTC with milliseconds.
std::string time_text(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(at - day);
    char out[40];
    std::snprintf(
        out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int{date.year()},
        unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return out;
}

std::string_view driver_of(const Outcome& outcome, const Decoded& one) {
    return one.driver.empty() ? outcome.driver : one.driver;
}

json::object reading_json(const Decoded& one, const Reading& reading) {
    json::array marks;
    for (const Flag& flag : flags) {
        if ((reading.quality & flag.bit) != 0) marks.push_back(json::string(flag.name));
    }
    return {{"device", one.address},
            {"kind", name(reading.kind)},
            {"value", reading.value},
            {"unit", unit_of(reading.kind)},
            {"event_time", reading.event_time == Instant{}
                               ? json::value(nullptr)
                               : json::value(time_text(reading.event_time))},
            {"quality", std::move(marks)}};
}

json::object device_json(const Outcome& outcome, const Decoded& one) {
    json::object out{{"driver", driver_of(outcome, one)}, {"device", one.address}};
    if (!one.alias.empty()) out["alias"] = one.alias;
    if (!one.model.empty()) out["model"] = one.model;
    if (!one.message_id.empty()) out["message_id"] = one.message_id;
    if (one.rssi_dbm) out["rssi_dbm"] = *one.rssi_dbm;
    if (one.lqi) out["lqi"] = *one.lqi;
    return out;
}

json::object error_json(const Outcome& outcome, const DecodeError& error) {
    const std::string_view stage = outcome.bad_request                             ? "input"
                                   : error.stage == drivers::DecodeStage::envelope ? "envelope"
                                                                                   : "payload";
    json::object out{
        {"stage", stage}, {"code", error.code}, {"at", error.at}, {"text", error.text}};
    if (!error.address.empty()) out["device"] = error.address;
    if (!error.model.empty()) out["model"] = error.model;
    return out;
}

}  // namespace

std::string_view unit_of(ReadingKind kind) {
    switch (kind) {
        case ReadingKind::water_total_ml:
        case ReadingKind::water_used_ml:
        case ReadingKind::water_reverse_ml:
            return "mL";
        case ReadingKind::water_flow_mlh:
            return "mL/h";
        case ReadingKind::battery_pct:
            return "%";
        case ReadingKind::battery_mv:
            return "mV";
        default:
            return "";
    }
}

json::object to_json(const Outcome& outcome) {
    json::array readings;
    json::array devices;
    json::array problems;
    for (const Decoded& one : outcome.decoded) {
        for (const Reading& reading : one.readings) readings.push_back(reading_json(one, reading));
        if (!one.address.empty()) devices.push_back(device_json(outcome, one));
        for (const drivers::Problem& problem : one.problems) {
            problems.push_back(json::object{{"device", one.address},
                                            {"code", problem.code},
                                            {"property", problem.property},
                                            {"at", problem.at},
                                            {"text", problem.text}});
        }
    }
    json::object out{{"readings", std::move(readings)},
                     {"error", outcome.error ? json::value(error_json(outcome, *outcome.error))
                                             : json::value(nullptr)}};
    if (!devices.empty()) out["devices"] = std::move(devices);
    if (!problems.empty()) out["problems"] = std::move(problems);
    return out;
}

std::string to_text(const Outcome& outcome, Lang lang) {
    std::string out;
    if (outcome.error) {
        return words::error.in(lang) + outcome.error->code + " (" + words::byte.in(lang) +
               std::to_string(outcome.error->at) + "): " + outcome.error->text + "\n";
    }
    for (const Decoded& one : outcome.decoded) {
        if (!one.address.empty()) {
            out += std::string(driver_of(outcome, one)) + " " + one.address;
            if (!one.alias.empty()) out += " (" + one.alias + ")";
            if (!one.model.empty()) out += ", " + one.model;
            out += "\n";
        }
        for (const Reading& reading : one.readings) {
            out += "  " + words::sentence(reading, lang);
            if (reading.event_time != Instant{}) out += "  " + time_text(reading.event_time);
            for (const Flag& flag : flags) {
                if ((reading.quality & flag.bit) != 0) out += "  [" + std::string(flag.name) + "]";
            }
            out += "\n";
        }
        for (const drivers::Problem& problem : one.problems) {
            out += "  " + words::problem.in(lang) + problem.property + ": " + problem.text + "\n";
        }
    }
    return out.empty() ? words::nothing.in(lang) + "\n" : out;
}

}  // namespace anju::decode
