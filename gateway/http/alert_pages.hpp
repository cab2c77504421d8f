// GET and POST /a/{token}: what opens when somebody taps the link of a message.
//
// GET changes nothing and tells no name: the chat programs that carry the message fetch every link
// in it to draw a preview, and so may virus scanners on the way. Only the button, a POST, moves the
// alert, and only its answer tells who, where and which numbers: to whoever has the alert, or moved
// it with this very tap. A token that is used again is judged by the alert as it stands then: of
// one that its holder has it says so once more; one that is open again, because nobody moved, is
// taken again. The command of a tap has an id of the token and of the alert's last step.
//
// A link in a message to a group is everybody's who reads there. Its page asks who is acting, with
// a button for each worker of the community by masked name; each button is a link of its own,
// sealed, for that worker through that group ("worker:lin@group:street"), and so are the steps that
// follow. It is their word: the ledger tells it from a link that was sent to them alone.
//
// A link for `review` shows the closing and asks whether it looks right. Whoever says that it does
// not opens the alert again, with a note.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/decision.hpp"
#include "http/failures.hpp"
#include "http/router.hpp"
#include "notify/link.hpp"
#include "runtime/clock.hpp"

namespace anju::http {

/// Somebody to be called.
struct Callee {
    std::string relation;  ///< "女儿 daughter"
    std::string name;
    std::string phone;
};

/// An alert as a page shows it.
struct AlertCard {
    AlertId id;
    AlertKind kind{};
    Priority priority{};
    AlertState state{};
    Instant raised_at{};
    Instant changed_at{};      ///< of its last step
    std::uint32_t reopened{};  ///< as the alert counts
    std::uint8_t rung{};
    std::string sentence_zh;
    std::string sentence_en;
    std::string owner;        ///< who has it, as an actor; empty: nobody
    std::string owner_shown;  ///< the same for people
    std::string masked_name;
    ClosingReason reason = ClosingReason::none;
    std::string note;
    std::string closed_by_shown;
    std::string reviewed_by_shown;  ///< empty: nobody yet
    // shown after the button only
    std::string name;
    std::string address;
    std::string phone;
    std::vector<Callee> contacts;
};

/// Where alerts are looked up and moved.
class AlertDesk {
public:
    virtual ~AlertDesk() = default;
    /// nullopt: there is no such alert any more.
    [[nodiscard]] virtual std::optional<AlertCard> card(const AlertId& alert) = 0;
    /// Somebody who may act by a link to a group.
    struct Member {
        std::string person;  ///< "worker:lin"
        std::string shown;   ///< masked
    };
    /// The workers of the alert's community; none: the group itself acts.
    [[nodiscard]] virtual std::vector<Member> members(const AlertId& alert) = 0;
    struct Moved {
        CommandStatus status{};
        std::string text;          ///< English; empty when applied
        std::string text_zh = {};  ///< empty also where there is only the English one
    };
    /// Applied once per `command.command_id`; a repetition gets the answer of the first time.
    [[nodiscard]] virtual Moved move(const AlertCommand& command) = 0;
};

class AlertPages {
public:
    struct Options {
        Duration utc_offset = std::chrono::hours{8};
        /// How long the buttons of an answer hold.
        Duration next_links = std::chrono::hours{24};
    };
    /// All references must outlive it.
    AlertPages(Options options, const notify::LinkSigner& signer, AlertDesk& desk,
               Failures& failures, const Clock& clock);
    /// It must outlive `router`.
    void add_to(Router& router);

    [[nodiscard]] Response show(const Request& request);
    [[nodiscard]] Response act(const Request& request);

    /// The actor of a command that came by a link for `person`.
    [[nodiscard]] static std::string actor(const std::string& person) { return "link:" + person; }

private:
    using Claims = notify::LinkClaims;
    [[nodiscard]] std::optional<Claims> open(const Request& request, Response& refused);
    [[nodiscard]] Response answer(const Claims& claims, const AlertDesk::Moved& moved);
    [[nodiscard]] Response show_closing(const Request& request, const AlertCard& card) const;
    [[nodiscard]] Response review(const Request& request, const Claims& claims,
                                  const AlertCard& before);
    void tell_people(class Page& page, const AlertCard& card) const;
    /// False: there is nobody to choose.
    bool ask_who(class Page& page, const Claims& claims) const;
    void offer_next(class Page& page, const AlertCard& card, const std::string& person) const;

    Options options_;
    const notify::LinkSigner& signer_;
    AlertDesk& desk_;
    Failures& failures_;
    const Clock& clock_;
};

}  // namespace anju::http
