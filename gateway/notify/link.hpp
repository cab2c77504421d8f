// Links in messages: whoever holds one may move one alert, in one way, in one name, for a while.
// A robot of a group takes no answers, so a message carries such a link.
//
// The token is base64url(claims).base64url(seal); the seal is HMAC-SHA256 over a name of this
// purpose and the claims, cut to 16 bytes (RFC 2104 section 5: half the hash, and short enough for
// an SMS). What the claims say is no secret to whoever has the message; that nobody else can make
// others is what the seal is for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "core/input.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"

namespace anju::notify {

struct LinkClaims {
    AlertId alert;
    AlertVerb verb{};
    std::string person;  ///< who was told, as an actor: "worker:lin", "contact:wang-1:0"; <= 255 B
    Instant expires{};   ///< whole seconds; what lies below is dropped

    friend bool operator==(const LinkClaims&, const LinkClaims&) = default;
};

/// Immutable; any thread.
class LinkSigner {
public:
    /// `key`: 32 bytes or more that nobody can guess. `base_url`: what people reach the console
    /// by, without a slash at its end; empty: url() gives an empty text.
    explicit LinkSigner(std::string key, std::string base_url);

    /// "{base_url}/a/{token}"
    [[nodiscard]] std::string url(const LinkClaims& claims) const;
    [[nodiscard]] std::string token(const LinkClaims& claims) const;
    /// What the token says, if this box made it and it has not expired at `now`; nullopt otherwise.
    /// That the alert may still be moved this way is for the core to say.
    [[nodiscard]] std::optional<LinkClaims> verify(std::string_view token, Instant now) const;

private:
    [[nodiscard]] std::string seal(std::string_view claims) const;

    std::string key_;
    std::string base_url_;
};

/// The key in `data_dir`/link.key, made at the first call (readable by its owner only). An Error
/// when the file cannot be read, is open to others, or holds no key: a new one in its place would
/// silently break every link that is out.
[[nodiscard]] result<std::string> link_key(const std::filesystem::path& data_dir);

}  // namespace anju::notify
