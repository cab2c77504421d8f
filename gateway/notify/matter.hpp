// What a notice is about, while it is being made. Private to the router.
#pragma once

#include "notify/router.hpp"

namespace anju::notify {

struct Matter {
    NoticeTopic topic = NoticeTopic::alert;
    HouseholdId unit;
    std::string subject;
    Priority priority = Priority::p4;
    SummonsCause cause = SummonsCause::told;
    Scene scene;
    Instant now{};
    bool digest{};
    std::string channel;            ///< the one that fails: nothing is told over it; empty: none
    std::optional<AlertVerb> verb;  ///< what a link in it does
    // Of alerts
    AlertKind kind{};
    std::optional<Alert> alert;
    [[nodiscard]] Drill drill() const { return alert ? alert->drill : scene.drill; }
    // Of everything else: one line in each language
    std::string line_zh;
    std::string line_en;
};

/// Title and lines in these languages; `full`: name, address and phone of the resident as they are.
[[nodiscard]] NoticeWords words_of(const Matter& matter,
                                   const std::vector<texts::Language>& languages, bool full);

}  // namespace anju::notify
