// Root's work in a folder of a service is done as that service.
//
// Whoever has taken over a service can put a link into the place of a folder between the moment
// root has looked at it and the moment root uses it. As the folder's owner there is nothing to be
// had by that: a link leads only to where the owner may go anyway. See path_resolution(7),
// seteuid(2).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <vector>

#include "base/result.hpp"

namespace anju::backup {

/// As long as it lives this process (all of its threads) has the rights of the owner of a folder,
/// where it was root; nothing where it was not, or the folder is root's. Ends the process when it
/// cannot become root again. One at a time.
class ActingAs {
public:
    /// Refused when the folder cannot be looked at, or root is without the right to do it.
    [[nodiscard]] static result<ActingAs> owner_of(const std::filesystem::path& folder);
    ~ActingAs();
    ActingAs(ActingAs&& other) noexcept;
    ActingAs& operator=(ActingAs&&) = delete;

    /// Root again for as long as it lives: for what lies outside of the folder.
    class Paused {
    public:
        explicit Paused(ActingAs& from);
        ~Paused();
        Paused(const Paused&) = delete;
        Paused& operator=(const Paused&) = delete;

    private:
        ActingAs& from_;
        bool was_acting_;
    };

private:
    ActingAs(uid_t user, gid_t group) : user_(user), group_(group) {}
    [[nodiscard]] bool begin();
    void end();

    uid_t user_;
    gid_t group_;
    gid_t group_before_ = 0;
    std::vector<gid_t> groups_before_;
    bool acting_ = false;
};

}  // namespace anju::backup
