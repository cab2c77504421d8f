#include "backup/work_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace anju::backup {

namespace fs = std::filesystem;

void give_to_owner_of(const fs::path& folder, const fs::path& made) {
    struct stat status{};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0) return;
    // The folder is a service's: what it calls its own may be a way to what is not.
    std::error_code none;
    if (fs::is_symlink(made, none)) return;
    const auto give = [&](const fs::path& one) {
        return ::lchown(one.c_str(), status.st_uid, status.st_gid) == 0;
    };
    bool all = give(made);
    std::error_code failed;
    for (const auto& entry : fs::recursive_directory_iterator(made, failed)) {
        all = give(entry.path()) && all;
    }
    (void)all;  // root may be without the right in a container; the service then says so itself
}

result<WorkFolder> WorkFolder::make(const fs::path& folder) {
    std::error_code failed;
    fs::remove_all(folder, failed);
    fs::create_directories(folder.parent_path(), failed);
    if (::mkdir(folder.c_str(), 0700) != 0) {
        return Error{std::string("cannot make a folder to work in: ") + std::strerror(errno),
                     folder.string(), "check its rights and the disk"};
    }
    return WorkFolder(folder);
}

WorkFolder::~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

}  // namespace anju::backup
