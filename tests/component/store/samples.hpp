// Small transactions for tests of the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/journal.hpp"
#include "store/sqlite_journal.hpp"
#include "tests/support/broker.hpp"  // TempDir

namespace anju::test {

inline constexpr Instant noon = Instant{std::chrono::hours{24 * 365 * 55}};

/// Small bounds, no ballast unless asked for.
[[nodiscard]] store::Options options_in(const std::filesystem::path& folder);

/// Opens or fails the test with the store's own words.
[[nodiscard]] std::unique_ptr<store::SqliteJournal> open_journal(const store::Options& options,
                                                                 Instant now = noon);

[[nodiscard]] JournalEntry reading_of(const std::string& household, std::uint64_t seq, Instant at,
                                      std::size_t padding = 0);
[[nodiscard]] JournalEntry registration_of(const std::string& household, std::uint64_t seq,
                                           Instant at);
[[nodiscard]] Decision alert_decision(const std::string& household, std::uint64_t number,
                                      const std::string& alert, AlertState state, Instant at);
[[nodiscard]] Decision health_decision(const std::string& household, std::uint64_t number,
                                       Instant at);
[[nodiscard]] OutboxEvent event_of(Lane lane, std::uint64_t seq, Instant at,
                                   std::size_t padding = 0);
[[nodiscard]] Checkpoint checkpoint_of(const std::string& household, std::uint64_t seq, Instant at,
                                       bool base, std::size_t size = 300);

/// All inputs of a store.
[[nodiscard]] std::vector<JournalEntry> inputs_of(Journal& journal, std::uint64_t after = 0);

}  // namespace anju::test
