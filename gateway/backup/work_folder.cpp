#include "backup/work_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace anju::backup {

namespace fs = std::filesystem;

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
