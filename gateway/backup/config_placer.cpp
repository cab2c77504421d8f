#include "backup/config_placer.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <ranges>

#include "backup/failed.hpp"
#include "store/files.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

fs::path old_of(const fs::path& file) {
    return file.string() + ".old";
}

}  // namespace

result<void> ConfigPlacer::put(const Member& member, const fs::path& from, const fs::path& to,
                               There there) {
    std::error_code wrong;
    if (fs::create_directories(to.parent_path(), wrong)) {
        // Secrets are in there; the owners of the files can pass.
        ::chmod(to.parent_path().c_str(), 0750);
        own(to.parent_path(), {}, member.group);
    }
    const fs::path part = to.string() + ".part";
    const auto place = [&]() -> result<void> {
        if (auto written = write(member, from, part); !written) return written;
        const bool is_there = fs::exists(fs::symlink_status(to, wrong));
        if (is_there && there == There::kept_as_old) {
            if (auto kept = keep_old(to); !kept) return kept;
            put_.push_back({to, true});
        }
        if (!is_there) put_.push_back({to, false});
        step("place configuration");
        if (std::rename(part.c_str(), to.c_str()) != 0) return failed("cannot write", to);
        store::sync_folder(to.parent_path());
        return {};
    };
    auto placed = place();
    if (!placed) ::unlink(part.c_str());  // there may be a secret in it
    return placed;
}

result<void> ConfigPlacer::write(const Member& member, const fs::path& from, const fs::path& part) {
    std::error_code wrong;
    fs::copy_file(from, part, fs::copy_options::overwrite_existing, wrong);
    if (wrong) {
        errno = wrong.value();
        return failed("cannot write", part);
    }
    const int file = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed("cannot write", part);
    own(part, member.owner, member.group);
    const bool done = ::fchmod(file, member.mode) == 0 && ::fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    errno = reason;
    if (!done) return failed("cannot write", part);
    return {};
}

/// What is there gets a second name first, with its mode and owners: at no moment there is neither.
result<void> ConfigPlacer::keep_old(const fs::path& file) {
    const fs::path old = old_of(file);
    if (::unlink(old.c_str()) != 0 && errno != ENOENT) return failed("cannot replace", old);
    step("keep what was there");
    if (::link(file.c_str(), old.c_str()) != 0) return failed("cannot keep", file);
    old_.push_back(old);
    return {};
}

result<void> ConfigPlacer::take_back() {
    std::optional<Error> first;
    for (const Put& one : std::views::reverse(put_)) {
        step("take back configuration");
        const char* const file = one.file.c_str();
        const fs::path old = old_of(one.file);
        // Of two names of one file rename() leaves both: the file was not replaced yet.
        const bool done = one.has_old ? std::rename(old.c_str(), file) == 0 &&
                                            (::unlink(old.c_str()) == 0 || errno == ENOENT)
                                      : ::unlink(file) == 0 || errno == ENOENT;
        if (!done && !first) first = failed("cannot take back", one.file);
        store::sync_folder(one.file.parent_path());
    }
    put_.clear();
    old_.clear();
    if (first) return *first;
    return {};
}

/// Names that do not exist here are noted once; empty ones are left as they are.
void ConfigPlacer::own(const fs::path& file, const std::string& owner, const std::string& group) {
    if (::geteuid() != 0) return;
    const passwd* const user = owner.empty() ? nullptr : ::getpwnam(owner.c_str());
    const ::group* const grp = group.empty() ? nullptr : ::getgrnam(group.c_str());
    if (!owner.empty() && user == nullptr) missing("user " + owner);
    if (!group.empty() && grp == nullptr) missing("group " + group);
    const uid_t uid = user == nullptr ? static_cast<uid_t>(-1) : user->pw_uid;
    const gid_t gid = grp == nullptr ? static_cast<gid_t>(-1) : grp->gr_gid;
    if (::chown(file.c_str(), uid, gid) != 0) missing("the right to give " + file.string());
}

void ConfigPlacer::missing(const std::string& what) {
    const std::string note = "there is no " + what + " here";
    if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
}

}  // namespace anju::backup
