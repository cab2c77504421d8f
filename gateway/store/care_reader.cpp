// What may be long to read: spans of time over all units, contacts of one resident, messages of one
// device. In slices, each a statement begun anew behind the last row that was seen.
#include <algorithm>
#include <utility>

#include "core/codec/codec.hpp"
#include "store/guarded.hpp"
#include "store/statement.hpp"
#include "store/store_reader.hpp"

namespace anju::store {
namespace {

class Slice {
public:
    explicit Slice(const Slices& slices)
        : rows_(std::max<std::size_t>(slices.rows, 1)),
          end_(std::chrono::steady_clock::now() + slices.time) {}
    /// Another row was seen: whether it was the last one.
    bool is_over() { return --rows_ == 0 || std::chrono::steady_clock::now() >= end_; }

private:
    std::size_t rows_;
    std::chrono::steady_clock::time_point end_;
};

}  // namespace

result<void> StoreReader::go_on() {
    if (!slices_.between || slices_.between()) return {};
    return Error{"the reading was given up", db_.file().string(), "ask again"};
}

result<void> StoreReader::decisions_between(Instant from, Instant to,
                                            const std::function<bool(const Decision&)>& visit,
                                            std::uint64_t last) {
    return guarded<void>(db_, "cannot read decisions", [&]() -> result<void> {
        for (const std::string_view of :
             {"(household < 'community/' OR household >= 'community0')",
              "household >= 'community/' AND household < 'community0'"}) {
            Statement rows(db_, sql::select(sql::decisions, "decisions",
                                            "WHERE alert = '' AND " + std::string(of) +
                                                " AND at >= ?1 AND at < ?2 AND id <= ?4 "
                                                "AND (at > ?1 OR id > ?3) ORDER BY at, id"));
            std::int64_t at = to_unix_ms(from);
            std::int64_t id = 0;
            for (bool more = true; more;) {
                rows.bind(1, at);
                rows.bind(2, to_unix_ms(to));
                rows.bind(3, id);
                rows.bind(4, static_cast<std::int64_t>(std::min(last, no_decision)));
                more = false;
                Slice slice(slices_);
                while (!more && rows.step()) {
                    id = rows.integer(0);
                    at = rows.integer(3);
                    const auto stored = read_decision(rows);
                    const auto decision = stored ? decode_decision(stored->bytes) : std::nullopt;
                    if (!decision) {
                        ++damaged_rows_;
                    } else if (!visit(*decision)) {
                        return {};
                    }
                    more = slice.is_over();
                }
                rows.reset();
                if (!more) break;
                if (auto going = go_on(); !going) return going;
            }
        }
        return {};
    });
}

result<void> StoreReader::alerts_between(Instant from, Instant to,
                                         const std::function<bool(const Alert&)>& visit) {
    return guarded<void>(db_, "cannot read alerts", [&]() -> result<void> {
        Statement rows(db_, sql::select(sql::alerts, "alerts",
                                        "WHERE raised_at >= ?1 AND raised_at < ?2 "
                                        "AND (raised_at > ?1 OR id > ?3) ORDER BY raised_at, id"));
        std::int64_t at = to_unix_ms(from);
        std::string id;
        for (bool more = true; more;) {
            rows.bind(1, at);
            rows.bind(2, to_unix_ms(to));
            rows.bind_text(3, id);
            more = false;
            Slice slice(slices_);
            while (!more && rows.step()) {
                id = rows.bytes(0);
                at = rows.integer(5);
                const auto decision = decode_alert(rows);
                if (decision && !visit(std::get<AlertChanged>(decision->what).alert)) return {};
                more = slice.is_over();
            }
            rows.reset();
            if (!more) break;
            if (auto going = go_on(); !going) return going;
        }
        return {};
    });
}

result<std::vector<ContactRecord>> StoreReader::contacts(const HouseholdId& community,
                                                         const ResidentId& resident,
                                                         std::size_t limit) {
    using Out = std::vector<ContactRecord>;
    return guarded<Out>(db_, "cannot read contacts", [&]() -> result<Out> {
        Statement rows(db_, sql::select(sql::decisions, "decisions",
                                        "WHERE household = ?1 AND id < ?2 ORDER BY id DESC"));
        Out out;
        std::int64_t id = INT64_MAX;
        for (bool more = true; more && out.size() < limit;) {
            rows.bind_text(1, community.value);
            rows.bind(2, id);
            more = false;
            Slice slice(slices_);
            while (!more && out.size() < limit && rows.step()) {
                id = rows.integer(0);
                more = slice.is_over();
                const auto stored = read_decision(rows);
                auto decision = stored ? decode_decision(stored->bytes) : std::nullopt;
                if (!decision) {
                    ++damaged_rows_;
                    continue;
                }
                auto* const logged = std::get_if<ContactLogged>(&decision->what);
                if (logged != nullptr && logged->record.resident == resident) {
                    out.push_back(std::move(logged->record));
                }
            }
            rows.reset();
            if (!more) break;
            if (auto going = go_on(); !going) return going.error();
        }
        return out;
    });
}

result<std::vector<StoredReading>> StoreReader::readings(const DeviceId& device, Instant since,
                                                         std::size_t limit) {
    using Out = std::vector<StoredReading>;
    return guarded<Out>(db_, "cannot read the journal", [&]() -> result<Out> {
        Statement rows(db_,
                       sql::select(sql::journal, "journal", "WHERE seq < ?1 ORDER BY seq DESC"));
        Out out;
        std::int64_t seq = INT64_MAX;
        for (bool more = true; more && out.size() < limit;) {
            rows.bind(1, seq);
            more = false;
            Slice slice(slices_);
            while (!more && out.size() < limit && rows.step()) {
                seq = rows.integer(0);
                more = slice.is_over();
                const auto entry = read_journal(rows);
                const auto input = entry ? decode_input(entry->bytes) : std::nullopt;
                if (!input) {
                    ++damaged_rows_;
                    continue;
                }
                if (entry->at < since) return out;
                const auto* observation = std::get_if<Observation>(&*input);
                if (observation == nullptr || observation->device != device) continue;
                for (auto reading = observation->readings.rbegin();
                     reading != observation->readings.rend() && out.size() < limit; ++reading) {
                    out.push_back({entry->seq, entry->at, entry->household, *reading});
                }
            }
            rows.reset();
            if (!more) break;
            if (auto going = go_on(); !going) return going.error();
        }
        return out;
    });
}

}  // namespace anju::store
