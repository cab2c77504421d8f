// The methods of the directory: who lives where, who works there, by which rules, on which days.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/anjud/communities.hpp"
#include "app/anjud/conflicts.hpp"
#include "app/anjud/handlers.hpp"
#include "base/log.hpp"
#include "config/policy_view.hpp"
#include "control/methods.hpp"
#include "core/model/care_names.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;

namespace {

/// A year without data within so many days is a problem: the notice comes in November.
constexpr int look_ahead_days = 60;

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

object render(const config::PolicyRow& row) {
    object out{{"key", row.key},
               {"unit", boost::json::string(config::name(row.unit))},
               {"value", row.value},
               {"layer", boost::json::string(name(row.layer))},
               {"product", row.product}};
    const auto add = [&](std::string_view key, const std::optional<std::string>& said) {
        if (said) out[key] = *said;
    };
    add("district", row.district);
    add("community", row.community);
    add("resident", row.resident);
    add("next", row.next);
    return out;
}

array render(const std::vector<config::PolicyRow>& rows) {
    array out;
    for (const config::PolicyRow& row : rows) out.push_back(render(row));
    return out;
}

const Community* find(const std::vector<Community>& all, const std::string& code) {
    const auto found =
        std::ranges::find_if(all, [&](const Community& one) { return one.id.value == code; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

config::DirectoryBase Handlers::directory_base(bool replace) const {
    return {config_.policy, registered_communities(daemon_.gateway()), replace,
            holidays_.holidays().calendar, config_.drills_allowed};
}

Reply Handlers::residents_import(const Params& params) {
    const auto toml = control::text_param(params, "toml");
    const auto file = control::text_param(params, "file_name", "homes.toml");
    const auto replace = control::bool_param(params, "replace", false);
    if (!toml) return Reply::failed(toml.error());
    if (!file) return Reply::failed(file.error());
    if (!replace) return Reply::failed(replace.error());
    if (!daemon_.time_is_known()) {
        return Reply::failed({"the clock is driven and nobody has set it yet", "[clock] driven",
                              "start the simulator first"});
    }
    refresh_calendar();
    Gateway& gateway = daemon_.gateway();
    auto said = config::parse_directory(*toml, *file, directory_base(*replace), directory_names());
    if (!said) return {nullptr, said.error()};
    if (auto errors = conflicts(gateway.engine(), said->homes, *replace); !errors.empty()) {
        return {nullptr, std::move(errors)};
    }
    object result;
    if (!said->communities.empty()) {
        const auto change = set_communities(gateway, std::move(said->communities), *replace);
        if (!change) daemon_.die(change.error());
        result["communities"] = object{
            {"set", change->set}, {"removed", change->removed}, {"unchanged", change->unchanged}};
    }
    const auto change = gateway.set_households(std::move(said->homes), *replace);
    if (!change) daemon_.die(change.error());
    daemon_.rearm();
    result["set"] = change->set;
    result["removed"] = change->removed;
    result["unchanged"] = change->unchanged;
    return done(std::move(result));
}

Reply Handlers::residents_export(const Params& params) {
    const auto with_keys = control::bool_param(params, "with_keys", false);
    if (!with_keys) return Reply::failed(with_keys.error());
    config::Directory directory;
    directory.communities = registered_communities(daemon_.gateway());
    std::uint64_t keys = 0;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        directory.homes.push_back(std::move(engine.view(id)->household));
        keys += static_cast<std::uint64_t>(std::ranges::count_if(
            directory.homes.back().devices, [](const Device& one) { return !one.key.empty(); }));
    }
    return done({{"toml", config::directory_text(directory, config_.policy, *with_keys)},
                 {"households", directory.homes.size()},
                 {"communities", directory.communities.size()},
                 {"keys", keys},
                 {"with_keys", *with_keys}});
}

Reply Handlers::policy_show(const Params& params) {
    const auto id = control::text_param(params, "id");
    if (!id) return Reply::failed(id.error());
    const std::vector<Community> communities = registered_communities(daemon_.gateway());
    const Engine& engine = daemon_.gateway().engine();
    const HouseholdId* const lived_in = engine.household_of(ResidentId{*id});
    const auto home = engine.view(lived_in != nullptr ? *lived_in : HouseholdId{*id});
    if (!home) {
        const Community* const community = find(communities, *id);
        if (community == nullptr) {
            return Reply::failed(
                {"no such resident, household or community", *id, "anjuctl residents list"});
        }
        return done({{"kind", "community"},
                     {"id", *id},
                     {"community", *id},
                     {"values", render(config::community_view(*community, config_.policy))}});
    }
    const Household& household = home->household;
    const Community* const community = find(communities, household.community);
    array values = render(config::rules_view(household, community, config_.policy));
    for (const Resident& resident : household.residents) {
        if (lived_in == nullptr || resident.id.value != *id) continue;
        for (auto& row : render(config::care_view(resident.care, community, config_.policy))) {
            values.push_back(std::move(row));
        }
    }
    return done({{"kind", lived_in != nullptr ? "resident" : "household"},
                 {"id", *id},
                 {"household", household.id.value},
                 {"community", household.community},
                 {"values", std::move(values)}});
}

Reply Handlers::policy_holidays(const Params&) {
    const config::Holidays& known = holidays_.holidays();
    array years;
    for (const config::HolidayYear& year : known.years) {
        years.push_back(object{{"year", year.year},
                               {"source", year.source},
                               {"days_off", year.days_off},
                               {"worked", year.worked}});
    }
    array missing;
    for (const int year : missing_holidays()) missing.emplace_back(year);
    array errors;
    for (const Error& error : holidays_.errors()) errors.emplace_back(error.text());
    return done({{"file", holidays_.file().string()},
                 {"years", std::move(years)},
                 {"missing", std::move(missing)},
                 {"errors", std::move(errors)}});
}

std::vector<int> Handlers::missing_holidays() const {
    if (!daemon_.time_is_known()) return {};
    const Date today = date_of(daemon_.gateway().now(), config_.utc_offset);
    return config::missing_years(holidays_.holidays().calendar, today, look_ahead_days);
}

void Handlers::add_holiday_problems(std::vector<control::ProblemFacts>& out) const {
    std::error_code none;
    const bool there = std::filesystem::exists(holidays_.file(), none);
    for (const Error& error : there ? holidays_.errors() : config::Errors{}) {
        out.push_back({"holidays_refused", error.where, error.what, error.remedy});
    }
    for (const int year : missing_holidays()) {
        out.push_back({"holidays_missing", std::to_string(year),
                       "there is no data of the holidays of this year",
                       "add it to " + holidays_.file().string() + " and reload anjud"});
    }
}

void Handlers::refresh_calendar() {
    constexpr std::size_t at_once = 200;  // homes in one transaction
    holidays_.read();
    if (!daemon_.time_is_known()) return;  // the next import or reload does it
    const WorkCalendar& calendar = holidays_.holidays().calendar;
    if (calendar.years.empty()) return;  // nothing is known that would be better
    Gateway& gateway = daemon_.gateway();
    std::vector<Community> communities = registered_communities(gateway);
    std::erase_if(communities, [&](const Community& one) { return one.calendar == calendar; });
    for (Community& community : communities) community.calendar = calendar;
    if (!communities.empty()) {
        const auto change = set_communities(gateway, std::move(communities), false);
        if (!change) daemon_.die(change.error());
    }
    std::vector<Household> homes;
    std::size_t renewed = 0;
    const auto flush = [&] {
        renewed += homes.size();
        const auto change = gateway.set_households(std::exchange(homes, {}), false);
        if (!change) daemon_.die(change.error());
    };
    for (const HouseholdId& id : gateway.engine().households()) {
        auto view = gateway.engine().view(id);
        if (view->household.calendar == calendar) continue;
        view->household.calendar = calendar;
        homes.push_back(std::move(view->household));
        if (homes.size() == at_once) flush();
    }
    if (!homes.empty()) flush();
    if (renewed == 0) return;
    daemon_.rearm();
    log::info("holidays_renewed", {{"households", renewed}});
}

}  // namespace anju
