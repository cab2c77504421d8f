// What reports ask a store: spans of time over all units, and the contacts of one resident.
#include <utility>

#include "core/codec/codec.hpp"
#include "store/guarded.hpp"
#include "store/statement.hpp"
#include "store/store_reader.hpp"

namespace anju::store {

result<void> StoreReader::decisions_between(Instant from, Instant to,
                                            const std::function<bool(const Decision&)>& visit) {
    return guarded<void>(db_, "cannot read decisions", [&]() -> result<void> {
        for (const std::string_view of :
             {"(household < 'community/' OR household >= 'community0')",
              "household >= 'community/' AND household < 'community0'"}) {
            Statement rows(db_, sql::select(sql::decisions, "decisions",
                                            "WHERE alert = '' AND " + std::string(of) +
                                                " AND at >= ?1 AND at < ?2 ORDER BY at, id"));
            rows.bind(1, to_unix_ms(from));
            rows.bind(2, to_unix_ms(to));
            while (rows.step()) {
                const auto stored = read_decision(rows);
                const auto decision = stored ? decode_decision(stored->bytes) : std::nullopt;
                if (!decision) {
                    ++damaged_rows_;
                } else if (!visit(*decision)) {
                    return {};
                }
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
                                        "ORDER BY raised_at, id"));
        rows.bind(1, to_unix_ms(from));
        rows.bind(2, to_unix_ms(to));
        while (rows.step()) {
            const auto decision = decode_alert(rows);
            if (decision && !visit(std::get<AlertChanged>(decision->what).alert)) break;
        }
        return {};
    });
}

result<std::vector<ContactRecord>> StoreReader::contacts(const HouseholdId& community,
                                                         const ResidentId& resident,
                                                         std::size_t limit) {
    using Out = std::vector<ContactRecord>;
    return guarded<Out>(db_, "cannot read contacts", [&]() -> result<Out> {
        Statement rows(
            db_, sql::select(sql::decisions, "decisions", "WHERE household = ?1 ORDER BY id DESC"));
        rows.bind_text(1, community.value);
        Out out;
        while (out.size() < limit && rows.step()) {
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
        return out;
    });
}

}  // namespace anju::store
