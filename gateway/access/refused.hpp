// Why a change of accounts was not made, with a code that does not change for programs.
#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/result.hpp"

namespace anju::access {

enum class Reason : std::uint8_t {
    failed,         ///< the disk or the database; everything is as before
    bad_name,       ///< 1..64 bytes of letters, digits and . _ - @
    name_taken,     ///< also in another case
    bad_shown,      ///< 1..64 characters of text
    bad_scope,      ///< see is_well_formed()
    bad_worker,     ///< up to 64 bytes of text
    worker_taken,   ///< by another account that is not disabled
    too_many,       ///< Accounts::most
    unknown,        ///< no such account, or a disabled one
    last_operator,  ///< nobody could let anybody in again
    not_first,      ///< there are accounts: the first one is made once
    changed,        ///< since it was looked at; look again
};

/// "storage_failed", "bad_name" …
[[nodiscard]] std::string_view code(Reason reason);

struct Refused {
    Refused() = default;
    Refused(Error what) : error(std::move(what)) {}  // NOLINT: an Error is a reason `failed`
    Refused(Reason why, Error what) : reason(why), error(std::move(what)) {}

    Reason reason = Reason::failed;
    Error error;
};

template <class T>
using outcome = boost::system::result<T, Refused>;

[[noreturn]] inline void throw_exception_from_error(const Refused& refused,
                                                    const boost::source_location&) {
    throw std::runtime_error(refused.error.text());
}

}  // namespace anju::access
