// A store with something in every table that may name somebody, and how to look for it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tests/component/store/samples.hpp"

namespace anju::test {

using SealKeys = std::shared_ptr<const vault::Keys>;

/// Stands in every row that may name somebody.
inline constexpr std::string_view marker = "林桂芳-MARKER-OF-A-PERSON";
/// Transactions of fill().
inline constexpr int commits = 60;

/// Keys whose bytes are all `bytes`, the one that seals first.
[[nodiscard]] SealKeys keys_of(std::string_view bytes);
[[nodiscard]] store::Options with(const std::filesystem::path& folder, SealKeys keys);

/// How often it stands in any file of the folder.
[[nodiscard]] std::size_t occurrences(const std::filesystem::path& folder,
                                      std::string_view what = marker);

/// Something in every table that may name somebody, and readings.
void fill(store::SqliteJournal& journal);

/// A store in `folder` that lies open; what it holds.
std::string fill_open(const std::filesystem::path& folder);

/// Why it does not open; empty: it does.
[[nodiscard]] std::string refusal(const store::Options& options);

/// All that can be asked of it, as one text.
[[nodiscard]] std::string content(store::SqliteJournal& journal);

}  // namespace anju::test
