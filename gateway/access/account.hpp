// Somebody who may use the console.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "access/rights.hpp"
#include "access/scope.hpp"
#include "core/model/ids.hpp"
#include "core/model/instant.hpp"
#include "core/text/quantities.hpp"

namespace anju::access {

/// Given out once and never again; 0 is nobody.
struct AccountId {
    std::int64_t value = 0;
    friend auto operator<=>(const AccountId&, const AccountId&) = default;
};

struct Account {
    AccountId id;
    std::string name;   ///< to log in with; told apart without regard to case
    std::string shown;  ///< 张伟
    AccountRole role = AccountRole::worker;
    Scope scope;
    WorkerId worker = {};  ///< of the directory file; empty: none
    bool disabled = false;
    text::Language language = text::Language::zh;
    bool must_change_password = false;
    bool has_password = false;
    Instant created{};
    std::optional<Instant> last_login = {};
};

}  // namespace anju::access
