#include "api/resident_views.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "api/json_text.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;

namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Letters of ASCII are the same in either case.
bool holds(std::string_view text, std::string_view part) {
    return std::ranges::search(text, part, {}, lower, lower).begin() != text.end() || part.empty();
}

/// Of a masked view nobody can search for what it hides.
bool is_wanted(const Lodger& one, const std::string& words, const Look& look) {
    if (words.empty()) return true;
    if (holds(one.resident->id.value, words) || holds(one.home->id.value, words)) return true;
    if (!look.sight().in_full) return false;
    return holds(one.resident->name, words) || holds(one.home->address, words) ||
           holds(one.resident->phone, words);
}

const ClientView* client_of(const CommunityView* view, const ResidentId& resident) {
    if (view == nullptr) return nullptr;
    const auto found = std::ranges::find_if(
        view->clients, [&](const ClientView& client) { return client.resident.id == resident; });
    return found == view->clients.end() ? nullptr : &*found;
}

json::value quota(const CommunityView* view, const ResidentId& resident, Date monday) {
    if (view == nullptr) return nullptr;
    const auto week = std::ranges::find(view->so_far, monday, &WeekClosed::week);
    if (week == view->so_far.end()) return nullptr;
    const auto row = std::ranges::find(week->residents, resident, &care::ResidentWeek::resident);
    if (row == week->residents.end()) return nullptr;
    return {{"visits_done", row->visits_done},
            {"visits_due", row->visits_due},
            {"calls_done", row->calls_done},
            {"calls_due", row->calls_due}};
}

}  // namespace

std::vector<Lodger> ResidentViews::find(const ResidentQuery& query, Look& look) {
    std::vector<Lodger> out;
    for (const HouseholdId& id : look.engine().households()) {
        const Household* const home = look.engine().find(id);
        if (home == nullptr || !look.at(id)) continue;
        if (!query.community.empty() && home->community != query.community.value) continue;
        for (const Resident& resident : home->residents) {
            const Lodger one{.home = home, .resident = &resident};
            if (is_wanted(one, query.words, look)) out.push_back(one);
        }
    }
    std::ranges::sort(out, {}, [](const Lodger& one) {
        return std::tie(one.home->community, one.home->id, one.resident->id);
    });
    return out;
}

std::optional<Lodger> ResidentViews::find(const ResidentId& resident, Look& look) {
    const HouseholdId* const id = look.engine().household_of(resident);
    if (id == nullptr || !look.at(*id)) return std::nullopt;
    const Household* const home = look.engine().find(*id);
    const auto found = std::ranges::find(home->residents, resident, &Resident::id);
    if (found == home->residents.end()) return std::nullopt;
    return Lodger{.home = home, .resident = &*found};
}

json::array ResidentViews::items(const std::vector<Lodger>& some, Instant now, Look& look) const {
    std::map<std::string, std::optional<CommunityView>> communities;
    json::array out;
    for (const Lodger& one : some) {
        const auto [view, is_new] = communities.try_emplace(one.home->community);
        if (is_new) view->second = look.engine().view(CommunityId{one.home->community});
        out.push_back(item(one, view->second ? &*view->second : nullptr, now, look));
    }
    return out;
}

json::object ResidentViews::item(const Lodger& one, const CommunityView* community, Instant now,
                                 Look& look) const {
    const auto view = look.engine().view(one.home->id);
    json::object out{{"id", one.resident->id.value},
                     {"household", one.home->id.value},
                     {"community", text_or_null(one.home->community)},
                     {"community_name", nullptr},
                     {"name", text_or_null(look.name(one.resident->name))},
                     {"status", json::string(name(one.resident->status))},
                     {"phone", text_or_null(look.detail(one.resident->phone))},
                     {"address", text_or_null(look.detail(one.home->address))},
                     {"residents", one.home->residents.size()},
                     {"suspension", nullptr},
                     {"usual_worker", nullptr},
                     {"last_contact", nullptr}};
    const json::object home = render_.household(*view);
    for (const char* const key :
         {"last_sign_of_life", "whereabouts", "whereabouts_since", "best_delay", "open_alerts"}) {
        out[key] = home.at(key);
    }
    const Date monday = monday_of(date_of(now, offset_));
    out["quota"] = quota(community, one.resident->id, monday);
    if (community != nullptr) out["community_name"] = text_or_null(community->community.name);
    if (const ClientView* const client = client_of(community, one.resident->id)) {
        if (client->suspension) out["suspension"] = care_.suspension(*community, *client);
        out["usual_worker"] = text_or_null(client->usual.value);
        out["last_contact"] = render_.time(client->last_contact);
    }
    if (!look.sight().in_full && !out["suspension"].is_null()) out["suspension"] = json::object{};
    return out;
}

json::object ResidentViews::in_full(const Lodger& one, Instant now, Look& look) const {
    json::object out = items({one}, now, look)[0].as_object();
    json::array contacts;
    if (look.sight().in_full) {
        for (const ContactPerson& contact : one.resident->contacts) {
            contacts.push_back({{"relation", text_or_null(contact.relation)},
                                {"name", text_or_null(contact.name)},
                                {"phone", text_or_null(contact.phone)},
                                {"role", json::string(name(contact.role))}});
        }
    }
    json::array devices;
    const auto view = look.engine().view(one.home->id);
    for (const DeviceView& device : view->devices) {
        devices.push_back(render_.device(one.home->id, device));
    }
    out["contacts"] = std::move(contacts);
    out["devices"] = std::move(devices);
    return out;
}

}  // namespace anju::api
