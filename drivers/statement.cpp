#include "drivers/statement.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <utility>

#include "drivers/json.hpp"
#include "drivers/settings.hpp"

namespace anju::drivers {
namespace {

namespace json = boost::json;

constexpr std::size_t max_readings = 64;
constexpr std::size_t max_problems = 16;
constexpr std::size_t max_shown_bytes = 40;
constexpr double max_battery_mv = 60'000;

bool is_number_of_battery(ReadingKind kind) {
    return kind == ReadingKind::battery_pct || kind == ReadingKind::battery_mv;
}

bool is_state_of_device(ReadingKind kind) {
    switch (kind) {
        case ReadingKind::battery_pct:
        case ReadingKind::battery_low:
        case ReadingKind::battery_mv:
        case ReadingKind::tamper:
        case ReadingKind::fault:
        case ReadingKind::online:
        case ReadingKind::alive:
            return true;
        default:
            return false;
    }
}

std::string shown(const json::value& value) {
    std::string out = json::serialize(value);
    if (out.size() > max_shown_bytes) out = out.substr(0, max_shown_bytes) + "…";
    return out;
}

}  // namespace

Statement::Statement(std::string_view driver, const Message& message, std::string address,
                     std::string alias)
    : driver_(driver), message_(&message) {
    said_.address = std::move(address);
    said_.alias = std::move(alias);
}

void Statement::level(ReadingKind kind, std::int64_t value) {
    for (Reading& reading : said_.readings) {
        if (reading.kind != kind) continue;
        reading.value = is_number_of_battery(kind) ? std::min(reading.value, value)
                                                   : std::max(reading.value, value);
        return;
    }
    add({kind, 0, value, {}});
}

void Statement::event(ReadingKind kind) {
    if (!message_->retained) level(kind, 1);
}

void Statement::flag(ReadingKind kind, std::string_view property, const json::value& value,
                     bool inverted) {
    if (value.is_null()) return;
    std::optional<bool> on;
    const Scalar said = scalar(value);
    if (const bool* word = std::get_if<bool>(&said)) on = *word;
    if (const double* number = std::get_if<double>(&said)) {
        if (*number == 0 || *number == 1) on = *number == 1;
    }
    if (!on) {
        problem("value_unknown", property,
                std::string(property) + " = " + shown(value) + ": expected true or false, 1 or 0");
        return;
    }
    level(kind, *on != inverted ? 1 : 0);
}

void Statement::percent(std::string_view property, const json::value& value) {
    if (value.is_null()) return;
    const double number = value.is_number() ? std::get<double>(scalar(value)) : -1;
    if (!(number >= 0 && number <= 100)) {
        problem("value_out_of_range", property,
                std::string(property) + " = " + shown(value) + ": expected 0..100");
        return;
    }
    level(ReadingKind::battery_pct, static_cast<std::int64_t>(number));  // 14.9 % is not yet 15 %
}

void Statement::voltage(std::string_view property, const json::value& value,
                        double millivolts_per_unit) {
    if (value.is_null()) return;
    const double number =
        value.is_number() ? std::get<double>(scalar(value)) * millivolts_per_unit : -1;
    if (!(number >= 0 && number <= max_battery_mv)) {
        problem("value_out_of_range", property,
                std::string(property) + " = " + shown(value) + ": expected 0..60 V");
        return;
    }
    level(ReadingKind::battery_mv, std::llround(number));
}

void Statement::signal_dbm(const json::value& value) {
    if (!value.is_number()) return;
    const double number = std::get<double>(scalar(value));
    if (number >= -150 && number <= 0) said_.rssi_dbm = static_cast<int>(std::lround(number));
}

void Statement::problem(std::string code, std::string_view property, std::string text) {
    if (said_.problems.size() >= max_problems) return;
    const std::string quoted = "\"" + std::string(property) + "\"";
    const auto at = message_->payload.find(quoted);
    said_.problems.push_back({std::move(code), std::string(property),
                              at == std::string_view::npos ? 0 : at, std::move(text)});
}

bool Statement::has_profile(const DriverState& state) const {
    const DeviceSettings* settings = state.settings().find(driver_, said_.address);
    if (settings == nullptr && !said_.alias.empty()) {
        settings = state.settings().find(driver_, said_.alias);
    }
    return settings != nullptr && !settings->profile.empty();
}

bool Statement::measures() const {
    return std::any_of(said_.readings.begin(), said_.readings.end(),
                       [](const Reading& reading) { return !is_state_of_device(reading.kind); });
}

void Statement::read_fields(const json::value& fields, DriverState& state,
                            std::string_view property) {
    Content content{.driver = driver_, .address = said_.address};
    content.alias = said_.alias;
    content.model = said_.model;
    content.fields = &fields;
    auto result = read_content(content, state);
    if (!result) {
        problem(result.error().code, property, result.error().text);
        return;
    }
    profiled_ = profiled_ || has_profile(state);
    for (Problem& one : result->problems) {
        if (said_.problems.size() < max_problems) said_.problems.push_back(std::move(one));
    }
    for (const Reading& reading : result->readings) {
        const bool once = reading.kind == ReadingKind::sos ||
                          reading.kind == ReadingKind::i_am_well ||
                          reading.kind == ReadingKind::water_used_ml;
        if (reading.kind == ReadingKind::alive || (once && message_->retained)) continue;
        by_profile_.push_back(reading);
    }
}

Decoded Statement::finish() && {
    if (profiled_) {
        std::erase_if(said_.readings, [&](const Reading& reading) {
            return !is_state_of_device(reading.kind) ||
                   std::any_of(by_profile_.begin(), by_profile_.end(),
                               [&](const Reading& other) { return other.kind == reading.kind; });
        });
    }
    for (const Reading& reading : by_profile_) add(reading);
    if (said_.readings.empty() && !message_->retained) add({ReadingKind::alive, 0, 1, {}});
    for (Reading& reading : said_.readings) {
        if (reading.event_time == Instant{}) {
            reading.event_time = time_.at;
            reading.quality |= time_.quality;
        }
        reading.quality |= quality_;
        if (message_->retained) reading.quality |= quality::retained;
        if (test_ && !is_state_of_device(reading.kind)) reading.quality |= quality::test;
    }
    return std::move(said_);
}

void Statement::add(const Reading& reading) {
    if (said_.readings.size() < max_readings) said_.readings.push_back(reading);
}

std::vector<Decoded> finish(std::vector<Statement> statements) {
    std::vector<Decoded> out;
    out.reserve(statements.size());
    for (Statement& statement : statements) {
        Decoded said = std::move(statement).finish();
        if (!said.readings.empty() || !said.problems.empty()) out.push_back(std::move(said));
    }
    return out;
}

boost::system::result<json::object, DecodeError> parse_object(std::string_view payload,
                                                              std::size_t max_depth,
                                                              json::storage_ptr storage,
                                                              std::string_view address) {
    auto parsed = parse_json(payload, max_depth, std::move(storage));
    if (parsed && parsed->is_object()) return std::move(parsed->get_object());
    DecodeError error;
    if (parsed) {
        error.code = "not_an_object";
        error.text = "expected a JSON object";
    } else {
        error = parsed.error();
    }
    error.address = std::string(address);
    return error;
}

DecodeError envelope_error(std::string code, std::string text) {
    DecodeError error;
    error.stage = DecodeStage::envelope;
    error.code = std::move(code);
    error.text = std::move(text);
    return error;
}

}  // namespace anju::drivers
