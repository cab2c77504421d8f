#include "app/anjud/alert_desk.hpp"

#include <stdexcept>

#include "core/text/masking.hpp"

namespace anju {
namespace {

/// "link:worker:lin" as people say it: "lin".
std::string shown(std::string_view actor) {
    for (const std::string_view prefix : {"link:", "worker:", "cli:", "contact:"}) {
        if (actor.starts_with(prefix)) actor.remove_prefix(prefix.size());
    }
    return std::string(actor);
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
    card.sentence_zh = alert.sentence_zh;
    card.sentence_en = alert.sentence_en;
    // Before anybody's name stands in the alert itself, whoever moved it last has it.
    const bool taken = alert.state == AlertState::acknowledged ||
                       alert.state == AlertState::en_route || alert.state == AlertState::on_site;
    card.owner = alert.owner.empty() && taken ? alert.actor : alert.owner;
    card.owner_shown = shown(card.owner);
    if (const auto home = daemon_.gateway().engine().view(alert.household)) {
        add_people(card, alert, home->household);
    }
    return card;
}

http::AlertDesk::Moved WebAlertDesk::move(const AlertCommand& command) {
    const auto answer = daemon_.gateway().command({command, Instant{}});
    if (!answer) daemon_.die(answer.error());
    daemon_.rearm();
    return {answer->status, answer->text};
}

}  // namespace anju
