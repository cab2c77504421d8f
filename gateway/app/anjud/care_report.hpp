// The report of a period: closed weeks, alerts and the health of devices from the store, summed for
// every community and along the tree above it. A week whose books are not closed counts as the desk
// sees it now, and is named with the communities that have not closed it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "core/care/statistics.hpp"
#include "core/engine.hpp"
#include "store/store_reader.hpp"

namespace anju {

/// A row of the report: a community, a street, a district, or all.
struct ReportRow {
    enum class Level : std::uint8_t { community, street, district, all };
    Level level = Level::all;
    std::string code;  ///< of communities; empty above
    std::string name;
    std::string street;
    std::string district;
    bool provisional = false;  ///< books of it are open
    care::Tally tally;
};

struct CareReport {
    care::Period period;
    /// Of the period, with the names of the communities whose books are not closed yet.
    std::map<Date, std::vector<std::string>> weeks_open;
    std::vector<ReportRow> rows;  ///< all, then districts, streets, communities; each by name
};

/// Takes what the engine knows of the period; what it returns reads every decision of it, a second
/// for some 100,000, on any thread and once, and is then what was so when it was begun. `now`
/// bounds uptime, `last` is the newest decision (StoreReader::last_decision()).
[[nodiscard]] std::function<result<CareReport>(store::StoreReader&)> begin_care_report(
    const Engine& engine, care::Period period, Duration utc_offset, Instant now,
    std::uint64_t last);

}  // namespace anju
