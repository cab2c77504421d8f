// The key of the links on disk; see link.hpp.
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "notify/bytes.hpp"
#include "notify/link.hpp"

namespace anju::notify {
namespace {

constexpr std::size_t key_bytes = 32;

Error failed(const std::filesystem::path& path, const std::string& what) {
    return {what, path.string(), "check the rights of data_dir and the disk"};
}

result<void> make(const std::filesystem::path& path) {
    std::array<char, key_bytes> key{};
    if (getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) {
        return failed(path, "the kernel has no random bytes");
    }
    const std::string line = hex({key.data(), key.size()}) + "\n";
    // Written aside and renamed: a cut in between leaves no half key.
    const std::string aside = path.string() + ".new";
    ::unlink(aside.c_str());
    const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return failed(path, std::string("cannot make the key: ") + std::strerror(errno));
    const bool written =
        ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(file) == 0;
    ::close(file);
    if (!written || ::rename(aside.c_str(), path.c_str()) != 0) {
        return failed(path, std::string("cannot keep the key: ") + std::strerror(errno));
    }
    const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

}  // namespace

result<std::string> link_key(const std::filesystem::path& data_dir) {
    const std::filesystem::path path = data_dir / "link.key";
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) {
        if (errno != ENOENT) {
            return failed(path, std::string("cannot look at the key: ") + std::strerror(errno));
        }
        if (const auto made = make(path); !made) return made.error();
    }
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed(path, std::string("cannot open the key: ") + std::strerror(errno));
    std::array<char, 2 * key_bytes + 2> line{};
    const ssize_t got = ::read(file, line.data(), line.size());
    const bool looked = ::fstat(file, &info) == 0;
    ::close(file);
    if (!looked || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{"others than the gateway's user may use the key", path.string(),
                     "chmod 600 " + path.string()};
    }
    const std::string text(line.data(), got < 0 ? 0 : static_cast<std::size_t>(got));
    const bool whole = text.size() == 2 * key_bytes + 1 && text.back() == '\n' &&
                       text.find_first_not_of("0123456789abcdef") == text.size() - 1;
    if (!whole) {
        return Error{"this is not a key of links", path.string(),
                     "restore it, or remove it: links that were sent stop working"};
    }
    return result<std::string>{boost::system::in_place_value, text.substr(0, 2 * key_bytes)};
}

}  // namespace anju::notify
