// See eraser.hpp.
#include "store/eraser.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/codec/codec.hpp"

namespace anju::store {
namespace {

constexpr std::int64_t chunk = 2'000;  // inputs looked at in one step

struct Found {
    std::uint64_t seq{};
    Instant at{};  ///< that it gets
};

bool concerns(const Erasure& what, const Input& input) {
    if (const auto* said = std::get_if<Observation>(&input)) {
        return std::ranges::find(what.devices, said->device) != what.devices.end();
    }
    const auto* day = std::get_if<RhythmTold>(&input);
    return day != nullptr && day->resident == what.resident;
}

template <class T>
void add_new(std::vector<T>& list, const T& value) {
    if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

}  // namespace

void add(Erasure& what, const Household& home) {
    for (const Device& device : home.devices) {
        if (device.kind != what.kind) continue;
        add_new(what.devices, device.id);
        add_new(what.addresses, device.address);
    }
}

Eraser::Eraser(Database& db, Meta& meta)
    : db_(db),
      meta_(meta),
      pending_(db,
               sql::select(sql::erasures, "erasures", "WHERE erased_at = 0 ORDER BY id LIMIT 1")),
      rows_(db, sql::select(sql::journal, "journal", "WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")),
      before_(db, "SELECT at FROM journal WHERE seq < ?1 ORDER BY seq DESC LIMIT 1"),
      blank_(db, "UPDATE journal SET at = ?2, household = ?3, bytes = ?4, crc = ?5 WHERE seq = ?1"),
      save_(db, sql::insert(sql::erasures, "erasures")) {}

std::optional<StoredErasure> Eraser::pending() {
    std::optional<StoredErasure> out;
    if (pending_.step()) {
        out = read_erasure(pending_);
        if (!out) throw SqliteError(SQLITE_CORRUPT, 0, "a damaged row in erasures");
    }
    pending_.reset();
    return out;
}

bool Eraser::sweep(StoredErasure& erasure, State& state) {
    if (erasure.next > erasure.last) return false;
    Atomic atomic(db_);
    State after = state;
    sweep_journal(erasure);
    if (erasure.next > erasure.last) sweep_rejected(erasure, after);
    write_erasure(save_, erasure);
    atomic.commit();
    state.rejected = after.rejected;
    return true;
}

void Eraser::sweep_journal(StoredErasure& erasure) {
    const std::uint64_t through =
        std::min(erasure.last, erasure.next + static_cast<std::uint64_t>(chunk) - 1);
    before_.bind(1, static_cast<std::int64_t>(erasure.next));
    std::optional<Instant> time;
    if (before_.step()) time = from_unix_ms(before_.integer(0));
    before_.reset();
    std::vector<Found> found;
    rows_.bind(1, static_cast<std::int64_t>(erasure.next));
    rows_.bind(2, static_cast<std::int64_t>(through));
    while (rows_.step()) {
        const auto entry = read_journal(rows_);
        if (!entry) continue;
        const auto input =
            entry->household == erasure.what.household ? decode_input(entry->bytes) : std::nullopt;
        if (const auto* set = input ? std::get_if<HouseholdSet>(&*input) : nullptr) {
            add(erasure.what, set->household);
        }
        if (!input || !concerns(erasure.what, *input)) {
            time = entry->at;
            continue;
        }
        if (!time) time = std::chrono::floor<std::chrono::days>(entry->at);
        found.push_back({entry->seq, *time});
        if (const auto* said = std::get_if<Observation>(&*input)) {
            erasure.readings += said->readings.size();
        }
    }
    rows_.reset();
    const std::string nothing = encode(Input{Observation{}});
    for (const Found& one : found) {
        SealedRow(blank_, "journal")
            .integer(one.seq)
            .integer(to_unix_ms(one.at))
            .text("")
            .blob(nothing)
            .run();
    }
    erasure.next = through + 1;
}

/// Messages that nobody understood may hold what the device said. Their texts may be sealed, so
/// SQLite cannot look into them; there are few (Options::rejected_limit).
void Eraser::sweep_rejected(StoredErasure& erasure, State& state) {
    Statement rows(db_, sql::select(sql::rejected, "rejected", "ORDER BY id"));
    std::vector<std::int64_t> ids;
    while (rows.step()) {
        const auto message = read_rejected(rows);
        const bool said =
            message && std::ranges::any_of(erasure.what.addresses, [&](const std::string& address) {
                return !address.empty() && (message->topic.find(address) != std::string::npos ||
                                            message->payload.find(address) != std::string::npos);
            });
        // One that cannot be read may be anybody's.
        if (said || !message) ids.push_back(rows.integer(0));
    }
    rows.reset();
    Statement drop(db_, "DELETE FROM rejected WHERE id = ?1");
    for (const std::int64_t id : ids) {
        drop.bind(1, id);
        drop.run();
        ++erasure.messages;
        --state.rejected;
    }
}

bool Eraser::overwrites() {
    return meta_.get_or(key::overwrites, 0) == 1;
}

void Eraser::rewrite() {
    db_.execute("VACUUM");
    Atomic atomic(db_);
    meta_.set(key::overwrites, 1);
    atomic.commit();
}

void Eraser::finish(StoredErasure& erasure, Instant now) {
    Atomic atomic(db_);
    erasure.erased_at = now;
    write_erasure(save_, erasure);
    atomic.commit();
}

}  // namespace anju::store
