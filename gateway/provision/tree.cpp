#include "provision/tree.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <utility>

namespace anju::provision {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = std::size_t{1} << 20U;

Error failed(std::string what, const fs::path& where, int reason = errno) {
    return Error{std::move(what) + ": " + std::strerror(reason), where.string(),
                 reason == EACCES || reason == EPERM ? "run this as root" : "check the disk"};
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { shut(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }
    int shut() {
        const int rc = number_ < 0 ? 0 : ::close(number_);
        number_ = -1;
        return rc;
    }

private:
    int number_;
};

/// The third field of NAME's line in a passwd or group file.
std::optional<unsigned> number_of(const fs::path& file, std::string_view name) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ':') {
            continue;
        }
        const std::size_t second = line.find(':', name.size() + 1);
        if (second == std::string::npos) return std::nullopt;
        unsigned number = 0;
        const char* const from = line.data() + second + 1;
        const auto [end, error] = std::from_chars(from, line.data() + line.size(), number);
        if (error != std::errc{} || end == from) return std::nullopt;
        return number;
    }
    return std::nullopt;
}

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t put = ::write(descriptor, content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        content.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

result<void> flush_folder(const fs::path& folder) {
    const Descriptor open_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (open_folder.get() < 0 || ::fsync(open_folder.get()) != 0) {
        return failed("cannot flush the folder", folder);
    }
    return {};
}

}  // namespace

Tree::Tree(fs::path root) : root_(root.empty() ? fs::path("/") : fs::absolute(root)) {}

fs::path Tree::at(std::string_view path) const {
    return root_ / fs::path(path).relative_path();
}

result<std::optional<std::string>> Tree::read(std::string_view path) const {
    using Content = std::optional<std::string>;
    const fs::path file = at(path);
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
    if (in.get() < 0 && errno == ENOENT) return Content{};
    if (in.get() < 0) return failed("cannot read the file", file);
    struct stat info{};
    if (::fstat(in.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return Error{"is not a regular file", file.string(), "move it away"};
    }
    std::string out;
    std::array<char, 16'384> buffer{};
    for (;;) {
        const ssize_t got = ::read(in.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("cannot read the file", file);
        if (got == 0) return Content{std::move(out)};
        out.append(buffer.data(), static_cast<std::size_t>(got));
        if (out.size() > longest_file) {
            return Error{"is longer than 1 MiB", file.string(), "move it away"};
        }
    }
}

Tree::Owner Tree::owner(Access access) const {
    if (access.group.empty()) return {};
    // An image whose packages are not installed yet has no such group: root's is the safe one.
    return {0, number_of(at("/etc/group"), access.group).value_or(0)};
}

result<void> Tree::make_folder(std::string_view path, Access access) const {
    const fs::path folder = at(path);
    std::error_code error;
    if (fs::is_directory(folder, error)) return {};
    fs::create_directories(folder.parent_path(), error);
    if (error) return failed("cannot make the folder", folder.parent_path(), error.value());
    if (::mkdir(folder.c_str(), 0700) != 0) return failed("cannot make the folder", folder);
    const Owner whose = owner(access);
    if (::geteuid() == 0 && ::chown(folder.c_str(), whose.user, whose.group) != 0) {
        return failed("cannot give the folder to its group", folder);
    }
    if (::chmod(folder.c_str(), access.mode) != 0) {
        return failed("cannot set the rights of the folder", folder);
    }
    return flush_folder(folder.parent_path());
}

result<Placed> Tree::place_secret(std::string_view path, std::string_view content,
                                  Access access) const {
    const auto there = read(path);
    if (!there) return there.error();
    if (*there) return **there == content ? Placed::unchanged : Placed::kept;
    if (const auto written = write(path, content, access); !written) return written.error();
    return Placed::made;
}

result<Placed> Tree::place_text(std::string_view path, std::string_view content, Access access,
                                bool replace) const {
    const auto there = read(path);
    if (!there) return there.error();
    if (*there && **there == content) return Placed::unchanged;
    if (*there && !replace) return Placed::kept;
    if (*there) {
        const auto saved = write(std::string(path) + ".old", **there, access);
        if (!saved) return saved.error();
    }
    if (const auto written = write(path, content, access); !written) return written.error();
    return *there ? Placed::replaced : Placed::made;
}

result<void> Tree::write(std::string_view path, std::string_view content, Access access) const {
    return write_as(at(path), content, access.mode, owner(access));
}

result<void> Tree::rewrite(std::string_view path, std::string_view content) const {
    const fs::path file = at(path);
    struct stat info{};
    if (::lstat(file.c_str(), &info) != 0) return failed("cannot look at the file", file);
    return write_as(file, content, info.st_mode & 07777U, {info.st_uid, info.st_gid});
}

result<void> Tree::write_as(const fs::path& path, std::string_view content, mode_t mode,
                            Owner owner) const {
    std::string name = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
    Descriptor out(::mkostemp(name.data(), O_CLOEXEC));  // 0600 until it is complete
    if (out.get() < 0) return failed("cannot write the file", path);
    const auto give_up = [&](const char* what) {
        const int reason = errno;
        ::unlink(name.c_str());
        return failed(what, path, reason);
    };
    if (!write_all(out.get(), content)) return give_up("cannot write the file");
    if (::geteuid() == 0 && ::fchown(out.get(), owner.user, owner.group) != 0) {
        return give_up("cannot give the file to its group");
    }
    if (::fchmod(out.get(), mode) != 0) return give_up("cannot set the rights of the file");
    if (::fsync(out.get()) != 0 || out.shut() != 0) return give_up("cannot flush the file");
    if (::rename(name.c_str(), path.c_str()) != 0) return give_up("cannot put the file in place");
    return flush_folder(path.parent_path());
}

result<void> Tree::remove(std::string_view path) const {
    const fs::path file = at(path);
    if (::unlink(file.c_str()) != 0 && errno != ENOENT) {
        return failed("cannot remove the file", file);
    }
    return {};
}

Lock::~Lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

result<Lock> lock(const Tree& tree) {
    const fs::path folder = tree.at("/etc/anju");
    // The folder itself is what is locked: no file that somebody might remove.
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    Lock mine(descriptor);
    if (descriptor < 0) return failed("cannot open the folder", folder);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return Error{"somebody else is changing the box's files", folder.string(),
                     "wait until they are done"};
    }
    return mine;
}

}  // namespace anju::provision
