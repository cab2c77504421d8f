// A box's certificate for the district: asked for with a request that leaves the box, while the key
// never does, and taken only when it is what was asked for.
#pragma once

#include <optional>
#include <string_view>

#include "provision/certificates.hpp"
#include "provision/tree.hpp"

namespace anju::provision {

struct Enrolment {
    Facts facts;
    bool enrolled = false;  ///< false: what is there only holds the place
    Time due_from;          ///< from then on a new one should be asked for
};
/// nullopt: this box has no certificate for a district.
[[nodiscard]] result<std::optional<Enrolment>> enrolment(const Tree& tree);

/// Whether the first of `certificates` is for `name`, for clients, valid at `at`, and leads to
/// `authorities` over the others. The Error says what it is not. Whose key it is for is not asked.
[[nodiscard]] result<Facts> issued_for(std::string_view name, std::string_view certificates,
                                       std::string_view authorities, Time at);

struct Import {
    std::string_view certificates;  ///< ours first, then what leads to the authority
    std::string_view
        authorities;  ///< empty: those of the district's broker, /etc/anju/district-ca.pem
    Time now;
    bool clock_trusted = false;
};

/// Puts the certificate in the place of the one that is there, which stays as district.crt.old.
/// Refused unless it is for the key of the box or for the one that is waiting (ask_anew), names
/// the box, is for clients, leads to the authorities and is valid. With a clock that nobody has
/// set, "now" is no earlier than the moment at which it was issued: the authority's word for the
/// time is as good as its word for the box. An expired one is never taken.
[[nodiscard]] result<Facts> import_certificate(const Tree& tree, const Import& import);

/// The same of what anjud has from the district and laid at place::issued; nullopt: nothing waits
/// there that is not in use. Refused besides when it ends no later than that one, and, whoever
/// vouches for the clock, when it begins later than `now`: nothing hurries, the present one goes
/// on. A restart of anjud is due afterwards, as services_due() says.
[[nodiscard]] result<std::optional<Facts>> import_issued(const Tree& tree, Time now);

/// What the names of a key and a request end with, besides their own, while they wait for a
/// certificate.
inline constexpr std::string_view waiting_suffix = ".next";

/// A new key and a request for it, which wait beside the ones in use until a certificate for them
/// is imported. Asking again before that gives the same request. Returns the request.
[[nodiscard]] result<std::string> ask_anew(const Tree& tree);

}  // namespace anju::provision
