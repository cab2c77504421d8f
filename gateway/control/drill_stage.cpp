#include "control/drill_stage.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "control/render.hpp"
#include "core/model/names.hpp"

namespace anju::control {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 6> phase_names{"asked",   "playing", "judged",
                                                      "stopped", "failed",  "lost"};

/// As DrillProblem of the simulator; of what is not among them the text alone speaks.
constexpr std::array<std::string_view, 8> problem_kinds{"other", "scenario", "box",     "broker",
                                                        "clock", "busy",     "process", "output"};

constexpr std::uint64_t longest = 400ULL * 86'400;  // seconds; more is no scenario
constexpr std::uint64_t most_delay = longest * 1000;
constexpr std::size_t most_faults = 8;

/// The array of that name, of objects and not longer than allowed; empty when it is not there.
result<std::vector<const json::object*>> objects(const json::object& params, std::string_view key,
                                                 std::size_t most) {
    std::vector<const json::object*> out;
    const json::value* const value = params.if_contains(key);
    if (value == nullptr) return out;
    if (!value->is_array() || value->get_array().size() > most) {
        return Error{"must be a list of at most " + std::to_string(most), std::string(key), ""};
    }
    for (const json::value& each : value->get_array()) {
        if (!each.is_object()) return Error{"must be a list of objects", std::string(key), ""};
        out.push_back(&each.get_object());
    }
    return out;
}

/// From 0 to `most`; 0 when it is not there.
result<std::uint64_t> whole(const json::object& params, std::string_view key, std::uint64_t most) {
    const json::value* const value = params.if_contains(key);
    if (value == nullptr) return std::uint64_t{0};
    boost::system::error_code failed;
    const auto number = value->to_number<std::uint64_t>(failed);
    if (failed || number > most) {
        return Error{"must be a whole number from 0 to " + std::to_string(most), std::string(key),
                     ""};
    }
    return number;
}

result<json::array> faults(const json::object& row) {
    const auto said = objects(row, "faults", most_faults);
    if (!said) return said.error();
    json::array out;
    for (const json::object* const one : *said) {
        const auto zh = text_param(*one, "zh");
        const auto en = text_param(*one, "en");
        if (!zh) return zh.error();
        if (!en) return en.error();
        out.push_back({{"zh", *zh}, {"en", *en}});
    }
    return out;
}

result<std::string> alert_kind(const json::object& row) {
    auto kind = text_param(row, "alert");
    if (kind && !parse_alert_kind(*kind)) {
        return Error{"'" + *kind + "' is no kind of alert", "alert", ""};
    }
    return kind;
}

}  // namespace

result<std::vector<DrillStage::Offer>> DrillStage::offers(const json::object& params) const {
    const auto said = objects(params, "scenarios", options_.most_scenarios);
    if (!said) return said.error();
    std::vector<Offer> out;
    for (const json::object* const one : *said) {
        const auto name = text_param(*one, "name");
        const auto zh = text_param(*one, "title_zh");
        const auto en = text_param(*one, "title_en");
        const auto seconds = whole(*one, "seconds", longest);
        for (const auto* text : {&name, &zh, &en}) {
            if (!*text) return text->error();
        }
        if (!seconds) return seconds.error();
        out.push_back({*name, *zh, *en, *seconds});
    }
    return out;
}

result<json::array> DrillStage::rows(const json::object& report) const {
    const auto said = objects(report, "rows", options_.most_rows);
    if (!said) return said.error();
    json::array out;
    for (const json::object* const one : *said) {
        const auto home = text_param(*one, "home");
        const auto alert = alert_kind(*one);
        const auto never = bool_param(*one, "never", false);
        const auto met = bool_param(*one, "met", false);
        auto wrong = faults(*one);
        for (const auto* text : {&home, &alert}) {
            if (!*text) return text->error();
        }
        if (!never) return never.error();
        if (!met) return met.error();
        if (!wrong) return wrong.error();
        json::object row{{"home", *home}, {"alert", *alert}, {"never", *never}, {"met", *met}};
        row["delay_ms"] = nullptr;
        if (one->contains("delay_ms")) {
            const auto delay = whole(*one, "delay_ms", most_delay);
            if (!delay) return delay.error();
            row["delay_ms"] = *delay;
        }
        row["faults"] = std::move(*wrong);
        out.push_back(std::move(row));
    }
    return out;
}

result<json::array> DrillStage::unexpected(const json::object& report) const {
    const auto said = objects(report, "unexpected", options_.most_rows);
    if (!said) return said.error();
    json::array out;
    for (const json::object* const one : *said) {
        const auto id = text_param(*one, "id");
        const auto home = text_param(*one, "home");
        const auto alert = alert_kind(*one);
        for (const auto* text : {&id, &home, &alert}) {
            if (!*text) return text->error();
        }
        out.push_back({{"id", *id}, {"home", *home}, {"alert", *alert}});
    }
    return out;
}

/// Checked as a whole before anything of it is taken.
result<bool> DrillStage::take_report(const json::object& report) {
    const auto number = whole(report, "number", std::uint64_t{1} << 53);
    const auto phase = text_param(report, "phase");
    const auto percent = whole(report, "percent", 100);
    const auto problem = text_param(report, "problem", "");
    const auto kind = text_param(report, "problem_kind", "");
    const auto passed = bool_param(report, "passed", false);
    auto verdicts = rows(report);
    auto surprises = unexpected(report);
    if (!number) return number.error();
    if (!percent) return percent.error();
    for (const auto* text : {&phase, &problem, &kind}) {
        if (!*text) return text->error();
    }
    if (!passed) return passed.error();
    for (const auto* list : {&verdicts, &surprises}) {
        if (!*list) return list->error();
    }
    const auto named = std::ranges::find(phase_names, *phase);
    const auto to = static_cast<Phase>(named - phase_names.begin());
    if (named == phase_names.end() || to == Phase::asked || to == Phase::lost) {
        return Error{"'" + *phase + "' is not how a drill goes", "phase",
                     "say playing, judged, stopped or failed"};
    }
    // Of an earlier one, which was given up or forgotten here: nobody asks any more.
    if (!drill_ || drill_->number != *number || drill_->over()) return to != Phase::playing;
    const bool news = drill_->phase != to || drill_->percent != *percent;
    drill_->handed_out = true;
    drill_->heard = simulator_->heard;
    drill_->phase = to;
    drill_->percent = *percent;
    drill_->problem = *problem;
    const bool known = std::ranges::find(problem_kinds, *kind) != problem_kinds.end();
    const bool wrong = to == Phase::failed || !problem->empty() || !kind->empty();
    drill_->problem_kind = !wrong ? "" : known ? *kind : "other";
    drill_->passed = to == Phase::judged && *passed;
    drill_->rows = std::move(*verdicts);
    drill_->unexpected = std::move(*surprises);
    if (news) tell();
    return true;
}

Reply DrillStage::attend(const json::object& params, SteadyTime now) {
    tick(now);
    const auto id = text_param(params, "simulator");
    if (!id) return Reply::failed(id.error());
    auto offered = offers(params);
    if (!offered) return Reply::failed(offered.error());
    if (!options_.allowed) {
        return Reply::failed({"drills are not allowed on this box", "drill",
                              "set allowed = true in [drill] of its configuration and restart it"});
    }
    if (simulator_ && simulator_->id != *id) {
        return Reply::failed({"another simulator attends", "simulator", "end that one first"});
    }
    const bool news = !simulator_ || simulator_->offers != *offered;
    simulator_ = Simulator{*id, std::move(*offered), now};
    if (news) tell();
    bool wanted = true;
    if (const json::value* report = params.if_contains("report");
        report != nullptr && !report->is_null()) {
        if (!report->is_object()) return Reply::failed({"must be an object", "report", ""});
        const auto taken = take_report(report->get_object());
        if (!taken) return Reply::failed(taken.error());
        wanted = *taken;
    }
    const auto leaves = bool_param(params, "leaves", false);
    if (!leaves) return Reply::failed(leaves.error());
    if (*leaves) {
        simulator_.reset();
        tell();
    }
    json::object answer{{"play", nullptr}, {"stop", !wanted}};
    if (drill_ && !drill_->over() && drill_->simulator == *id) {
        answer["stop"] = !wanted || drill_->to_stop;
        // Told until it is reported on: an answer may be lost.
        if (drill_->phase == Phase::asked && !drill_->to_stop) {
            drill_->handed_out = true;
            answer["play"] = {{"number", drill_->number},
                              {"scenario", drill_->what.name},
                              {"community", drill_->community},
                              {"staff", drill_->staff}};
        }
    }
    return {std::move(answer), {}};
}

Reply DrillStage::play(const json::object& params, SteadyTime now, Instant wall) {
    tick(now);
    const auto scenario = text_param(params, "scenario");
    const auto community = text_param(params, "community", "");
    const auto staff = bool_param(params, "staff", false);
    const auto actor = text_param(params, "actor");
    for (const auto* text : {&scenario, &community, &actor}) {
        if (!*text) return Reply::failed(text->error());
    }
    if (!staff) return Reply::failed(staff.error());
    if (!options_.allowed) {
        return Reply::failed({"drills are not allowed on this box", "drill",
                              "set allowed = true in [drill] of its configuration and restart it"});
    }
    if (!simulator_) {
        return Reply::failed({"no simulator stands ready", "drill", "start 'anju-sim attend'"});
    }
    if (drill_ && !drill_->over()) {
        return Reply::failed({"a drill is being played", drill_->what.name, "stop it, or wait"});
    }
    const auto offer = std::ranges::find(simulator_->offers, *scenario, &Offer::name);
    if (offer == simulator_->offers.end()) {
        return Reply::failed({"the simulator does not play this", *scenario, "see drill.show"});
    }
    drill_.emplace();
    drill_->number = next_number_++;
    drill_->what = *offer;
    drill_->simulator = simulator_->id;
    drill_->community = *community;
    drill_->staff = *staff;
    drill_->by = *actor;
    drill_->asked_at = wall;
    drill_->heard = now;
    tell();
    return {json::object{{"number", drill_->number}}, {}};
}

Reply DrillStage::stop(SteadyTime now) {
    tick(now);
    if (!drill_ || drill_->over()) {
        return Reply::failed({"no drill is being played", "drill", ""});
    }
    // One that was not handed out yet never is.
    if (!drill_->handed_out) drill_->phase = Phase::stopped;
    drill_->to_stop = true;
    tell();
    return {json::object{{"number", drill_->number}}, {}};
}

Reply DrillStage::show() const {
    return {shown(), {}};
}

void DrillStage::tick(SteadyTime now) {
    bool news = false;
    if (simulator_ && now - simulator_->heard > options_.gone) {
        simulator_.reset();
        news = true;
    }
    if (drill_ && !drill_->over() && now - drill_->heard > options_.lost) {
        drill_->phase = Phase::lost;
        news = true;
    }
    if (news) tell();
}

void DrillStage::tell() const {
    if (changed_) changed_(shown());
}

json::object DrillStage::shown() const {
    json::object out{{"allowed", options_.allowed}, {"simulator", nullptr}, {"drill", nullptr}};
    const auto offer = [](const Offer& one) {
        return json::object{{"name", one.name},
                            {"title_zh", one.title_zh},
                            {"title_en", one.title_en},
                            {"seconds", one.seconds}};
    };
    if (simulator_) {
        json::array scenarios;
        for (const Offer& one : simulator_->offers) scenarios.push_back(offer(one));
        out["simulator"] = json::object{{"scenarios", std::move(scenarios)}};
    }
    if (drill_) {
        json::object drill = offer(drill_->what);
        drill["number"] = drill_->number;
        drill["community"] = drill_->community;
        drill["staff"] = drill_->staff;
        drill["by"] = drill_->by;
        drill["asked_at"] = time_text(drill_->asked_at, options_.utc_offset);
        drill["phase"] = json::string(phase_names.at(static_cast<std::size_t>(drill_->phase)));
        drill["stopping"] = drill_->to_stop && !drill_->over();
        drill["percent"] = drill_->percent;
        drill["problem"] = drill_->problem.empty() ? json::value(nullptr)
                                                   : json::value(json::string(drill_->problem));
        drill["problem_kind"] = drill_->problem_kind.empty()
                                    ? json::value(nullptr)
                                    : json::value(json::string(drill_->problem_kind));
        drill["passed"] = drill_->passed;
        drill["rows"] = drill_->rows;
        drill["unexpected"] = drill_->unexpected;
        out["drill"] = std::move(drill);
    }
    return out;
}

}  // namespace anju::control
