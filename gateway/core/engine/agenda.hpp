// Which household has something due next? Holds one entry per household at most, a lower bound
// of its deadline: most inputs move a deadline later, which costs nothing here; the entry is
// corrected when its time comes.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/model/instant.hpp"

namespace anju {

template <class Item>
class Agenda {
public:
    /// Kept by the owner of each item, and only touched by the agenda.
    struct Ticket {
        std::optional<Instant> bound;
    };

    /// Makes sure the item is woken not later than `due`.
    void wake(Item& item, Ticket& ticket, std::optional<Instant> due) {
        if (!due || (ticket.bound && *ticket.bound <= *due)) return;
        if (ticket.bound) {
            auto entry = entries_.extract({*ticket.bound, &item});
            entry.value().first = *due;
            entries_.insert(std::move(entry));
        } else {
            entries_.emplace(*due, &item);
        }
        ticket.bound = due;
    }
    void remove(Item& item, Ticket& ticket) {
        if (ticket.bound) entries_.erase({*ticket.bound, &item});
        ticket.bound.reset();
    }
    /// Takes the earliest item whose time has come; nullptr when there is none. Its ticket is
    /// void: call wake() again.
    [[nodiscard]] Item* pop(Instant now, Ticket Item::* ticket) {
        if (entries_.empty() || entries_.begin()->first > now) return nullptr;
        Item* item = entries_.begin()->second;
        entries_.erase(entries_.begin());
        (item->*ticket).bound.reset();
        return item;
    }
    [[nodiscard]] std::optional<Instant> first() const {
        if (entries_.empty()) return std::nullopt;
        return entries_.begin()->first;
    }

private:
    std::set<std::pair<Instant, Item*>> entries_;
};

}  // namespace anju
