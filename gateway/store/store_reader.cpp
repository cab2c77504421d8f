#include "store/store_reader.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/codec/codec.hpp"
#include "store/database.hpp"
#include "store/files.hpp"
#include "store/guarded.hpp"
#include "store/meta.hpp"
#include "store/schema.hpp"
#include "store/sealing.hpp"
#include "store/state.hpp"

namespace anju::store {

namespace {

Error damaged(Database& db, std::string_view table, std::uint64_t row) {
    return Error{"row " + std::to_string(row) + " of " + std::string(table) + " is damaged",
                 db.file().string(), "restart anjud: it saves what is intact into a fresh store"};
}

std::optional<Decision> read_consent(const Statement& row) {
    RowView view(row, "consents");
    view.integer();  // id
    view.bytes();    // household
    const std::string_view bytes = view.bytes();
    return view.intact() ? decode_decision(bytes) : std::nullopt;
}

std::int64_t as_parameter(std::size_t value) {
    return static_cast<std::int64_t>(value);
}

}  // namespace

StoreReader::StoreReader(Database& db) : db_(db) {}
StoreReader::StoreReader(std::unique_ptr<Database> own) : own_(std::move(own)), db_(*own_) {}
StoreReader::~StoreReader() = default;

result<std::unique_ptr<StoreReader>> StoreReader::open(const std::filesystem::path& data_dir,
                                                       std::shared_ptr<const vault::Keys> keys) {
    const std::filesystem::path file = Files(data_dir).database();
    if (!std::filesystem::exists(file)) {
        return Error{"there is no store here", file.string(),
                     "name the data_dir of a gateway that has run"};
    }
    try {
        auto db =
            std::make_unique<Database>(Database::Options{file, Database::Mode::read_only, ""});
        const std::int64_t version = db->number("PRAGMA user_version");
        if (version < schema_version()) {
            return Error{"the store has version " + std::to_string(version) +
                             ", this program reads " + std::to_string(schema_version()),
                         file.string(), "use the program that came with the gateway"};
        }
        if (const auto fit = check_version(*db, migrations()); !fit) return fit.error();
        db->leave_wal_on_close();  // a reader never checkpoints
        const auto known = guard(*db, std::move(keys), personal_fields());
        if (!known) return known.error();
        return std::unique_ptr<StoreReader>(new StoreReader(std::move(db)));
    } catch (const SqliteError& error) {
        return error.to_error("cannot open the store for reading", file);
    }
}

result<void> StoreReader::hold_snapshot() {
    return guarded<void>(db_, "cannot read the store", [&]() -> result<void> {
        db_.execute("BEGIN");
        static_cast<void>(db_.number("SELECT count(*) FROM meta"));  // the first read pins it
        return {};
    });
}

std::optional<Decision> StoreReader::decode_alert(const Statement& row) {
    const auto alert = read_alert(row);
    auto decision = alert ? decode_decision(alert->bytes) : std::nullopt;
    if (!decision || !std::holds_alternative<AlertChanged>(decision->what)) {
        ++damaged_rows_;
        return std::nullopt;
    }
    return decision;
}

result<std::vector<Decision>> StoreReader::alerts(AlertFilter filter, Page page) {
    using Out = std::vector<Decision>;
    return guarded<Out>(db_, "cannot list alerts", [&]() -> result<Out> {
        const char* where = filter == AlertFilter::waiting      ? "WHERE state < 7"
                            : filter == AlertFilter::unfinished ? "WHERE state < 8"
                                                                : "";
        Statement rows(
            db_, sql::select(
                     sql::alerts, "alerts",
                     std::string(where) + " ORDER BY raised_at DESC, id DESC LIMIT ?1 OFFSET ?2"));
        rows.bind(1, as_parameter(page.limit));
        rows.bind(2, as_parameter(page.offset));
        Out out;
        while (rows.step()) {
            if (auto decision = decode_alert(rows)) out.push_back(std::move(*decision));
        }
        return out;
    });
}

result<std::optional<Decision>> StoreReader::alert(const AlertId& id) {
    using Out = std::optional<Decision>;
    return guarded<Out>(db_, "cannot read the alert", [&]() -> result<Out> {
        Statement row(db_, sql::select(sql::alerts, "alerts", "WHERE id = ?1"));
        row.bind_text(1, id.value);
        if (!row.step()) return Out{};
        return decode_alert(row);
    });
}

result<EndedAlerts> StoreReader::ended_alerts(const std::optional<AlertPlace>& after,
                                              std::size_t limit,
                                              const std::function<bool(const Alert&)>& wanted) {
    constexpr std::size_t most_rows = 2000;
    return guarded<EndedAlerts>(db_, "cannot list alerts", [&]() -> result<EndedAlerts> {
        Statement rows(db_, sql::select(sql::alerts, "alerts",
                                        "WHERE state >= 8 AND changed_at <= ?1 AND "
                                        "(changed_at < ?1 OR id < ?2) "
                                        "ORDER BY changed_at DESC, id DESC"));
        rows.bind(1, after ? to_unix_ms(after->changed_at) : INT64_MAX);
        rows.bind_text(2, after ? std::string_view(after->id) : std::string_view());
        EndedAlerts out;
        std::optional<AlertPlace> place;
        for (std::size_t seen = 0; rows.step(); ++seen) {
            if (seen == most_rows || out.alerts.size() == limit) {
                out.next = std::move(place);
                break;
            }
            const auto row = read_alert(rows);
            if (row) place = AlertPlace{row->changed_at, std::string(row->id)};
            auto decision = row ? decode_alert(rows) : std::nullopt;
            if (!row) ++damaged_rows_;
            if (!decision) continue;
            Alert& alert = std::get<AlertChanged>(decision->what).alert;
            if (wanted(alert)) out.alerts.push_back(std::move(alert));
        }
        return out;
    });
}

result<std::vector<Decision>> StoreReader::history(const AlertId& id) {
    using Out = std::vector<Decision>;
    return guarded<Out>(db_, "cannot read the alert's history", [&]() -> result<Out> {
        Statement rows(db_, sql::select(sql::decisions, "decisions",
                                        "WHERE alert = ?1 AND alert <> '' ORDER BY id"));
        rows.bind_text(1, id.value);
        Out out;
        while (rows.step()) {
            const auto stored = read_decision(rows);
            auto decision = stored ? decode_decision(stored->bytes) : std::nullopt;
            if (decision) {
                out.push_back(std::move(*decision));
            } else {
                ++damaged_rows_;
            }
        }
        return out;
    });
}

result<void> StoreReader::decisions(const HouseholdId& household, std::uint64_t after,
                                    const std::function<bool(const StoredDecision&)>& visit) {
    return guarded<void>(db_, "cannot read decisions", [&]() -> result<void> {
        Statement rows(db_, sql::select(sql::decisions, "decisions",
                                        "WHERE household = ?1 AND id > ?2 ORDER BY id"));
        rows.bind_text(1, household.value);
        rows.bind(2, static_cast<std::int64_t>(after));
        while (rows.step()) {
            const auto stored = read_decision(rows);
            if (!stored) {
                return damaged(db_, "decisions", static_cast<std::uint64_t>(rows.integer(0)));
            }
            if (!visit(*stored)) break;
        }
        return {};
    });
}

result<std::uint64_t> StoreReader::decision_id(const HouseholdId& household, std::uint64_t number) {
    return guarded<std::uint64_t>(db_, "cannot read decisions", [&]() -> result<std::uint64_t> {
        Statement row(db_, "SELECT max(id) FROM decisions WHERE household = ?1 AND number = ?2");
        row.bind_text(1, household.value);
        row.bind(2, static_cast<std::int64_t>(number));
        return row.step() ? static_cast<std::uint64_t>(row.integer(0)) : 0;
    });
}

result<std::uint64_t> StoreReader::last_decision() {
    return guarded<std::uint64_t>(db_, "cannot read decisions", [&]() -> result<std::uint64_t> {
        return static_cast<std::uint64_t>(db_.number("SELECT max(id) FROM decisions"));
    });
}

result<std::vector<HouseholdId>> StoreReader::deciding_households() {
    using Out = std::vector<HouseholdId>;
    return guarded<Out>(db_, "cannot read decisions", [&]() -> result<Out> {
        Statement rows(db_,
                       "SELECT DISTINCT household FROM decisions WHERE household <> '' "
                       "ORDER BY household");
        Out out;
        while (rows.step()) out.emplace_back(std::string(rows.bytes(0)));
        return out;
    });
}

result<std::vector<Checkpoint>> StoreReader::checkpoints(const char* keys) {
    using Out = std::vector<Checkpoint>;
    return guarded<Out>(db_, "cannot read checkpoints", [&]() -> result<Out> {
        Statement find(db_, keys);
        Statement rows(db_, sql::select(sql::checkpoints, "checkpoints",
                                        "WHERE household = ?1 AND seq = ?2 ORDER BY base LIMIT 1"));
        Out out;
        while (find.step()) {
            rows.bind_text(1, find.bytes(0));
            rows.bind(2, find.integer(1));
            if (!rows.step()) continue;
            auto checkpoint = read_checkpoint(rows);
            if (!checkpoint) return damaged(db_, "checkpoints", out.size() + 1);
            out.push_back(std::move(*checkpoint));
            rows.reset();
        }
        return out;
    });
}

result<std::vector<Checkpoint>> StoreReader::oldest_checkpoints() {
    return checkpoints("SELECT household, min(seq) FROM checkpoints GROUP BY household");
}

result<std::vector<Checkpoint>> StoreReader::newest_checkpoints() {
    return checkpoints("SELECT household, max(seq) FROM checkpoints GROUP BY household");
}

result<JournalRange> StoreReader::journal() {
    return guarded<JournalRange>(db_, "cannot read the journal", [&]() -> result<JournalRange> {
        JournalRange range;
        range.base = static_cast<std::uint64_t>(Meta(db_).get_or(key::journal_base, 0));
        range.last = std::max(
            range.base, static_cast<std::uint64_t>(db_.number("SELECT max(seq) FROM journal")));
        return range;
    });
}

result<void> StoreReader::inputs_after(std::uint64_t after,
                                       const std::function<bool(const JournalEntry&)>& visit) {
    return guarded<void>(db_, "cannot read the journal", [&]() -> result<void> {
        Statement rows(db_, sql::select(sql::journal, "journal", "WHERE seq > ?1 ORDER BY seq"));
        rows.bind(1, static_cast<std::int64_t>(after));
        std::uint64_t expected = 0;
        while (rows.step()) {
            const auto entry = read_journal(rows);
            if (!entry) return damaged(db_, "journal", static_cast<std::uint64_t>(rows.integer(0)));
            if (expected != 0 && entry->seq != expected) {
                return Error{"input " + std::to_string(expected) + " is missing from the journal",
                             db_.file().string(), "restart anjud: it checks and repairs the store"};
            }
            expected = entry->seq + 1;
            if (!visit(*entry)) break;
        }
        return {};
    });
}

result<std::vector<Consent>> StoreReader::consents(const HouseholdId& household) {
    using Out = std::vector<Consent>;
    return guarded<Out>(db_, "cannot read the consents", [&]() -> result<Out> {
        Statement rows(db_,
                       sql::select(sql::consents, "consents", "WHERE household = ?1 ORDER BY id"));
        rows.bind_text(1, household.value);
        Out out;
        while (rows.step()) {
            const auto decision = read_consent(rows);
            const auto* const said =
                decision ? std::get_if<ConsentChanged>(&decision->what) : nullptr;
            if (said != nullptr) {
                out.push_back(said->consent);
            } else {
                ++damaged_rows_;
            }
        }
        return out;
    });
}

result<std::vector<Journal::Said>> StoreReader::consents() {
    using Out = std::vector<Journal::Said>;
    return guarded<Out>(db_, "cannot read the consents", [&]() -> result<Out> {
        Statement rows(db_, sql::select(sql::consents, "consents", "ORDER BY id"));
        Out out;
        while (rows.step()) {
            const auto decision = read_consent(rows);
            const auto* const said =
                decision ? std::get_if<ConsentChanged>(&decision->what) : nullptr;
            if (said != nullptr) {
                out.push_back({decision->household, said->consent});
            } else {
                ++damaged_rows_;
            }
        }
        return out;
    });
}

result<std::vector<StoredErasure>> StoreReader::erasures(const HouseholdId& household) {
    using Out = std::vector<StoredErasure>;
    return guarded<Out>(db_, "cannot read the erasures", [&]() -> result<Out> {
        Statement rows(db_,
                       sql::select(sql::erasures, "erasures", "WHERE household = ?1 ORDER BY id"));
        rows.bind_text(1, household.value);
        Out out;
        while (rows.step()) {
            if (auto erasure = read_erasure(rows)) {
                out.push_back(std::move(*erasure));
            } else {
                ++damaged_rows_;
            }
        }
        return out;
    });
}

result<std::vector<RejectedMessage>> StoreReader::rejected(Page page) {
    using Out = std::vector<RejectedMessage>;
    return guarded<Out>(db_, "cannot list rejected messages", [&]() -> result<Out> {
        Statement rows(
            db_, sql::select(sql::rejected, "rejected", "ORDER BY id DESC LIMIT ?1 OFFSET ?2"));
        rows.bind(1, as_parameter(page.limit));
        rows.bind(2, as_parameter(page.offset));
        Out out;
        while (rows.step()) {
            if (auto message = read_rejected(rows)) {
                out.push_back(std::move(*message));
            } else {
                ++damaged_rows_;
            }
        }
        return out;
    });
}

result<StoreHead> StoreReader::head() {
    const auto range = journal();
    if (!range) return range.error();
    return guarded<StoreHead>(db_, "cannot read the store", [&]() -> result<StoreHead> {
        Meta meta(db_);
        StoreHead out;
        out.epoch = static_cast<std::uint64_t>(meta.get_or(key::epoch, 0));
        out.engine_time = stored_engine_time(db_, meta);
        out.journal = *range;
        return out;
    });
}

result<StoreCounts> StoreReader::counts() {
    return guarded<StoreCounts>(db_, "cannot count", [&]() -> result<StoreCounts> {
        const auto count = [&](const char* sql) {
            return static_cast<std::uint64_t>(db_.number(sql));
        };
        StoreCounts out;
        out.decisions = count("SELECT count(*) FROM decisions");
        out.alerts = count("SELECT count(*) FROM alerts");
        out.alerts_unfinished = count("SELECT count(*) FROM alerts WHERE state < 8");
        out.outbox_rows =
            count("SELECT count(*) FROM outbox_alarm") + count("SELECT count(*) FROM outbox_bulk");
        out.checkpoints = count("SELECT count(*) FROM checkpoints");
        out.commands = count("SELECT count(*) FROM commands");
        out.rejected = count("SELECT count(*) FROM rejected");
        return out;
    });
}

}  // namespace anju::store
