#include "backup/erase_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

Error cannot(const char* what, const fs::path& where) {
    return {std::string(what) + ": " + std::strerror(errno), where.string(),
            "run as root, and once more"};
}

Error mounted_at(const fs::path& where) {
    return {"something else is mounted here, and what is on it may be anybody's", where.string(),
            "unmount it, erase it by itself if it holds data of this box, and once more"};
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    explicit operator bool() const { return number_ >= 0; }
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

/// An open folder, and what it is called in messages.
struct Folder {
    Descriptor open;
    fs::path path;

    [[nodiscard]] Folder inner(const std::string& name) const {
        constexpr int how = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        return {Descriptor(::openat(open.get(), name.c_str(), how)), path / name};
    }
    [[nodiscard]] result<std::vector<std::string>> names() const {
        // Of its own, which it closes.
        const int again = ::openat(open.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const std::unique_ptr<DIR, int (*)(DIR*)> all(again < 0 ? nullptr : ::fdopendir(again),
                                                      &::closedir);
        if (!all) return cannot("cannot read", path);
        std::vector<std::string> out;
        errno = 0;
        while (const dirent* const one = ::readdir(all.get())) {
            const std::string_view name = one->d_name;
            if (name != "." && name != "..") out.emplace_back(name);
        }
        if (errno != 0) return cannot("cannot read", path);
        return out;
    }
};

enum class Kind : std::uint8_t { gone, folder, file, other, mounted };

/// `disk`: of the folder that all of it lies in.
Kind kind_of(const Folder& in, const std::string& name, dev_t disk) {
    struct statx is{};
    constexpr int how = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
    if (::statx(in.open.get(), name.c_str(), how, STATX_TYPE, &is) != 0) return Kind::gone;
    // A folder of the same disk may be mounted as well.
    const bool root = (is.stx_attributes & is.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0;
    if (root || makedev(is.stx_dev_major, is.stx_dev_minor) != disk) return Kind::mounted;
    if (S_ISDIR(is.stx_mode)) return Kind::folder;
    return S_ISREG(is.stx_mode) ? Kind::file : Kind::other;
}

result<void> look_for_mounts(const Folder& folder, dev_t disk) {
    const auto names = folder.names();
    if (!names) return names.error();
    for (const std::string& name : *names) {
        const Kind kind = kind_of(folder, name, disk);
        if (kind == Kind::mounted) return mounted_at(folder.path / name);
        if (kind != Kind::folder) continue;
        const Folder inner = folder.inner(name);
        if (!inner.open) return cannot("cannot look into", inner.path);
        if (auto good = look_for_mounts(inner, disk); !good) return good;
    }
    return {};
}

class Erasing {
public:
    explicit Erasing(dev_t disk) : disk_(disk) {}

    result<void> run(const Folder& folder, const std::vector<std::string_view>& stays) {
        const auto names = folder.names();
        if (!names) return names.error();
        for (const std::string& name : *names) {
            if (std::ranges::find(stays, name) != stays.end()) continue;
            if (auto gone = erase(folder, name); !gone) return gone;
        }
        ::fsync(folder.open.get());
        return {};
    }
    [[nodiscard]] std::size_t files() const { return files_; }

private:
    result<void> erase(const Folder& in, const std::string& name) {
        const Kind kind = kind_of(in, name, disk_);
        if (kind == Kind::gone) return {};
        if (kind == Kind::mounted) return mounted_at(in.path / name);
        if (kind == Kind::folder) {
            const Folder inner = in.inner(name);
            if (!inner.open) return cannot("cannot look into", inner.path);
            if (auto gone = run(inner, {}); !gone) return gone;
        }
        if (kind == Kind::file) {
            constexpr int how = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
            const Descriptor file(::openat(in.open.get(), name.c_str(), how));
            if (!file || !overwrite(file.get())) return cannot("cannot erase", in.path / name);
            ++files_;
        }
        const int how = kind == Kind::folder ? AT_REMOVEDIR : 0;
        if (::unlinkat(in.open.get(), name.c_str(), how) != 0) {
            return cannot("cannot delete", in.path / name);
        }
        return {};
    }

    dev_t disk_;
    std::size_t files_ = 0;
};

/// With nothing open: it is not there. May be a link itself: it lies where root has put it.
result<std::pair<Folder, dev_t>> open_folder(const fs::path& path) {
    Folder out{Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)), path};
    struct stat is{};
    if (!out.open && errno == ENOENT) return std::pair{std::move(out), dev_t{}};
    if (!out.open || ::fstat(out.open.get(), &is) != 0) return cannot("cannot look into", path);
    return std::pair{std::move(out), is.st_dev};
}

}  // namespace

result<void> nothing_mounted_below(const fs::path& folder) {
    const auto opened = open_folder(folder);
    if (!opened) return opened.error();
    if (!opened->first.open) return {};
    return look_for_mounts(opened->first, opened->second);
}

result<std::size_t> erase_folder(const fs::path& folder,
                                 const std::vector<std::string_view>& stays) {
    const auto opened = open_folder(folder);
    if (!opened) return opened.error();
    if (!opened->first.open) return std::size_t{0};
    Erasing erasing(opened->second);
    if (const auto gone = erasing.run(opened->first, stays); !gone) return gone.error();
    return erasing.files();
}

bool overwrite(int file) {
    struct stat is{};
    if (::fstat(file, &is) != 0) return false;
    if (!S_ISREG(is.st_mode)) {
        errno = EINVAL;
        return false;
    }
    const std::string zeros(std::size_t{64} * 1024, '\0');
    for (off_t left = is.st_size; left > 0;) {
        const auto count = static_cast<std::size_t>(std::min<off_t>(left, 64 * 1024));
        const ssize_t written = ::write(file, zeros.data(), count);
        if (written <= 0) return false;
        left -= written;
    }
    return ::fsync(file) == 0;
}

}  // namespace anju::backup
