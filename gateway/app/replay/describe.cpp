#include "app/replay/describe.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <variant>

#include "core/codec/codec.hpp"
#include "core/model/care_names.hpp"
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

std::string words(const Summons& summons) {
    std::string roles;
    for (const Role role : summons.roles) roles += " " + std::string(name(role));
    return "summons " + summons.alert.value + " " + std::string(name(summons.cause)) + " rung " +
           std::to_string(summons.rung) + ":" + roles;
}

std::string words(const TaskChanged& changed) {
    const CareTask& task = changed.task;
    return "task " + task.id.value + " " + std::string(name(task.kind)) + " of " +
           task.resident.value + " on " + to_text(task.date) + " by " + task.worker.value + " " +
           (changed.from ? std::string(name(*changed.from)) + " -> " : "") +
           std::string(name(task.state)) + " (" + std::string(name(task.cause)) + ")";
}

std::string words(const PlanMade& plan) {
    return "plan of the week of " + to_text(plan.week) + " (" + std::string(name(plan.cause)) +
           "): " + std::to_string(plan.tasks) + " tasks, " + std::to_string(plan.changed) +
           " changed, " + std::to_string(plan.short_of.size()) + " short";
}

std::string words(const ContactLogged& logged) {
    const ContactRecord& record = logged.record;
    return "contact with " + record.resident.value + " by " + record.worker.value + " " +
           std::string(name(record.kind)) + " " + std::string(name(record.outcome)) +
           (record.counts ? ", counts" : ", does not count: " + record.why_not);
}

std::string words(const SuspensionChanged& changed) {
    const Suspension& suspension = changed.suspension;
    return "suspension of " + suspension.resident.value + " " +
           std::string(name(suspension.reason)) + " " + to_text(suspension.from) + " to " +
           to_text(suspension.to) + (changed.ended ? " ended" : "");
}

std::string words(const ContactLost& lost) {
    return "contact lost with " + lost.resident.value + " of " + lost.household.value + " " +
           lost.evidence.rule;
}

std::string words(const OutageSpread& spread) {
    return "outage " + spread.into.value + " of " + std::to_string(spread.alerts.size()) +
           " alerts";
}

std::string words(const ConsentChanged& changed) {
    const Consent& consent = changed.consent;
    return "consent of " + consent.resident.value + " to " + std::string(name(consent.kind)) + " " +
           std::string(name(consent.state));
}

std::string words(const WeekClosed& closed) {
    return "week of " + to_text(closed.week) + " closed, " +
           std::to_string(closed.residents.size()) + " residents";
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
