// What a person may do to an alert, and the answer.
#pragma once

#include "core/alert/book.hpp"
#include "core/decision.hpp"
#include "core/input.hpp"

namespace anju {

/// Moves the alert to the state the command asks for, through every state in between, all by
/// the command's actor and each told to `sink`: whoever closes an alert has also taken and
/// handled it, and types that once. Asking for what holds already changes nothing. Closing
/// takes a reason and a note.
[[nodiscard]] CommandAnswered carry_out(AlertBook& book, const AlertCommand& command, Instant at,
                                        AlertSink& sink);

/// The answer where nobody knows the alert.
[[nodiscard]] CommandAnswered no_such_alert(const AlertCommand& command);

}  // namespace anju
