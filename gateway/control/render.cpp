#include "control/render.hpp"

#include <array>
#include <cstdio>

#include "control/printable.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::control {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string_view text) {
    if (text.empty()) return nullptr;
    return json::string(text);
}

json::string text(std::string_view text) {
    return json::string(text);
}

json::value drill(Drill of) {
    return of == Drill::none ? json::value(nullptr) : json::value(text(anju::name(of)));
}

json::value kind_or_null(const std::optional<SensorKind>& kind) {
    return kind ? text_or_null(anju::name(*kind)) : json::value(nullptr);
}

json::value number_or_null(const std::optional<int>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

}  // namespace

std::string time_text(Instant at, std::chrono::minutes utc_offset) {
    using namespace std::chrono;
    const Instant local = at + utc_offset;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss<Duration> time{local - day};
    const auto offset = utc_offset.count();
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03d%c%02d:%02d",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()), offset < 0 ? '-' : '+',
                  static_cast<int>(std::abs(offset) / 60), static_cast<int>(std::abs(offset) % 60));
    return out.data();
}

json::value Render::time(Instant at) const {
    if (at == Instant{}) return nullptr;
    return text(time_text(at, offset_));
}

json::object Render::status(const Facts& facts) const {
    json::array links;
    for (const LinkFacts& link : facts.links) {
        links.push_back({{"name", link.name},
                         {"uri", link.uri},
                         {"connected", link.connected},
                         {"last_error", text_or_null(link.last_error)},
                         {"connects", link.connects},
                         {"received", link.received},
                         {"published", link.published},
                         {"dropped", link.dropped},
                         {"failures", link.failures}});
    }
    json::array lanes;
    for (const LaneFacts& lane : facts.lanes) {
        lanes.push_back({{"lane", text(name(lane.lane))},
                         {"head", lane.state.head},
                         {"first_unacked", lane.state.first_unacked},
                         {"unacknowledged", lane.state.unacknowledged}});
    }
    json::object counters;
    for (const auto& [key, value] : facts.counters) counters[json::string_view(key)] = value;
    json::array routes;
    for (const RouteFacts& route : facts.routes) {
        routes.push_back({{"driver", text(route.driver)},
                          {"filter", route.filter},
                          {"messages", route.messages},
                          {"by_default", route.by_default}});
    }
    json::array problems;
    for (const ProblemFacts& problem : facts.problems) {
        problems.push_back({{"code", problem.code},
                            {"where", printable(problem.where)},
                            {"what", printable(problem.what)},
                            {"remedy", printable(problem.remedy)}});
    }
    json::array channels;
    for (const ChannelFacts& channel : facts.channels) {
        channels.push_back({{"name", channel.name},
                            {"down", channel.down},
                            {"sent", channel.sent},
                            {"failed", channel.failed},
                            {"limited", channel.limited},
                            {"last_success", time(channel.last_success)},
                            {"last_failure", time(channel.last_failure)},
                            {"last_error", text_or_null(printable(channel.last_error))}});
    }
    json::array notes;
    for (const std::string& note : facts.notes) notes.push_back(text(note));
    return {{"gateway_id", facts.gateway_id},
            {"version", facts.version},
            {"pid", facts.pid},
            {"started_at", time(facts.started_at)},
            {"now", time(facts.now)},
            {"clock", text(name(facts.clock))},
            {"households", facts.households},
            {"devices", facts.devices},
            {"open_alerts", facts.open_alerts},
            {"proposals", facts.proposals},
            {"consents_unrecorded", facts.consents_unrecorded},
            {"routes", std::move(routes)},
            {"problems", std::move(problems)},
            {"links", std::move(links)},
            {"lanes", std::move(lanes)},
            {"channels", std::move(channels)},
            {"store",
             {{"space", text(name(facts.store.space))},
              {"bytes", facts.store.bytes},
              {"max_bytes", facts.store.max_bytes},
              {"ballast", facts.store.ballast},
              {"epoch", facts.store.epoch},
              {"last_input", facts.store.last_input},
              {"sealing_owed", facts.store.sealing_owed}}},
            {"counters", std::move(counters)},
            {"notes", std::move(notes)}};
}

json::object delay(const DetectionDelay& best) {
    return {{"seconds", best.length.count() / 1000}, {"device", best.device.value}};
}

json::object Render::household(const HouseholdView& view) const {
    json::array residents;
    for (const Resident& resident : view.household.residents) {
        residents.push_back({{"id", resident.id.value},
                             {"name", resident.name},
                             {"status", text(anju::name(resident.status))}});
    }
    json::object out{{"household", view.household.id.value},
                     {"community", view.household.community},
                     {"residents", std::move(residents)},
                     {"drill", drill(view.household.drill)},
                     {"devices", view.devices.size()},
                     {"open_alerts", view.alerts.size()},
                     {"last_sign_of_life", time(view.last_sign_of_life)},
                     {"whereabouts", text(anju::name(view.whereabouts))},
                     {"whereabouts_since", time(view.whereabouts_since)}};
    out["best_delay"] = nullptr;
    if (view.best_delay) out["best_delay"] = delay(*view.best_delay);
    return out;
}

json::object Render::device(const HouseholdId& household, const DeviceView& view) const {
    const Device& device = view.device;
    // Until it is overdue the engine calls it ok, for nothing is wrong with it yet.
    const bool unheard = view.last_heard == Instant{} && view.health == DeviceHealth::ok;
    return {{"household", household.value},
            {"id", device.id.value},
            {"kind", text(anju::name(device.kind))},
            {"label", device.label},
            {"driver", device.driver},
            {"address", device.address},
            {"profile", text_or_null(device.profile)},
            {"key", !device.key.empty()},
            {"sample_every_s", device.sample_every.count() / 1000},
            {"deliver_every_s", device.deliver_every.count() / 1000},
            {"stale_after_s", stale_after(device).count() / 1000},
            {"last_heard", time(view.last_heard)},
            {"health", text(unheard ? "never_heard" : name(view.health))},
            {"collected", view.collected}};
}

json::object Render::proposal(const Proposal& proposal) const {
    json::array readings;
    for (const Reading& reading : proposal.readings) {
        readings.push_back({{"kind", text(anju::name(reading.kind))},
                            {"value", reading.value},
                            {"event_time", time(reading.event_time)}});
    }
    json::object out{{"driver", proposal.driver},
                     {"address", proposal.address},
                     {"alias", text_or_null(printable(proposal.alias))},
                     {"model", text_or_null(printable(proposal.model))},
                     {"kind", kind_or_null(proposal.kind)},
                     {"first_heard", time(proposal.first_heard)},
                     {"last_heard", time(proposal.last_heard)},
                     {"messages", proposal.messages},
                     {"readings", std::move(readings)},
                     {"needs_key", needs_key(proposal.error)},
                     {"rssi_dbm", number_or_null(proposal.rssi_dbm)},
                     {"lqi", number_or_null(proposal.lqi)},
                     {"topic", printable(proposal.topic)},
                     {"payload", printable(proposal.payload)}};
    out["error"] = nullptr;
    if (!proposal.error.empty()) {
        out["error"] = {{"code", printable(proposal.error)},
                        {"text", printable(proposal.error_text)}};
    }
    return out;
}

json::object Render::ignored(const IgnoredDevice& device) const {
    return {{"driver", device.driver},
            {"address", device.address},
            {"model", text_or_null(printable(device.model))},
            {"kind", kind_or_null(device.kind)},
            {"since", time(device.since)}};
}

bool needs_key(std::string_view error_code) {
    return error_code == "key_missing" || error_code == "key_wrong" || error_code == "mac_wrong";
}

json::object Render::alert(const Alert& alert) const {
    json::object out{{"id", alert.id.value},
                     {"household", alert.household.value},
                     {"resident", text_or_null(alert.resident.value)},
                     {"device", text_or_null(alert.device.value)},
                     {"kind", text(anju::name(alert.kind))},
                     {"priority", text(anju::name(alert.priority))},
                     {"state", text(anju::name(alert.state))},
                     {"raised_at", time(alert.raised_at)},
                     {"changed_at", time(alert.changed_at)},
                     {"reopened", alert.reopened},
                     {"repeats", alert.repeats},
                     {"sentence_zh", alert.sentence_zh},
                     {"sentence_en", alert.sentence_en},
                     {"actor", alert.actor},
                     {"cause", text(anju::name(alert.cause))},
                     {"escalated", alert.escalated},
                     {"overdue", alert.overdue},
                     {"rung", alert.rung},
                     {"owner", text_or_null(alert.owner)},
                     {"opened_at", time(alert.opened_at)},
                     {"told_at", time(alert.told_at)},
                     {"acknowledged_at", time(alert.acknowledged_at)},
                     {"en_route_at", time(alert.en_route_at)},
                     {"on_site_at", time(alert.on_site_at)},
                     {"closed_at", time(alert.closed_at)},
                     {"closed_by", text_or_null(alert.closed_by)},
                     {"reviewed_by", text_or_null(alert.reviewed_by)},
                     {"merged_into", text_or_null(alert.merged_into.value)}};
    out["reason"] =
        alert.reason == ClosingReason::none ? json::value(nullptr) : text(anju::name(alert.reason));
    out["note"] = text_or_null(alert.note);
    out["drill"] = drill(alert.drill);
    return out;
}

json::object Render::alert_in_full(const Alert& subject) const {
    const Evidence& evidence = subject.evidence;
    json::array sources;
    for (const EvidenceSource& source : evidence.sources) {
        sources.push_back({{"device", source.device.value},
                           {"kind", text(anju::name(source.kind))},
                           {"last_heard", time(source.last_heard)},
                           {"reliable", source.reliable}});
    }
    json::object out = alert(subject);
    out["evidence"] = {
        {"rule", evidence.rule},           {"since", time(evidence.since)},
        {"until", time(evidence.until)},   {"measured", evidence.measured},
        {"threshold", evidence.threshold}, {"unit", text_or_null(anju::name(evidence.unit))},
        {"sources", std::move(sources)},   {"once_in_days", nullptr}};
    if (evidence.once_in_days > 0) out.at("evidence").at("once_in_days") = evidence.once_in_days;
    return out;
}

json::object Render::next_step(const NextStep& step) const {
    json::array roles;
    for (const Role role : step.roles) roles.push_back(text(anju::name(role)));
    json::object out{{"at", time(step.at)},
                     {"to", text(anju::name(step.to))},
                     {"cause", text(anju::name(step.cause))},
                     {"roles", std::move(roles)}};
    out["summons"] = step.roles.empty() ? json::value(nullptr) : text(anju::name(step.summons));
    return out;
}

json::object Render::history(const Decision& decision, const AlertChanged& change) const {
    json::object out{{"number", decision.number},
                     {"at", time(decision.at)},
                     {"cause", text(anju::name(change.alert.cause))},
                     {"rung", change.alert.rung},
                     {"escalated", change.alert.escalated},
                     {"overdue", change.alert.overdue},
                     {"owner", text_or_null(change.alert.owner)},
                     {"to", text(anju::name(change.alert.state))},
                     {"priority", text(anju::name(change.alert.priority))},
                     {"actor", change.alert.actor},
                     {"reopened", change.alert.reopened},
                     {"repeats", change.alert.repeats}};
    out["from"] = change.from ? json::value(text(anju::name(*change.from))) : json::value(nullptr);
    out["reason"] = change.alert.reason == ClosingReason::none
                        ? json::value(nullptr)
                        : text(anju::name(change.alert.reason));
    out["note"] = text_or_null(change.alert.note);
    return out;
}

json::object Render::told(const Decision& decision, const Summons& summons,
                          std::span<const Notice> notices) const {
    json::array roles;
    for (const Role role : summons.roles) roles.push_back(text(anju::name(role)));
    json::array vacant;
    constexpr std::string_view mark = "nobody:";
    for (const Notice& notice : notices) {
        // What fell due while the box was busy is sent a little later.
        const bool of_it = notice.cause == summons.cause && notice.at >= decision.at &&
                           notice.at < decision.at + std::chrono::minutes{1};
        if (!of_it || !notice.recipient.starts_with(mark)) continue;
        vacant.push_back(text(std::string_view(notice.recipient).substr(mark.size())));
    }
    return {{"at", time(decision.at)},
            {"roles", std::move(roles)},
            {"vacant", std::move(vacant)},
            {"cause", text(anju::name(summons.cause))},
            {"rung", summons.rung}};
}

json::object Render::answer(const AnsweredCommand& answer) const {
    return {{"command_id", answer.id},
            {"at", time(answer.at)},
            {"status", text(name(answer.status))},
            {"text", answer.text},
            {"code", text_or_null(answer.code)},
            {"text_zh", text_or_null(answer.text_zh)},
            {"repeated", answer.repeated}};
}

json::object Render::rejected(const RejectedMessage& message) const {
    return {{"at", time(message.at)},
            {"topic", printable(message.topic)},
            {"payload", printable(message.payload)},
            {"code", message.code},
            {"text", printable(message.text)}};
}

std::string_view name(ClockState state) {
    switch (state) {
        case ClockState::synchronised:
            return "synchronised";
        case ClockState::unsynchronised:
            return "unsynchronised";
        case ClockState::driven:
            return "driven";
    }
    return "unknown";
}

std::string_view name(Lane lane) {
    return lane == Lane::alarm ? "alarm" : "bulk";
}

std::string_view name(Space space) {
    return space == Space::ample ? "ample" : "low";
}

std::string_view name(DeviceHealth health) {
    switch (health) {
        case DeviceHealth::ok:
            return "ok";
        case DeviceHealth::stale:
            return "stale";
        case DeviceHealth::offline:
            return "offline";
        case DeviceHealth::faulty:
            return "faulty";
    }
    return "unknown";
}

std::string_view name(CommandStatus status) {
    switch (status) {
        case CommandStatus::applied:
            return "applied";
        case CommandStatus::already:
            return "already";
        case CommandStatus::refused:
            return "refused";
        case CommandStatus::expired:
            return "expired";
    }
    return "unknown";
}

}  // namespace anju::control
