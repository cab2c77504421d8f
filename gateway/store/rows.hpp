// Rows of the store as values, both ways. Readers return nullopt when the seal is broken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/journal.hpp"
#include "store/statement.hpp"

namespace anju::store {

/// Column lists in the order of the readers and writers below; the seal comes last.
namespace sql {
inline constexpr std::string_view journal = "seq, at, household, bytes, crc";
inline constexpr std::string_view decisions =
    "id, household, number, at, recorded, alert, bytes, crc";
inline constexpr std::string_view alerts =
    "id, household, kind, priority, state, raised_at, changed_at, bytes, crc";
inline constexpr std::string_view outbox = "seq, at, bytes, crc";
inline constexpr std::string_view checkpoints = "household, seq, base, at, bytes, crc";
inline constexpr std::string_view commands = "id, at, status, text, crc";
inline constexpr std::string_view driver_state = "id, bytes, crc";
/// Ids of its two rows: what the drivers remember, and the devices nobody has registered.
inline constexpr std::int64_t driver_state_row = 1;
inline constexpr std::int64_t proposals_row = 2;
inline constexpr std::string_view salvaged = "id, bytes, crc";
inline constexpr std::string_view notices = "id, at, state, subject, bytes, crc";
inline constexpr std::string_view rejected = "id, at, topic, payload, code, text, crc";

inline constexpr std::string_view consents = "id, household, bytes, crc";
inline constexpr std::string_view erasures =
    "id, household, resident, kind, devices, addresses, wanted_at, next, last, readings, "
    "snapshots, messages, erased_at, crc";

/// "SELECT columns FROM table " + rest
[[nodiscard]] std::string select(std::string_view columns, std::string_view table,
                                 std::string_view rest);
/// "INSERT OR REPLACE INTO table(columns) VALUES(?1, …)"
[[nodiscard]] std::string insert(std::string_view columns, std::string_view table);
}  // namespace sql

/// A decision as recorded; `bytes` is encode(Decision).
struct StoredDecision {
    std::uint64_t id{};  ///< order of recording over all households
    std::string household;
    std::uint64_t number{};
    Instant at{};        ///< when it became true
    Instant recorded{};  ///< engine time of the commit that wrote it
    std::string alert;   ///< the alert it changed; empty for other decisions
    std::string bytes;
};

/// An erasure and how far it has come.
struct StoredErasure {
    std::uint64_t id{};
    Erasure what;
    Instant wanted_at{};
    std::uint64_t next{};  ///< inputs below have been looked at
    std::uint64_t last{};  ///< the last input to look at
    std::uint64_t readings{};
    std::uint64_t snapshots{};
    std::uint64_t messages{};  ///< rejected ones
    Instant erased_at{};       ///< epoch 0 = not finished
};

struct StoredAlert {
    std::string id;
    AlertState state{};
    Instant changed_at{};
    std::string bytes;  ///< encode() of the decision that changed it last
};

[[nodiscard]] std::optional<JournalEntry> read_journal(const Statement& row);
[[nodiscard]] std::optional<StoredDecision> read_decision(const Statement& row);
[[nodiscard]] std::optional<StoredAlert> read_alert(const Statement& row);
[[nodiscard]] std::optional<OutboxEvent> read_event(const Statement& row, Lane lane);
[[nodiscard]] std::optional<Checkpoint> read_checkpoint(const Statement& row);
[[nodiscard]] std::optional<AnsweredCommand> read_command(const Statement& row);
[[nodiscard]] std::optional<StoredErasure> read_erasure(const Statement& row);
[[nodiscard]] std::optional<RejectedMessage> read_rejected(const Statement& row);

[[nodiscard]] std::optional<NoticeRow> read_notice(const Statement& row);
/// Of a table that has only a number, bytes and the checksum: driver_state, salvaged.
[[nodiscard]] std::optional<std::string> read_bytes(const Statement& row, std::string_view table);

void write_journal(Statement& insert, const JournalEntry& entry);
void write_decision(Statement& insert, const StoredDecision& decision);
void write_alert(Statement& insert, const Alert& alert, std::string_view bytes);
void write_event(Statement& insert, const OutboxEvent& event);
void write_checkpoint(Statement& insert, const Checkpoint& checkpoint);
void write_command(Statement& insert, const AnsweredCommand& answer);
void write_erasure(Statement& insert, const StoredErasure& erasure);
void write_rejected(Statement& insert, std::uint64_t id, const RejectedMessage& message);

void write_notice(Statement& insert, const NoticeRow& notice);

enum class Soundness : std::uint8_t {
    sound,
    damaged,   ///< the checksum is broken
    misplaced  ///< it holds, and a personal field is not sealed for this place
};
/// The same over any table: `columns` of them, the last being the checksum.
[[nodiscard]] Soundness soundness(const Statement& row, std::string_view table, int columns);
[[nodiscard]] bool intact(const Statement& row, std::string_view table, int columns);

}  // namespace anju::store
