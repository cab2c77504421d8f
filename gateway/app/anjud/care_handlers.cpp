// One method of care a function; the table at the end of the file names them.
#include "app/anjud/care_handlers.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/anjud/care_params.hpp"
#include "app/anjud/care_report.hpp"
#include "app/anjud/care_report_json.hpp"
#include "control/methods.hpp"
#include "core/care/statistics.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "http/calendar_token.hpp"
#include "notify/link.hpp"
#include "system/secrets.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;
using control::text_param;

namespace {

constexpr std::uint64_t longest_contact_s = 24 * 60 * 60;

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

std::string listed(std::span<const std::string_view> names) {
    std::string out;
    for (const std::string_view name : names) out.append(" ").append(name);
    return out;
}

/// The command's own id, or a new one: whoever repeats a command says which.
result<std::string> command_id(const object& params) {
    auto id = text_param(params, "command_id", "");
    if (id && id->empty()) *id = "cli-" + system::random_hex(12);
    return id;
}

/// What `read` makes of the store beside the loop.
Reply read_later(store::ReadThread& thread,
                 std::function<result<object>(store::StoreReader&)> read) {
    Reply out;
    out.later = [&thread, read = std::move(read)](std::function<void(Reply)> answer) {
        const bool taken = thread.ask<object>(read, [answer](result<object> got) {
            answer(got ? done(std::move(*got)) : Reply::failed(got.error()));
        });
        if (!taken) answer(Reply::too_busy());
    };
    return out;
}

}  // namespace

CareHandlers::CareHandlers(const config::Config& config, Daemon& daemon,
                           store::SqliteJournal& journal, store::ReadThreads& reads)
    : config_(config),
      daemon_(daemon),
      journal_(journal),
      reads_(reads),
      render_(config.utc_offset),
      care_(config.utc_offset) {}

Date CareHandlers::today() const {
    return date_of(daemon_.gateway().now(), config_.utc_offset);
}

std::vector<CommunityView> CareHandlers::communities() const {
    const Engine& engine = daemon_.gateway().engine();
    std::vector<CommunityView> out;
    for (const CommunityId& id : engine.communities()) {
        if (auto view = engine.view(id)) out.push_back(std::move(*view));
    }
    return out;
}

result<CommunityId> CareHandlers::community_of_resident(const ResidentId& resident) const {
    for (const CommunityView& view : communities()) {
        const bool here = std::ranges::any_of(
            view.clients, [&](const ClientView& client) { return client.resident.id == resident; });
        if (here) return view.community.id;
    }
    return Error{
        "no community cares for '" + resident.value + "'", "resident",
        "anjuctl residents list shows who there is; a community has to be in the directory "
        "file as [[community]], and the household has to name it"};
}

result<CommunityId> CareHandlers::community_of_worker(const WorkerId& worker) const {
    for (const CommunityView& view : communities()) {
        if (std::ranges::find(view.community.workers, worker, &Worker::id) !=
            view.community.workers.end()) {
            return view.community.id;
        }
    }
    return Error{"no community has a worker '" + worker.value + "'", "worker",
                 "anjuctl rounds week shows the workers; whoever keeps the directory file adds "
                 "them under [[community]] as [[community.worker]]"};
}

Reply CareHandlers::carry_out(CareCommand command) {
    const auto answer = daemon_.gateway().care(std::move(command));
    if (!answer) daemon_.die(answer.error());
    daemon_.rearm();
    return done(render_.answer(*answer));
}

Reply CareHandlers::rounds_week(const Params& params) {
    const auto week = care_params::week(params, today());
    const auto community = text_param(params, "community", "");
    const auto resident = text_param(params, "resident", "");
    const auto worker = text_param(params, "worker", "");
    if (!week) return Reply::failed(week.error());
    for (const auto* text : {&community, &resident, &worker}) {
        if (!*text) return Reply::failed(text->error());
    }
    CommunityId only{*community};
    if (!resident->empty()) {
        const auto found = community_of_resident(ResidentId{*resident});
        if (!found) return Reply::failed(found.error());
        only = *found;
    }
    if (!worker->empty()) {
        const auto found = community_of_worker(WorkerId{*worker});
        if (!found) return Reply::failed(found.error());
        only = *found;
    }
    array out;
    for (const CommunityView& view : communities()) {
        if (!only.empty() && view.community.id != only) continue;
        out.push_back(care_.week(view, *week, {ResidentId{*resident}, WorkerId{*worker}}));
    }
    if (out.empty() && !only.empty()) {
        return Reply::failed({"no community '" + only.value + "'", "community",
                              "anjuctl rounds week without one shows all"});
    }
    return done({{"communities", std::move(out)}});
}

Reply CareHandlers::rounds_command(const Params& params) {
    const auto id = command_id(params);
    const auto task = text_param(params, "task");
    const auto verb_text = text_param(params, "verb");
    const auto worker = text_param(params, "worker", "");
    const auto note = text_param(params, "note", "");
    const auto actor = text_param(params, "actor");
    for (const auto* text : {&id, &task, &verb_text, &worker, &note, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    const auto verb = parse_task_verb(*verb_text);
    if (!verb) {
        return Reply::failed({"'" + *verb_text + "' is not a verb", "verb",
                              "say one of" + listed(task_verb_names())});
    }
    TaskCommand command;
    command.command_id = *id;
    command.task = TaskId{*task};
    command.community = CommunityId{task->substr(0, task->rfind(':'))};
    command.verb = *verb;
    command.worker = WorkerId{*worker};
    command.note = *note;
    command.actor = *actor;
    if (*verb == TaskVerb::move) {
        const auto day = care_params::date(params, "date");
        if (!day) return Reply::failed(day.error());
        command.date = *day;
    }
    if (*verb == TaskVerb::hand_to && worker->empty()) {
        return Reply::failed({"nobody is named", "worker", "say to whom the task is handed"});
    }
    return carry_out(command);
}

Reply CareHandlers::rounds_absent(const Params& params) {
    const auto id = command_id(params);
    const auto worker = text_param(params, "worker");
    const auto actor = text_param(params, "actor");
    const auto back = control::bool_param(params, "back", false);
    const auto from = care_params::date(params, "from");
    const auto to = care_params::date(params, "to");
    for (const auto* text : {&id, &worker, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    if (!back) return Reply::failed(back.error());
    if (!from) return Reply::failed(from.error());
    if (!to) return Reply::failed(to.error());
    const auto community = community_of_worker(WorkerId{*worker});
    if (!community) return Reply::failed(community.error());
    return carry_out(WorkerAbsent{.command_id = *id,
                                  .community = *community,
                                  .worker = WorkerId{*worker},
                                  .from = *from,
                                  .to = *to,
                                  .back = *back,
                                  .actor = *actor});
}

Reply CareHandlers::rounds_calendar(const Params& params) {
    const auto worker = text_param(params, "worker");
    if (!worker) return Reply::failed(worker.error());
    const auto community = community_of_worker(WorkerId{*worker});
    if (!community) return Reply::failed(community.error());
    if (!config_.http) {
        return Reply::failed({"there is no web server that calendars could be fetched from",
                              "[http]", "add the section [http] to the configuration"});
    }
    auto key = notify::link_key(config_.data_dir);
    if (!key) return Reply::failed(key.error());
    const http::CalendarTokens tokens(std::move(*key));
    const std::string path =
        "/calendar/" + tokens.token(WorkerId{*worker}, config_.http->calendar_generation) + ".ics";
    return done({{"worker", *worker}, {"url", config_.notify.base_url + path}});
}

Reply CareHandlers::contacts_record(const Params& params) {
    const auto id = command_id(params);
    const auto resident = text_param(params, "resident");
    const auto worker = text_param(params, "worker");
    const auto outcome_text = text_param(params, "outcome");
    const auto note = text_param(params, "note", "");
    const auto task = text_param(params, "task", "");
    const auto alert = text_param(params, "alert", "");
    const auto actor = text_param(params, "actor");
    for (const auto* text :
         {&id, &resident, &worker, &outcome_text, &note, &task, &alert, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    const auto kind = care_params::contact_kind(params);
    if (!kind) return Reply::failed(kind.error());
    const auto outcome = parse_outcome(*outcome_text);
    if (!outcome) {
        return Reply::failed({"'" + *outcome_text + "' is not an outcome", "outcome",
                              "say one of" + listed(outcome_names())});
    }
    const auto form = care_params::form(params);
    if (!form) return Reply::failed(form.error());
    const auto seconds = control::count_param(params, "seconds", 0, longest_contact_s);
    if (!seconds) return Reply::failed(seconds.error());
    const Duration length = std::chrono::seconds{static_cast<std::int64_t>(*seconds)};
    const Instant now = daemon_.gateway().now();
    const auto start = care_params::local_time(params, "start", now - length, config_.utc_offset);
    if (!start) return Reply::failed(start.error());
    const auto community = community_of_resident(ResidentId{*resident});
    if (!community) return Reply::failed(community.error());
    ContactRecorded input;
    input.command_id = *id;
    input.community = *community;
    input.actor = *actor;
    input.record.resident = ResidentId{*resident};
    input.record.worker = WorkerId{*worker};
    input.record.kind = *kind;
    input.record.outcome = *outcome;
    input.record.start = *start;
    input.record.end = *start + length;
    input.record.form = *form;
    input.record.note = *note;
    input.record.task = TaskId{*task};
    input.record.alert = AlertId{*alert};
    return carry_out(input);
}

Reply CareHandlers::contacts_list(const Params& params) {
    const auto resident = text_param(params, "resident");
    const auto limit =
        control::count_param(params, "limit", control::default_rows, control::max_rows);
    if (!resident) return Reply::failed(resident.error());
    if (!limit) return Reply::failed(limit.error());
    const auto community = community_of_resident(ResidentId{*resident});
    if (!community) return Reply::failed(community.error());
    const auto read = [unit = unit_of(*community), whose = ResidentId{*resident}, most = *limit,
                       render = care_](store::StoreReader& reader) -> result<object> {
        const auto found = reader.contacts(unit, whose, most);
        if (!found) return found.error();
        array contacts;
        for (const ContactRecord& record : *found) contacts.push_back(render.contact(record));
        return object{{"contacts", std::move(contacts)}};
    };
    return read_later(reads_.lookups, read);
}

Reply CareHandlers::suspensions_set(const Params& params) {
    const auto id = command_id(params);
    const auto resident = text_param(params, "resident");
    const auto actor = text_param(params, "actor");
    const auto ended = control::bool_param(params, "ended", false);
    for (const auto* text : {&id, &resident, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    if (!ended) return Reply::failed(ended.error());
    const auto community = community_of_resident(ResidentId{*resident});
    if (!community) return Reply::failed(community.error());
    SuspensionSet input;
    input.command_id = *id;
    input.community = *community;
    input.ended = *ended;
    input.actor = *actor;
    input.suspension.resident = ResidentId{*resident};
    if (*ended) return carry_out(input);

    const auto reason_text = text_param(params, "reason");
    const auto said_by = text_param(params, "said_by");
    const auto approver = text_param(params, "approver");
    const auto note = text_param(params, "note", "");
    const auto from = care_params::date(params, "from");
    const auto to = care_params::date(params, "to");
    for (const auto* text : {&reason_text, &said_by, &approver, &note}) {
        if (!*text) return Reply::failed(text->error());
    }
    if (!from) return Reply::failed(from.error());
    if (!to) return Reply::failed(to.error());
    const auto reason = parse_resident_status(*reason_text);
    if (!reason) {
        return Reply::failed({"'" + *reason_text + "' is not a reason", "reason",
                              "say one of" + listed(resident_status_names())});
    }
    input.suspension.reason = *reason;
    input.suspension.from = *from;
    input.suspension.to = *to;
    input.suspension.said_by = *said_by;
    input.suspension.approver = *approver;
    input.suspension.note = *note;
    return carry_out(input);
}

Reply CareHandlers::suspensions_list(const Params&) {
    array out;
    for (const CommunityView& view : communities()) {
        for (const ClientView& client : view.clients) {
            if (client.suspension) out.push_back(care_.suspension(view, client));
        }
    }
    return done({{"suspensions", std::move(out)}});
}

Reply CareHandlers::reports_show(const Params& params) {
    const auto text = text_param(params, "period");
    const auto by = text_param(params, "by", "");
    if (!text) return Reply::failed(text.error());
    if (!by) return Reply::failed(by.error());
    const auto period = care::parse_period(*text);
    if (!period) {
        return Reply::failed({"'" + *text + "' is not a period", "period",
                              "write 2026-11-25, 2026-W48, 2026-11, 2026-Q4 or 2026"});
    }
    const auto last = journal_.reader().last_decision();
    if (!last) return Reply::failed(last.error());
    const auto read = [report =
                           begin_care_report(daemon_.gateway().engine(), *period,
                                             config_.utc_offset, daemon_.gateway().now(), *last),
                       text = *text, by = *by](store::StoreReader& reader) -> result<object> {
        const auto made = report(reader);
        if (!made) return made.error();
        return report_json(*made, text, by);
    };
    return read_later(reads_.reports, read);
}

const CareHandlers::Entry CareHandlers::methods[] = {
    {control::method::rounds_week, &CareHandlers::rounds_week},
    {control::method::rounds_command, &CareHandlers::rounds_command},
    {control::method::rounds_absent, &CareHandlers::rounds_absent},
    {control::method::rounds_calendar, &CareHandlers::rounds_calendar},
    {control::method::contacts_record, &CareHandlers::contacts_record},
    {control::method::contacts_list, &CareHandlers::contacts_list},
    {control::method::suspensions_set, &CareHandlers::suspensions_set},
    {control::method::suspensions_list, &CareHandlers::suspensions_list},
    {control::method::reports_show, &CareHandlers::reports_show},
};

std::optional<Reply> CareHandlers::answer(const control::Request& request) {
    const auto entry = std::ranges::find(methods, request.method, &Entry::name);
    if (entry == std::end(methods)) return std::nullopt;
    return (this->*entry->method)(request.params);
}

}  // namespace anju
