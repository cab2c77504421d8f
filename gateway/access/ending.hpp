// Why a session ended, for whoever still listens under it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace anju::access {

enum class Ending : std::uint8_t {
    over,              ///< not used for too long, or as old as one can be
    logged_out,        ///< by its owner
    account_changed,   ///< disabled, reset, or of another role, scope or worker
    password_changed,  ///< in another session
    crowded_out,       ///< the account has begun too many others
};

/// "session_over", "logged_out", "account_changed", "password_changed", "too_many_sessions".
[[nodiscard]] std::string_view name(Ending why);

/// `key` is a Session::key.
using OnEnding = std::function<void(const std::string& key, Ending why)>;

}  // namespace anju::access
