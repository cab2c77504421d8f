#include "system/secrets.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <vector>

namespace anju::system {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

}  // namespace

result<std::string> read_secret(const std::filesystem::path& path) {
    const auto refuse = [&](std::string what, std::string remedy) {
        return Error{std::move(what), path.string(), std::move(remedy)};
    };
    const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.get() < 0) {
        return refuse(std::string("cannot open the password file: ") + std::strerror(errno),
                      "create it, readable by the gateway's user only");
    }
    // Looked at after opening, so that what is checked is what is read.
    struct stat info{};
    if (fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return refuse("the password file is not a regular file", "name a regular file");
    }
    if ((info.st_mode & S_IRWXO) != 0) {
        return refuse("every user of the box may use the password file",
                      "chmod o-rwx " + path.string());
    }
    std::array<char, 4097> buffer{};
    std::size_t used = 0;
    while (used < buffer.size()) {
        const ssize_t got = read(file.get(), buffer.data() + used, buffer.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return refuse(std::string("cannot read the password file: ") + std::strerror(errno),
                          "check the disk");
        }
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
    }
    std::string_view line(buffer.data(), used);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.size() > 4096) {
        return refuse("the first line of the password file is not 1 to 4096 bytes long",
                      "write the password alone on the first line");
    }
    return result<std::string>{boost::system::in_place_value, line};
}

std::string random_hex(std::size_t count) {
    std::vector<unsigned char> bytes(count);
    std::size_t filled = 0;
    while (filled < count) {
        const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
        if (got > 0) {
            filled += static_cast<std::size_t>(got);
        } else if (errno != EINTR) {
            std::abort();
        }
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : bytes) {
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

}  // namespace anju::system
