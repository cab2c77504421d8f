#include "app/anjud/alert_desk.hpp"

#include <optional>
#include <stdexcept>

#include "app/anjud/engine_directory.hpp"
#include "core/text/masking.hpp"

namespace anju {
namespace {

/// What stands behind `prefix`; nullopt where it does not stand in front.
std::optional<std::string> behind(std::string_view prefix, std::string_view text) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return std::string(text.substr(prefix.size()));
}

/// A contact is shown by what they are to the resident: who looks need not know more.
std::string shown_contact(const Household* home, std::string_view contact) {
    constexpr std::string_view nameless = "紧急联系人 emergency contact";
    if (home == nullptr) return std::string(nameless);
    for (const Resident& resident : home->residents) {
        for (std::size_t at = 0; at < resident.contacts.size(); ++at) {
            if (contact != resident.id.value + ":" + std::to_string(at)) continue;
            const std::string& relation = resident.contacts[at].relation;
            return relation.empty() ? std::string(nameless) : relation;
        }
    }
    return std::string(nameless);
}

/// "link:worker:W1" as people say it: the name that the directory has, else what there is.
std::string shown(const Engine& engine, const HouseholdId& unit, const std::string& actor) {
    std::string who = behind("link:", actor).value_or(behind("cli:", actor).value_or(actor));
    if (const auto at = who.find("@group:"); at != std::string::npos) {
        const std::string group = who.substr(at + 1);
        return shown(engine, unit, "link:" + who.substr(0, at)) +
               "（经群链接 through the link of " + shown(engine, unit, group) + "）";
    }
    if (const auto contact = behind("contact:", who)) {
        return shown_contact(engine.find(unit), *contact);
    }
    if (const auto group = behind("group:", who)) return "群 group " + *group;
    who = behind("worker:", who).value_or(who);
    const EngineDirectory directory(engine, nullptr);
    const auto worker = directory.worker(unit, WorkerId{who});
    return worker && !worker->name.empty() ? worker->name : who;
}

void add_people(http::AlertCard& card, const Alert& alert, const Household& home) {
    card.address = home.address;
    for (const Resident& resident : home.residents) {
        if (!alert.resident.empty() && resident.id != alert.resident) continue;
        card.name = resident.name;
        card.masked_name = text::masked_name(resident.name);
        card.phone = resident.phone;
        for (const ContactPerson& contact : resident.contacts) {
            card.contacts.push_back({contact.relation, contact.name, contact.phone});
        }
        return;
    }
}

}  // namespace

std::optional<http::AlertCard> WebAlertDesk::card(const AlertId& id) {
    const auto found = journal_.reader().alert(id);
    if (!found) throw std::runtime_error(found.error().text());
    if (!*found) return std::nullopt;
    const Alert& alert = std::get<AlertChanged>((*found)->what).alert;
    http::AlertCard card;
    card.id = alert.id;
    card.kind = alert.kind;
    card.priority = alert.priority;
    card.state = alert.state;
    card.raised_at = alert.raised_at;
    card.changed_at = alert.changed_at;
    card.reopened = alert.reopened;
    card.rung = alert.rung;
    card.reason = alert.reason;
    card.note = alert.note;
    card.sentence_zh = alert.sentence_zh;
    card.sentence_en = alert.sentence_en;
    // Before anybody's name stands in the alert itself, whoever moved it last has it.
    const bool taken = alert.state == AlertState::acknowledged ||
                       alert.state == AlertState::en_route || alert.state == AlertState::on_site;
    card.owner = alert.owner.empty() && taken ? alert.actor : alert.owner;
    card.owner_shown = shown(daemon_.gateway().engine(), alert.household, card.owner);
    card.closed_by_shown = shown(daemon_.gateway().engine(), alert.household, alert.closed_by);
    card.reviewed_by_shown = shown(daemon_.gateway().engine(), alert.household, alert.reviewed_by);
    if (const auto home = daemon_.gateway().engine().view(alert.household)) {
        add_people(card, alert, home->household);
    }
    return card;
}

std::vector<http::AlertDesk::Member> WebAlertDesk::members(const AlertId& alert) {
    const Engine& engine = daemon_.gateway().engine();
    auto id = engine.community_of(alert);
    if (const HouseholdId* const home = engine.household_of(alert)) {
        id = CommunityId{engine.find(*home)->community};
    }
    const Community* const community = id ? engine.find(*id) : nullptr;
    std::vector<Member> out;
    if (community == nullptr) return out;
    for (const Worker& worker : community->workers) {
        out.push_back({"worker:" + worker.id.value, text::masked_name(worker.name)});
    }
    return out;
}

http::AlertDesk::Moved WebAlertDesk::move(const AlertCommand& command) {
    const auto answer = daemon_.gateway().command({command, Instant{}});
    if (!answer) daemon_.die(answer.error());
    daemon_.rearm();
    return {answer->status, answer->text, answer->text_zh};
}

}  // namespace anju
