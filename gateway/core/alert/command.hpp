// What a person may do to an alert, and the answer.
#pragma once

#include "core/alert/book.hpp"
#include "core/decision.hpp"
#include "core/input.hpp"

namespace anju {

/// Does what the command asks, through every state that is passed on the way, all by the command's
/// actor and each told to `sink`: whoever closes an alert has also taken and handled it, and types
/// that once. Asking for what holds already changes nothing. An alert does not go back, but for
/// `reopen`, of one that is over, and `hand_over`, with which its new owner is not yet on the way.
///
///   close      takes a reason and a note
///   resolve    a P1 or P2 only once somebody was on site, or with a note
///   hand_over  of one that somebody has; the note names who has it now, and that person is told
///   review     of a closed P1 or P2, by somebody else than closed it
///   i_am_well  while the resident is being asked: takes the alert back
[[nodiscard]] CommandAnswered carry_out(AlertBook& book, const AlertCommand& command, Instant at,
                                        const Ladder& ladder, AlertSink& sink);

/// The answer where nobody knows the alert.
[[nodiscard]] CommandAnswered no_such_alert(const AlertCommand& command);

}  // namespace anju
