// Passwords: what is taken as one, and argon2id over it (RFC 9106, through libsodium).
//
// hash_password() and verify_password() hold no state and touch nothing of ours, because each costs
// 64 MiB and 50 to 200 ms of a processor on purpose: they are called on a thread beside the loop,
// one at a time (a box for homes has no memory for twenty), and the loop goes on deciding.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace anju::access {

inline constexpr std::size_t shortest_password = 10;  ///< characters (code points)
inline constexpr std::size_t longest_password = 128;  ///< characters
inline constexpr std::size_t longest_password_bytes = 512;

enum class PasswordFault : std::uint8_t {
    too_short,
    too_long,
    not_text,  ///< no UTF-8, or with control characters
    is_name,   ///< the account's name, whatever the case, also with digits or marks around it
    too_common,
};
/// "password_too_short" …, stable.
[[nodiscard]] std::string_view code(PasswordFault fault);

/// nullopt: may be taken. No composition rules (NIST SP 800-63B 5.1.1.2): length, and nothing that
/// is tried first. Not normalised: the same keys give the same bytes. Any thread, cheap.
[[nodiscard]] std::optional<PasswordFault> fault_of(std::string_view password,
                                                    std::string_view account_name);

/// "$argon2id$v=19$m=65536,t=2,p=1$…". An Error: no memory for it now. Any thread, slow.
[[nodiscard]] result<std::string> hash_password(std::string_view password);

/// An Error: no memory for it now, or `hash` is none; that is no wrong password. Any thread, slow.
[[nodiscard]] result<bool> verify_password(std::string_view hash, std::string_view password);

/// Made with less than hash_password() spends today.
[[nodiscard]] bool is_outdated(std::string_view hash);

/// Belongs to no password; verifying against it costs what verifying costs. For names that there
/// are not, so that nobody learns from the time which there are.
[[nodiscard]] std::string_view nobodys_hash();

/// Overwrites it, also where the compiler would rather not.
void wipe(std::string& secret);

}  // namespace anju::access
