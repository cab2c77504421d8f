// What a store and the world outside have to tell of an incident when it is over, and what must be
// true of it however often the process died.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runtime/journal.hpp"
#include "store/store_reader.hpp"
#include "tests/component/ladder/incident.hpp"
#include "tests/component/ladder/outside.hpp"

namespace anju::test {

/// Somebody was to be told.
struct Call {
    Summons summons;
    Instant at{};        ///< when it became true
    Instant recorded{};  ///< when it was written, and handed over after that
};

struct Story {
    std::map<HouseholdId, std::vector<std::string>> ledger;  ///< all decisions of every unit
    std::vector<Call> calls;                                 ///< of the home's alerts
    std::vector<Notice> notices;                             ///< ascending
    std::vector<JournalEntry> inputs;
    std::vector<CommandStatus> answers;  ///< as the senders heard them
    std::vector<Outside::Sent> sent;
    std::string recomputed;  ///< what a replay decides otherwise; empty: nothing
};

/// Throws std::runtime_error when the store cannot be read.
[[nodiscard]] Story story_of(const Incident& incident, const Outside& outside,
                             const std::filesystem::path& folder);

// Each says in words what is wrong first; empty: nothing.
/// Of every call each of its people has exactly one notice, and nobody else has any; every notice
/// was handed over, and twice only when the process died before it had the answer.
[[nodiscard]] std::string faults(const Story& story);
/// Steps, notices and answers are the same; of notices all but how often they were tried.
[[nodiscard]] std::string difference(const Story& one, const Story& other);
/// The latest a call came after it was due.
[[nodiscard]] Duration latest(const Story& story);
/// Messages that went out a second time.
[[nodiscard]] std::uint64_t repeated(const Story& story);

}  // namespace anju::test
