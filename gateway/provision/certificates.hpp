// Keys and certificates of a box: its own authority, what that issues, and what a district is
// asked for. EC P-256 with SHA-256 throughout (NIST SP 800-57: good beyond 2030, and small enough
// for the sensors). Everything is PEM text; nothing here touches a file. Any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::provision {

using Time = std::chrono::sys_seconds;

struct Validity {
    Time from;
    Time until;
};

/// A private key, PKCS #8, not encrypted: a box that starts after a power cut has nobody to ask.
[[nodiscard]] result<std::string> make_key();

/// Whom a server's certificate speaks for.
struct ServerNames {
    std::vector<std::string> dns;
    std::vector<std::string> addresses;  ///< IPv4 and IPv6, without brackets
    friend bool operator==(const ServerNames&, const ServerNames&) = default;
};

/// A self-signed authority that may sign servers' certificates and no further authorities. It is
/// limited to `host`, .local, .home.arpa, localhost and private addresses (RFC 5280 4.2.1.10), so
/// that a phone that trusts it trusts it for nothing else. The limit is not marked critical:
/// mbed TLS, which sensors use, refuses a critical extension that it does not know.
[[nodiscard]] result<std::string> make_authority(std::string_view key, std::string_view name,
                                                 std::string_view host, Validity validity);

struct Authority {
    std::string certificate;
    std::string key;
};

/// For the public half of `key`. An Error when the authority may not speak for a name.
[[nodiscard]] result<std::string> issue_server(const Authority& authority, std::string_view key,
                                               const ServerNames& names, Validity validity);
/// For a request (PKCS #10), with the common name that it asks for: what a district does.
[[nodiscard]] result<std::string> issue_client(const Authority& authority, std::string_view request,
                                               Validity validity);
/// Signed by itself: holds the place of a certificate that is still to come.
[[nodiscard]] result<std::string> make_placeholder(std::string_view key, std::string_view name,
                                                   Validity validity);

/// PKCS #10, signed with the key, for a client named `name`.
[[nodiscard]] result<std::string> make_request(std::string_view key, std::string_view name);

struct Facts {
    std::string subject;  ///< common name
    std::string issuer;   ///< common name
    Validity validity;
    ServerNames names;
    bool self_issued = false;
    std::string fingerprint;  ///< SHA-256 of the certificate, lower-case hex
};
/// Of the first certificate in `pem`.
[[nodiscard]] result<Facts> look_at(std::string_view pem);

/// Whether the first certificate of `pem` is for this key.
[[nodiscard]] bool belongs_to(std::string_view pem, std::string_view key);

/// Whether the first certificate of `pem` is signed with the key of the first of `authority`: two
/// authorities may have the same name.
[[nodiscard]] bool signed_by(std::string_view pem, std::string_view authority);

enum class Purpose { server, client };

/// Whether the first certificate of `chain` leads to one of `authorities` over the others of the
/// chain, for this purpose, at this time. `host`: a name or address it must speak for; empty: none.
/// The Error says what is wrong with which certificate.
[[nodiscard]] result<void> verify(std::string_view chain, std::string_view authorities,
                                  Purpose purpose, std::string_view host, Time at);

}  // namespace anju::provision
