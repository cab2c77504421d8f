// Device knowledge as data: what the fields or bytes of one model mean, with golden vectors inside.
// The built-in ones are the .toml files of this folder, compiled in; an operator adds more.
// The format is described in docs/drivers/profiles.md.
#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/content.hpp"

namespace anju::drivers {

struct Profile;

/// Where a profile cannot be read: "milesight.toml:12:3", what is wrong, what to write instead.
struct ProfileError {
    std::string where;
    std::string what;
    std::string remedy;
};

class Profiles {
public:
    /// Holds the built-in ones.
    Profiles();
    ~Profiles();
    Profiles(Profiles&&) noexcept;
    Profiles& operator=(Profiles&&) noexcept;

    /// Adds the profile in `toml`; one with the name of another replaces it. Empty: added.
    /// Otherwise every mistake at once, and nothing changed.
    [[nodiscard]] std::vector<ProfileError> add(std::string_view toml, std::string_view file_name);

    /// nullptr: none has that name. Valid until the next add().
    [[nodiscard]] const Profile* find(std::string_view name) const;
    /// The profile that claims `model` under `driver`; nullptr: none does.
    [[nodiscard]] const Profile* match(std::string_view driver, std::string_view model) const;
    [[nodiscard]] std::vector<const Profile*> all() const;  ///< by name

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What the fields say. Fields that the profile does not name are nothing to it.
[[nodiscard]] PayloadResult read_fields(const Profile& profile, const boost::json::value& fields);
/// What the bytes say. Error where they do not fit the profile.
[[nodiscard]] PayloadResult read_bytes(const Profile& profile, Bytes bytes, std::uint8_t port);

}  // namespace anju::drivers
