// A box at three at night, with version 1 and an offer of version 2.
#pragma once

#include <string>
#include <vector>

#include "update/plan.hpp"

namespace anju::update {

inline constexpr Instant night{std::chrono::hours{24 * 365 * 56 + 3}};

inline Offer offer(const std::string& version) {
    return {.version = version, .way_back = true, .bytes = 1'000};
}

inline Facts at_night(std::vector<Offer> offers = {offer("2")}) {
    Facts facts;
    facts.now = night;
    facts.installed = "1";
    facts.room = 1'000'000;
    facts.offers = std::move(offers);
    return facts;
}

inline Record at(Step step, int begun) {
    Record record;
    record.step = step;
    record.from = "1";
    record.to = "2";
    record.begun = begun;
    return record;
}

inline Rest why(const Facts& facts, const Record& record = {}, const Rules& rules = {},
                const Insistence& said = {}) {
    const Action action = next(record, facts, rules, said);
    return action.what == Do::rest ? action.why : Rest::none;
}

}  // namespace anju::update
