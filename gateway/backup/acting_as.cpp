#include "backup/acting_as.hpp"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace anju::backup {

result<ActingAs> ActingAs::owner_of(const std::filesystem::path& folder) {
    struct stat is{};
    if (::stat(folder.c_str(), &is) != 0) {
        return Error{std::strerror(errno), folder.string(), "check the folder"};
    }
    ActingAs out(is.st_uid, is.st_gid);
    if (::geteuid() != 0 || is.st_uid == 0) return out;
    if (!out.begin()) {
        return Error{std::string("cannot act as the owner of the folder: ") + std::strerror(errno),
                     folder.string(), "run as root on the box itself, or as that user"};
    }
    return out;
}

ActingAs::~ActingAs() {
    end();
}

ActingAs::ActingAs(ActingAs&& other) noexcept
    : user_(other.user_),
      group_(other.group_),
      group_before_(other.group_before_),
      groups_before_(std::move(other.groups_before_)),
      acting_(std::exchange(other.acting_, false)) {}

/// Groups first: without the user's right they cannot be changed.
bool ActingAs::begin() {
    group_before_ = ::getegid();
    const int count = ::getgroups(0, nullptr);
    groups_before_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (count > 0) ::getgroups(count, groups_before_.data());
    acting_ = true;
    if (::setgroups(0, nullptr) == 0 && ::setegid(group_) == 0 && ::seteuid(user_) == 0) {
        return true;
    }
    const int reason = errno;
    end();
    errno = reason;
    return false;
}

void ActingAs::end() {
    if (!std::exchange(acting_, false)) return;
    // What comes next counts on being root. Where setgroups() was refused nothing has changed.
    if (::seteuid(0) != 0 || ::setegid(group_before_) != 0) std::abort();
    if (::setgroups(groups_before_.size(), groups_before_.data()) != 0 && errno != EPERM) {
        std::abort();
    }
}

ActingAs::Paused::Paused(ActingAs& from) : from_(from), was_acting_(from.acting_) {
    from_.end();
}

ActingAs::Paused::~Paused() {
    if (was_acting_ && !from_.begin()) std::abort();
}

}  // namespace anju::backup
