#include "backup/erase.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "store/files.hpp"
#include "store/lock_file.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

/// Zeros to the end, on the disk before the name goes.
bool overwrite(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) return false;
    struct stat status{};
    bool done = ::fstat(descriptor, &status) == 0;
    const std::string zeros(std::size_t{64} * 1024, '\0');
    for (off_t left = status.st_size; done && left > 0;) {
        const auto count = static_cast<std::size_t>(std::min<off_t>(left, 64 * 1024));
        const ssize_t written = ::write(descriptor, zeros.data(), count);
        done = written > 0;
        left -= written;
    }
    done = done && ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

class Erasing {
public:
    result<std::size_t> run(const fs::path& folder) {
        std::error_code failed;
        if (!fs::exists(folder, failed)) return std::size_t{0};
        for (const auto& entry : fs::recursive_directory_iterator(folder, failed)) {
            const bool plain = entry.is_regular_file(failed) && !entry.is_symlink(failed);
            if (!plain || is_lock(entry.path())) continue;
            if (!overwrite(entry.path())) {
                return Error{std::string("cannot erase: ") + std::strerror(errno),
                             entry.path().string(), "run as root, and once more"};
            }
            ++files_;
        }
        if (failed) return Error{failed.message(), folder.string(), "run as root, and once more"};
        for (const auto& entry : fs::directory_iterator(folder, failed)) {
            if (is_lock(entry.path())) continue;
            fs::remove_all(entry.path(), failed);
            if (failed) return Error{failed.message(), entry.path().string(), "run as root"};
        }
        store::sync_folder(folder);
        return std::exchange(files_, 0);
    }

private:
    /// Held meanwhile, and holds nothing.
    static bool is_lock(const fs::path& file) { return file.filename() == "store.lock"; }
    std::size_t files_ = 0;
};

}  // namespace

result<std::size_t> erase_box(const Places& places) {
    const store::Files files(places.data_dir);
    std::size_t all = 0;
    const auto lock = fs::exists(files.folder)
                          ? store::LockFile::acquire(files.lock())
                          : result<store::LockFile>{
                                Error{"no data folder", files.folder.string(), "check --data-dir"}};
    if (!lock) return lock.error();
    for (const fs::path& folder : {places.config, places.broker, places.data_dir}) {
        const auto erased = Erasing{}.run(folder);
        if (!erased) return erased;
        all += *erased;
    }
    return all;
}

}  // namespace anju::backup
