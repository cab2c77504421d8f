// The port to loudspeakers in homes: the box asks the resident itself.
#pragma once

#include <functional>
#include <string>

#include "core/model/ids.hpp"

namespace anju::notify {

class Speaker {
public:
    virtual ~Speaker() = default;
    /// There is one in this home, and it is working as far as is known.
    [[nodiscard]] virtual bool serves(const HouseholdId& household) const = 0;
    /// Never blocks. `done`, from any thread, once: whether the question was asked aloud, with the
    /// reason (English) if not. What the resident answers comes back as an input, not through here.
    virtual void ask(const HouseholdId& household, const AlertId& alert, const std::string& text,
                     std::function<void(bool asked, std::string why_not)> done) = 0;
};

}  // namespace anju::notify
