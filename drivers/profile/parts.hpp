// The parts of a profile that fields, bytes and tags have in common, read from a table.
#pragma once

#include "drivers/profile/profile.hpp"
#include "drivers/profile/section.hpp"

namespace anju::drivers::profile_file {

/// `bit` and `mask`. nullopt: neither is there.
[[nodiscard]] std::optional<Pick> read_pick(Section& section);

/// `at`, `type`, `size`, `bit`, `mask`; `default_type` where no type is given (empty: it must be).
[[nodiscard]] Place read_place(Section& section, std::string_view default_type);

/// `reading`, what its values mean, or only `test`. `is_bit`: 1 and 0 are yes and no unless said.
[[nodiscard]] Meaning read_meaning(Section& section, bool is_bit);

/// "01 75", and "?" for digits that may be any. False: not that, or longer than four bytes.
[[nodiscard]] bool read_tag_pattern(std::string_view text, TagRule& rule);

/// Reading kinds as they are written.
[[nodiscard]] std::optional<ReadingKind> parse_reading_kind(std::string_view text);
[[nodiscard]] std::span<const std::string_view> reading_kind_names();

[[nodiscard]] ProfileVector read_vector(Section& section);

}  // namespace anju::drivers::profile_file
