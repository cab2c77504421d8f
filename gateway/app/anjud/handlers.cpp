// One method of the control socket a function; the table at the end of the file names them.
#include "app/anjud/handlers.hpp"

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "anjud_version.hpp"
#include "app/known_names.hpp"
#include "control/methods.hpp"
#include "core/model/alert_verbs.hpp"
#include "core/model/names.hpp"
#include "drivers/profile/profile.hpp"
#include "system/secrets.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;

namespace {

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

std::string listed(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view one : names) text.append(" ").append(one);
    return text;
}

std::vector<std::string> all_refused(const HomeLink& home) {
    std::vector<std::string> out;
    for (const mqtt::Session* session : {&home.foreign(), &home.alarms(), &home.sensors()}) {
        for (std::string& filter : session->stats().refused) out.push_back(std::move(filter));
    }
    return out;
}

control::LinkFacts link_facts(std::string name, const std::string& uri,
                              const mqtt::Session& session) {
    mqtt::SessionStats stats = session.stats();
    return {std::move(name),     uri,
            session.connected(), std::move(stats.last_error),
            stats.connects,      stats.received,
            stats.published,     stats.dropped,
            stats.failures};
}

}  // namespace

Handlers::Handlers(const config::Config& config, const Clock& clock, Daemon& daemon,
                   store::SqliteJournal& journal, store::ReadThreads& reads)
    : config_(config),
      clock_(clock),
      daemon_(daemon),
      journal_(journal),
      render_(config.utc_offset),
      holidays_(config.holidays_file),
      care_(config, daemon, journal, reads),
      console_(config, clock, daemon.gateway().engine()),
      stage_({.allowed = config.drills_allowed,
              .utc_offset = config.utc_offset,
              .first = static_cast<std::uint64_t>(to_unix_ms(clock.read().wall))}),
      started_at_(daemon.clock().read().wall) {}

config::DirectoryNames Handlers::directory_names() const {
    config::DirectoryNames names{.drivers = driver_names(), .profiles = {{}}};
    for (const drivers::Profile* profile : daemon_.gateway().profiles().all()) {
        names.profiles->push_back(profile->name);
    }
    for (const drivers::PayloadCodec& codec : drivers::payload_codecs()) {
        names.profiles->push_back(codec.name);
    }
    return names;
}

std::vector<control::ProblemFacts> Handlers::problems() const {
    constexpr std::size_t most_devices = 20;
    std::vector<control::ProblemFacts> out;
    for (std::string& filter : all_refused(daemon_.home())) {
        out.push_back({"subscription_refused", std::move(filter),
                       "the broker refused the subscription", "add it to the broker's ACL"});
    }
    for (const Error& error : daemon_.profile_problems()) {
        out.push_back({"profile_refused", error.where, error.what, error.remedy});
    }
    add_holiday_problems(out);
    for (const DeviceId& device : daemon_.gateway().without_profile()) {
        if (out.size() >= most_devices) break;
        out.push_back({"profile_missing", device.value, "there is no profile of the device's name",
                       "put it into profiles_dir and restart anjud"});
    }
    return out;
}

void Handlers::add_drivers(control::Facts& facts) const {
    const auto routes = daemon_.catalog().routes();
    for (std::size_t i = 0; i < routes.size(); ++i) {
        facts.routes.push_back({routes[i].driver->name, routes[i].filter,
                                daemon_.gateway().heard(i), routes[i].driver->by_default});
    }
    facts.problems = problems();
    facts.proposals = daemon_.gateway().proposals().size();
    facts.consents_unrecorded = unrecorded_consents();
}

result<control::Facts> Handlers::facts() {
    auto figures = journal_.figures();
    if (!figures) return figures.error();
    Gateway& gateway = daemon_.gateway();
    const Engine& engine = gateway.engine();
    control::Facts facts;
    facts.gateway_id = config_.gateway_id;
    facts.version = version;
    facts.pid = static_cast<std::uint64_t>(::getpid());
    facts.started_at = started_at_;
    facts.now = gateway.now();
    facts.clock = daemon_.clock().read().state;
    facts.households = engine.household_count();
    facts.devices = engine.device_count();
    facts.open_alerts = engine.open_alert_count();
    facts.links.push_back(link_facts("home", config_.home.uri, daemon_.home().foreign()));
    facts.links.push_back(link_facts("alarms", config_.home.uri, daemon_.home().alarms()));
    facts.links.push_back(link_facts("sensors", config_.home.uri, daemon_.home().sensors()));
    if (const DistrictLink* district = daemon_.district()) {
        const std::string& uri = config_.district->uri;
        facts.links.push_back(link_facts("district_alarm", uri, district->session(Lane::alarm)));
        facts.links.push_back(link_facts("district_bulk", uri, district->session(Lane::bulk)));
        for (const Lane lane : all_lanes) facts.lanes.push_back({lane, journal_.lane(lane)});
    }
    add_drivers(facts);
    facts.store.space = journal_.space();
    facts.store.bytes = figures->database_bytes + figures->wal_bytes;
    facts.store.max_bytes = config_.max_bytes;
    facts.store.ballast = std::filesystem::exists(store::Files(config_.data_dir).ballast());
    facts.store.epoch = gateway.epoch();
    facts.store.last_input = figures->last_input;
    facts.store.sealing_owed = figures->sealing_owed;
    for (std::size_t i = 0; i < static_cast<std::size_t>(Counter::count_); ++i) {
        const auto counter = static_cast<Counter>(i);
        const std::uint64_t value = counter == Counter::inbox_full
                                        ? daemon_.inbox().dropped()
                                        : gateway.counters().get(counter);
        facts.counters.emplace_back(name(counter), value);
    }
    facts.counters.emplace_back("proposals_dropped", gateway.proposals().dropped());
    facts.counters.emplace_back("bulk_events_dropped", figures->bulk_dropped);
    facts.counters.emplace_back("copies_given_up", figures->copies_given_up);
    const Reservations& some = engine.reservations();
    facts.counters.emplace_back("clock_replaced", some.clock_replaced);
    facts.counters.emplace_back("late", some.late);
    facts.counters.emplace_back("retained", some.retained);
    add_channels(facts);
    facts.notes = notes_;
    return facts;
}

Reply Handlers::status(const Params&) {
    auto now = facts();
    if (!now) return Reply::failed(now.error());
    return done(status_of(*now));
}

object Handlers::status_of(const control::Facts& facts) const {
    object out = render_.status(facts);
    out["console"] = console_.figures();
    out["drill"] = drill_state();
    if (box_ != nullptr) out["box"] = box_->figures();
    return out;
}

Reply Handlers::health(const Params&) {
    constexpr std::size_t most_devices = 100;
    constexpr std::size_t most_rejected = 5;
    auto now = facts();
    if (!now) return Reply::failed(now.error());
    auto rejected = journal_.reader().rejected({most_rejected, 0});
    if (!rejected) return Reply::failed(rejected.error());
    array devices;
    std::uint64_t total = 0;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const DeviceView& device : view->devices) {
            if (device.health == DeviceHealth::ok) continue;
            if (++total <= most_devices) devices.push_back(render_.device(id, device));
        }
    }
    array messages;
    for (const RejectedMessage& one : *rejected) messages.push_back(render_.rejected(one));
    return done({{"status", status_of(*now)},
                 {"devices", std::move(devices)},
                 {"devices_total", total},
                 {"rejected", std::move(messages)}});
}

Reply Handlers::residents_list(const Params& params) {
    const auto limit = control::count_param(params, "limit", control::max_rows, control::max_rows);
    if (!limit) return Reply::failed(limit.error());
    array rows;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        if (rows.size() == *limit) break;
        rows.push_back(render_.household(*engine.view(id)));
    }
    return done({{"households", std::move(rows)}, {"total", engine.household_count()}});
}

Reply Handlers::residents_remove(const Params& params) {
    const auto id = control::text_param(params, "household");
    if (!id) return Reply::failed(id.error());
    const auto removed = daemon_.gateway().remove_household(HouseholdId{*id});
    if (!removed) daemon_.die(removed.error());
    if (!*removed) return Reply::failed({"no such household", *id, "anjuctl residents list"});
    return done({{"household", *id}});
}

Reply Handlers::residents_explain(const Params& params) {
    const auto id = control::text_param(params, "id");
    if (!id) return Reply::failed(id.error());
    const Gateway& gateway = daemon_.gateway();
    const Engine& engine = gateway.engine();
    auto what = engine.explain(HouseholdId{*id}, gateway.now());
    if (!what) {
        const HouseholdId* const home = engine.household_of(ResidentId{*id});
        if (home != nullptr) what = engine.explain(*home, gateway.now());
    }
    if (!what) {
        return Reply::failed({"no such resident or household", *id, "anjuctl residents list"});
    }
    return done(render_.explanation(*what));
}

Reply Handlers::devices_list(const Params& params) {
    const auto limit = control::count_param(params, "limit", control::max_rows, control::max_rows);
    if (!limit) return Reply::failed(limit.error());
    array rows;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const DeviceView& device : view->devices) {
            if (rows.size() < *limit) rows.push_back(render_.device(id, device));
        }
        if (rows.size() >= *limit) break;
    }
    return done({{"devices", std::move(rows)}, {"total", engine.device_count()}});
}

Reply Handlers::alerts_list(const Params& params) {
    const auto all = control::bool_param(params, "all", false);
    const auto limit =
        control::count_param(params, "limit", control::default_rows, control::max_rows);
    if (!all) return Reply::failed(all.error());
    if (!limit) return Reply::failed(limit.error());
    const auto filter = *all ? store::AlertFilter::all : store::AlertFilter::unfinished;
    const auto found = journal_.reader().alerts(filter, {*limit, 0});
    if (!found) return Reply::failed(found.error());
    const auto figures = journal_.figures();
    if (!figures) return Reply::failed(figures.error());
    array rows;
    for (const Decision& decision : *found) {
        if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
            rows.push_back(render_.alert(change->alert));
        }
    }
    return done({{"alerts", std::move(rows)},
                 {"total", *all ? figures->alerts : figures->alerts_unfinished}});
}

boost::json::value Handlers::next_step(const Alert& alert) const {
    const auto view = daemon_.gateway().engine().view(alert.household);
    if (!view) return nullptr;
    const auto next = std::ranges::find(view->next, alert.id, &NextStep::alert);
    return next == view->next.end() ? boost::json::value(nullptr) : render_.next_step(*next);
}

Reply Handlers::alerts_show(const Params& params) {
    const auto id = control::text_param(params, "id");
    if (!id) return Reply::failed(id.error());
    const auto alert = journal_.reader().alert(AlertId{*id});
    if (!alert) return Reply::failed(alert.error());
    if (!*alert) return Reply::failed({"no such alert", *id, "anjuctl alerts list --all"});
    const auto steps = journal_.reader().history(AlertId{*id});
    if (!steps) return Reply::failed(steps.error());
    const auto kept = journal_.reader().notices_about(*id);
    if (!kept) return Reply::failed(kept.error());
    std::vector<Notice> notices;
    for (const NoticeRow& row : *kept) {
        if (auto notice = decode_notice(row.bytes)) notices.push_back(std::move(*notice));
    }
    array history;
    array told;
    for (const Decision& step : *steps) {
        if (const auto* change = std::get_if<AlertChanged>(&step.what)) {
            history.push_back(render_.history(step, *change));
        } else if (const auto* summons = std::get_if<Summons>(&step.what)) {
            told.push_back(render_.told(step, *summons, notices));
        }
    }
    const auto& newest = std::get<AlertChanged>((*alert)->what);
    object alert_in_full = render_.alert_in_full(newest.alert);
    alert_in_full["next"] = next_step(newest.alert);
    return done({{"alert", std::move(alert_in_full)},
                 {"history", std::move(history)},
                 {"told", std::move(told)}});
}

Reply Handlers::alerts_command(const Params& params) {
    const auto id = control::text_param(params, "id");
    const auto verb_text = control::text_param(params, "verb");
    const auto reason_text = control::text_param(params, "reason", "");
    const auto note = control::text_param(params, "note", "");
    const auto actor = control::text_param(params, "actor");
    const auto command_id = control::text_param(params, "command_id", "");
    for (const auto* text : {&id, &verb_text, &reason_text, &note, &actor, &command_id}) {
        if (!*text) return Reply::failed(text->error());
    }
    const auto verb = parse_alert_verb(*verb_text);
    if (!verb) {
        return Reply::failed({"'" + *verb_text + "' is not a verb", "verb",
                              "say one of" + listed(alert_verb_names())});
    }
    const auto reason =
        reason_text->empty() ? ClosingReason::none : parse_closing_reason(*reason_text);
    if (!reason) {
        return Reply::failed({"'" + *reason_text + "' is not a closing reason", "reason",
                              "say one of" + listed(closing_reason_names())});
    }
    const std::string unique = command_id->empty() ? "cli-" + system::random_hex(12) : *command_id;
    const auto answer = daemon_.gateway().command(
        {{unique, AlertId{*id}, *verb, *reason, *note, *actor}, Instant{}});
    if (!answer) daemon_.die(answer.error());
    daemon_.rearm();
    return done(render_.answer(*answer));
}

Reply Handlers::rejected_list(const Params& params) {
    const auto limit =
        control::count_param(params, "limit", control::default_rows, control::max_rows);
    if (!limit) return Reply::failed(limit.error());
    const auto found = journal_.reader().rejected({*limit, 0});
    if (!found) return Reply::failed(found.error());
    const auto figures = journal_.figures();
    if (!figures) return Reply::failed(figures.error());
    array rows;
    for (const RejectedMessage& one : *found) rows.push_back(render_.rejected(one));
    return done({{"messages", std::move(rows)}, {"total", figures->rejected}});
}

Reply Handlers::config_show(const Params&) {
    return done({{"source", config_.source.string()}, {"toml", config::masked(config_)}});
}

const Handlers::Entry Handlers::methods[] = {
    {control::method::status, &Handlers::status},
    {control::method::health, &Handlers::health},
    {control::method::residents_list, &Handlers::residents_list},
    {control::method::residents_import, &Handlers::residents_import},
    {control::method::residents_remove, &Handlers::residents_remove},
    {control::method::residents_export, &Handlers::residents_export},
    {control::method::residents_explain, &Handlers::residents_explain},
    {control::method::devices_list, &Handlers::devices_list},
    {control::method::devices_discover, &Handlers::devices_discover},
    {control::method::devices_accept, &Handlers::devices_accept},
    {control::method::devices_ignore, &Handlers::devices_ignore},
    {control::method::alerts_list, &Handlers::alerts_list},
    {control::method::alerts_show, &Handlers::alerts_show},
    {control::method::alerts_command, &Handlers::alerts_command},
    {control::method::notices_list, &Handlers::notices_list},
    {control::method::notices_show, &Handlers::notices_show},
    {control::method::notices_test, &Handlers::notices_test},
    {control::method::rejected_list, &Handlers::rejected_list},
    {control::method::config_show, &Handlers::config_show},
    {control::method::policy_show, &Handlers::policy_show},
    {control::method::policy_holidays, &Handlers::policy_holidays},
    {control::method::consent_show, &Handlers::consent_show},
    {control::method::consent_record, &Handlers::consent_record},
    {control::method::drill_attend, &Handlers::drill_attend},
    {control::method::drill_show, &Handlers::drill_show},
    {control::method::drill_play, &Handlers::drill_play},
    {control::method::drill_stop, &Handlers::drill_stop},
};

Reply Handlers::answer(const control::Request& request) {
    for (const Entry& entry : methods) {
        if (entry.name == request.method) return (this->*entry.method)(request.params);
    }
    if (auto reply = care_.answer(request)) return std::move(*reply);
    if (auto reply = console_.answer(request)) return std::move(*reply);
    return Reply::failed(
        {"no method '" + request.method + "'", "method", "docs/operations/control.md lists them"});
}

}  // namespace anju
