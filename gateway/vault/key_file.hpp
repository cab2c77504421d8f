// The file of the sealing keys: one key a line as 64 hex digits, the one that seals first, those
// that only open behind it. Empty lines and lines that begin with '#' are passed over.
//
// It belongs to whoever starts the gateway, beside the passwords or away from the card: on a stick,
// or handed over by the service manager (systemd.exec(5), LoadCredentialEncrypted=).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "vault/keys.hpp"

namespace anju::vault {

/// Refused when it is missing, when others than owner and group may use it, when a line is no key,
/// or there are none or more than most_keys. No error repeats a line.
[[nodiscard]] result<std::shared_ptr<const Keys>> read_keys(const std::filesystem::path& path);

/// A new key as a line of the file, with its line end. Ends the process if the kernel has no
/// randomness to give.
[[nodiscard]] std::string make_line();

/// The lines with a new key before them. Fails as read_keys() does, and where there would be more
/// than most_keys.
[[nodiscard]] result<std::string> with_new_key(const std::filesystem::path& path);
/// The lines with those of `other` behind them that are not among them.
[[nodiscard]] result<std::string> with_keys_of(const std::filesystem::path& path,
                                               const std::filesystem::path& other);
/// The same with lines of such a file, which hold at least one key.
[[nodiscard]] result<std::string> with_lines(const std::filesystem::path& path,
                                             std::string_view lines);
/// The lines with the first key alone: for when nothing is sealed with the others any more.
[[nodiscard]] result<std::string> with_current_key(const std::filesystem::path& path);

}  // namespace anju::vault
