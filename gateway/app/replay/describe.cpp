#include "app/replay/describe.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <variant>

#include "core/codec/codec.hpp"
#include "core/model/names.hpp"

namespace anju::replay {

namespace {

std::string timestamp(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text.data();
}

std::string words(const AlertChanged& changed) {
    const Alert& alert = changed.alert;
    return "alert " + alert.id.value + " " + std::string(name(alert.priority)) + " " +
           std::string(name(alert.kind)) + " " +
           (changed.from ? std::string(name(*changed.from)) + " -> " : "") +
           std::string(name(alert.state)) + ": " + alert.sentence_en + " " + alert.sentence_zh;
}

std::string words(const DeviceHealthChanged& changed) {
    constexpr const char* health[] = {"?", "ok", "stale", "offline", "faulty"};
    const auto index = static_cast<std::size_t>(changed.health);
    return "device " + changed.device.value + " " + (index < 5 ? health[index] : "?");
}

std::string words(const CommandAnswered& answer) {
    return "command " + answer.command_id + " status " +
           std::to_string(static_cast<int>(answer.status)) + " " + answer.text;
}

}  // namespace

std::string describe(const Decision& decision) {
    return "#" + std::to_string(decision.number) + " " + timestamp(decision.at) + " " +
           std::visit([](const auto& what) { return words(what); }, decision.what);
}

std::string describe(std::string_view bytes) {
    const auto decision = decode_decision(bytes);
    return decision ? describe(*decision)
                    : "undecodable, " + std::to_string(bytes.size()) + " bytes";
}

}  // namespace anju::replay
