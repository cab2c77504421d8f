// Times, spans and amounts as people write them, in integer arithmetic and without a locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/model/alert.hpp"
#include "core/model/instant.hpp"

namespace anju::text {

enum class Language : std::uint8_t { zh, en };

/// "11月22日 08:10" / "22 Nov 08:10" in local time; only "08:10" on the local day of
/// `same_day_as`.
[[nodiscard]] std::string local_time(Language language, Instant at, Duration utc_offset,
                                     std::optional<Instant> same_day_as = std::nullopt);

/// The two largest units, rounded down: "3 天 2 小时" / "3 d 2 h", "12 小时" / "12 h".
[[nodiscard]] std::string span(Language language, Duration length);

/// How long lies between two of something, rounded: "5 天" / "5 days", "3 个月" / "3 months", "2
/// 年" / "2 years"; "1 天" / "1 day" below that.
[[nodiscard]] std::string often(Language language, std::int64_t once_in_days);

/// "3.2 升" / "3.2 L" rounded down to a tenth, "30 分钟" / "30 min", "15%", "07:20", "1.3" rounded
/// to the nearest tenth. Empty for no unit.
[[nodiscard]] std::string amount(Language language, std::int64_t value, EvidenceUnit unit);

}  // namespace anju::text
