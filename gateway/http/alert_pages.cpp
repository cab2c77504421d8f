#include "http/alert_pages.hpp"

#include <utility>

#include "core/model/person.hpp"
#include "core/text/quantities.hpp"
#include "http/digest.hpp"
#include "http/form.hpp"
#include "http/html.hpp"
#include "http/page_words.hpp"
#include "notify/bytes.hpp"

namespace anju::http {
namespace {

bool is_urgent(const AlertCard& card) {
    return card.priority == Priority::p1 || card.priority == Priority::p2;
}

/// How far an alert has come; the verbs of a link lead up these steps.
int step_of(AlertState state) {
    switch (state) {
        case AlertState::suspected:
        case AlertState::self_check:
        case AlertState::open:
            return 0;
        case AlertState::acknowledged:
            return 1;
        case AlertState::en_route:
            return 2;
        case AlertState::on_site:
            return 3;
        case AlertState::resolved:
        case AlertState::closed:
        case AlertState::merged:
        case AlertState::suppressed:
        case AlertState::cancelled:
            break;
    }
    return 4;
}

int step_of(AlertVerb verb) {
    switch (verb) {
        case AlertVerb::acknowledge:
            return 1;
        case AlertVerb::en_route:
            return 2;
        case AlertVerb::on_site:
            return 3;
        default:
            return 4;
    }
}

constexpr std::string_view group_mark = "group:";

/// The link was sent to a group, and nobody has said yet who they are.
bool of_group(const std::string& person) {
    return person.starts_with(group_mark);
}

Page page_of(const AlertCard& card) {
    const bool over = step_of(card.state) == 4;
    return Page(say::title, over              ? Page::Tone::over
                            : is_urgent(card) ? Page::Tone::urgent
                                              : Page::Tone::calm);
}

std::string in_both(text::Wording wording) {
    return std::string(wording.zh) + " / " + std::string(wording.en);
}

void tell_alert(Page& page, const AlertCard& card, Duration utc_offset) {
    page.heading(words(card.kind));
    page.paragraph(card.sentence_zh, card.sentence_en);
    page.fact(say::raised, text::local_time(text::Language::zh, card.raised_at, utc_offset));
    page.fact(say::state, in_both(text::state_name(card.state)));
    page.fact(say::owner, card.owner_shown);
}

/// One tap on one state of the alert: what is sent twice is one command.
std::string command_id(const std::string& token, const AlertCard& card) {
    const std::string state = std::to_string(to_unix_ms(card.changed_at)) + "." +
                              std::to_string(card.reopened) + "." + std::to_string(card.rung);
    return "link-" + notify::hex(sha256(token + "@" + state).substr(0, 16));
}

bool has_it(const AlertCard& card, const std::string& person) {
    return !card.owner.empty() && same_person(card.owner, AlertPages::actor(person));
}

void tell_closing(Page& page, const AlertCard& card) {
    page.fact(say::who, card.masked_name);
    page.fact(say::reason, in_both(words(card.reason)));
    page.fact(say::note, card.note);
    page.fact(say::closed_by, card.closed_by_shown);
    page.fact(say::reviewed_by, card.reviewed_by_shown);
}

/// A page that says one thing.
Response notice(unsigned status, text::Wording title, text::Wording what) {
    Page page(title, Page::Tone::over);
    page.paragraph(what);
    page.paragraph(say::emergency);
    return page.take(status);
}

}  // namespace

AlertPages::AlertPages(Options options, const notify::LinkSigner& signer, AlertDesk& desk,
                       Failures& failures, const Clock& clock)
    : options_(options), signer_(signer), desk_(desk), failures_(failures), clock_(clock) {}

void AlertPages::add_to(Router& router) {
    router.add("GET", "/a/{token}", [this](const Request& request) { return show(request); });
    router.add("POST", "/a/{token}", [this](const Request& request) { return act(request); });
}

/// The claims of a good link; otherwise what to answer.
std::optional<AlertPages::Claims> AlertPages::open(const Request& request, Response& refused) {
    const std::string& token = request.params.front();
    const ClockReading now = clock_.read();
    auto claims = signer_.verify(token, now.wall);
    if (claims && !words(claims->verb).zh.empty()) return claims;
    // Nothing had expired at the beginning of time: then the seal alone decides.
    if (signer_.verify(token, Instant{})) {
        refused = notice(410, say::expired, say::ask_anew);
        return std::nullopt;
    }
    if (const auto wait = failures_.failed(request.peer, now.steady); wait.count() > 0) {
        refused = notice(429, say::slow_down, say::copy_whole);
        refused.fields.emplace_back("Retry-After", std::to_string(wait.count()));
    } else {
        refused = notice(404, say::unknown, say::copy_whole);
    }
    return std::nullopt;
}

Response AlertPages::show(const Request& request) {
    Response refused;
    const auto claims = open(request, refused);
    if (!claims) return refused;
    const auto card = desk_.card(claims->alert);
    if (!card) return notice(410, say::over, say::ask_anew);
    if (claims->verb == AlertVerb::review) return show_closing(request, *card);
    Page page = page_of(*card);
    tell_alert(page, *card, options_.utc_offset);
    page.fact(say::who, card->masked_name);
    const bool mine = has_it(*card, claims->person);
    if (step_of(card->state) == 4) {
        page.paragraph(say::over);
    } else if (step_of(card->state) < step_of(claims->verb) && ask_who(page, *claims)) {
        page.paragraph(say::hidden);
    } else if (step_of(card->state) < step_of(claims->verb)) {
        page.button(request.path, words(claims->verb));
        page.paragraph(say::hidden);
    } else if (mine) {
        page.button(request.path, say::mine);
    } else {
        page.paragraph(say::taken);
    }
    if (is_urgent(*card)) page.paragraph(say::emergency);
    return page.take();
}

Response AlertPages::act(const Request& request) {
    Response refused;
    const auto claims = open(request, refused);
    if (!claims) return refused;
    const auto card = desk_.card(claims->alert);
    if (!card) return notice(410, say::over, say::ask_anew);
    if (claims->verb == AlertVerb::review) return review(request, *claims, *card);
    if (of_group(claims->person) && !desk_.members(claims->alert).empty()) return show(request);
    const int here = step_of(card->state);
    if (here < 4 && here >= step_of(claims->verb)) {  // it has come so far already
        return answer(*claims, {CommandStatus::already, ""});
    }
    AlertCommand command;
    command.command_id = command_id(request.params.front(), *card);
    command.alert = claims->alert;
    command.verb = claims->verb;
    command.actor = actor(claims->person);
    return answer(*claims, desk_.move(command));
}

Response AlertPages::answer(const Claims& claims, const AlertDesk::Moved& moved) {
    const auto card = desk_.card(claims.alert);
    if (!card) return notice(410, say::over, say::ask_anew);
    const bool done = moved.status == CommandStatus::applied;
    const bool mine = has_it(*card, claims.person);
    Page page = page_of(*card);
    if (done || (mine && step_of(card->state) < 4 && moved.status == CommandStatus::already)) {
        page.heading(say::done);
    } else if (step_of(card->state) == 4) {
        page.heading(say::over);
    } else if (moved.status == CommandStatus::already) {
        page.heading(say::taken);
    } else {
        page.heading(say::refused);
        page.paragraph(moved.text_zh, moved.text);
    }
    tell_alert(page, *card, options_.utc_offset);
    if ((done || mine) && step_of(card->state) < 4) {
        tell_people(page, *card);
        offer_next(page, *card, claims.person);
    } else {
        page.fact(say::who, card->masked_name);
    }
    if (is_urgent(*card)) page.paragraph(say::emergency);
    const bool refused = !done && moved.status != CommandStatus::already;
    return page.take(refused ? 409 : 200);
}

Response AlertPages::show_closing(const Request& request, const AlertCard& card) const {
    Page page(say::title, Page::Tone::calm);
    tell_alert(page, card, options_.utc_offset);
    tell_closing(page, card);
    if (card.state != AlertState::closed) {
        page.paragraph(say::not_closed);
    } else if (!card.reviewed_by_shown.empty()) {
        page.paragraph(say::reviewed);
    } else {
        page.button(request.path, words(AlertVerb::review));
        page.question(request.path, say::another_look, say::what_to_look_at);
        page.paragraph(say::looks_again);
    }
    return page.take();
}

/// A look that finds something wanting opens the alert again: whoever has to see to it is told.
Response AlertPages::review(const Request& request, const Claims& claims, const AlertCard& before) {
    if (before.state != AlertState::closed || !before.reviewed_by_shown.empty()) {
        return show_closing(request, before);
    }
    AlertCommand command;
    command.note = form_value(request.body, Page::answer_name);
    const bool again = request.body.find(Page::answer_name) != std::string::npos;
    if (again && command.note.find_first_not_of(" \t\r\n") == std::string::npos) {
        return notice(409, say::refused, say::what_to_look_at);
    }
    command.verb = again ? AlertVerb::reopen : AlertVerb::review;
    command.command_id = command_id(request.params.front() + command.note, before);
    command.alert = claims.alert;
    command.actor = actor(claims.person);
    const AlertDesk::Moved moved = desk_.move(command);
    const auto card = desk_.card(claims.alert);
    if (!card) return notice(410, say::over, say::ask_anew);
    Page page(say::title, Page::Tone::calm);
    const bool refused =
        moved.status != CommandStatus::applied && moved.status != CommandStatus::already;
    page.heading(refused ? say::refused : say::done);
    if (refused) page.paragraph(moved.text_zh, moved.text);
    tell_alert(page, *card, options_.utc_offset);
    tell_closing(page, *card);
    return page.take(refused ? 409 : 200);
}

void AlertPages::tell_people(Page& page, const AlertCard& card) const {
    page.fact(say::who, card.name);
    page.fact(say::address, card.address);
    page.phone(say::call, card.phone);
    for (const Callee& one : card.contacts) {
        const std::string zh = one.name + "（" + one.relation + "）";
        page.phone({zh, "call"}, one.phone);
    }
}

bool AlertPages::ask_who(Page& page, const Claims& claims) const {
    if (!of_group(claims.person)) return false;
    const auto members = desk_.members(claims.alert);
    if (members.empty()) return false;
    page.heading(words(claims.verb));
    page.paragraph(say::who_acts);
    for (const AlertDesk::Member& one : members) {
        Claims own = claims;
        own.person = one.person + "@" + claims.person;
        // Two may have one name when it is masked; the id tells them apart.
        const std::string_view id = std::string_view(one.person).substr(one.person.find(':') + 1);
        page.button("/a/" + signer_.token(own), {one.shown, id}, false);
    }
    return true;
}

void AlertPages::offer_next(Page& page, const AlertCard& card, const std::string& person) const {
    bool first = true;
    const Instant expires = clock_.read().wall + options_.next_links;
    for (const AlertVerb verb : {AlertVerb::en_route, AlertVerb::on_site, AlertVerb::resolve}) {
        const int here = step_of(card.state);
        if (step_of(verb) <= here) continue;
        if (verb == AlertVerb::resolve && card.state != AlertState::on_site) continue;
        if (first) page.heading(say::next);
        page.button("/a/" + signer_.token({card.id, verb, person, expires}), words(verb), first);
        first = false;
    }
}

}  // namespace anju::http
