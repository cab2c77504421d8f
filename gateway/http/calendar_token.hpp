// The secret part of a calendar's address. Programs that subscribe to a calendar send no password,
// so the address is one: base64url(worker).base64url(seal), the seal being HMAC-SHA256 over a name
// of this purpose, the worker and a generation, cut to 16 bytes. Whoever lost a phone gets another
// generation, and the old address is worth nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"

namespace anju::http {

/// Immutable; any thread.
class CalendarTokens {
public:
    /// `key`: as for notify::LinkSigner; the same key may serve both.
    explicit CalendarTokens(std::string key);

    [[nodiscard]] std::string token(const WorkerId& worker, std::uint32_t generation) const;
    /// Whom the token says it is for; proves nothing.
    [[nodiscard]] static std::optional<WorkerId> claimed(std::string_view token);
    [[nodiscard]] bool is_good(std::string_view token, const WorkerId& worker,
                               std::uint32_t generation) const;

private:
    std::string key_;
};

}  // namespace anju::http
