#include "vault/key_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace anju::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_file = 4096;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

/// Memory that is not swapped and is wiped at the end.
class Locked {
public:
    explicit Locked(std::size_t size) : bytes_(static_cast<char*>(sodium_malloc(size))) {
        if (bytes_ == nullptr) std::abort();
        sodium_memzero(bytes_, size);
    }
    ~Locked() { sodium_free(bytes_); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
    [[nodiscard]] char* get() const { return bytes_; }

private:
    char* bytes_;
};

struct Read {
    Locked text{longest_file + 1};
    std::size_t size = 0;
    [[nodiscard]] std::string_view view() const { return {text.get(), size}; }
};

result<void> read_file(const fs::path& path, Read& into) {
    const auto refuse = [&](std::string what, std::string remedy) {
        return Error{std::move(what), path.string(), std::move(remedy)};
    };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        return refuse(
            std::string("cannot open the key that names and addresses are sealed with: ") +
                std::strerror(errno),
            errno == EACCES
                ? "let the gateway's group read it: chown root:anju, chmod 640"
                : "put it back where it was, or set [store] seal_key_file to where it is "
                  "now; anjuctl backup take-key gets it out of a backup. Do not make a new one: it "
                  "opens nothing");
    }
    // Looked at after opening, so that what is checked is what is read.
    struct stat info{};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return refuse("the key file is not a regular file", "name a regular file");
    }
    if ((info.st_mode & S_IRWXO) != 0) {
        return refuse("every user of the box may use the key file", "chmod o-rwx " + path.string());
    }
    while (into.size <= longest_file) {
        const ssize_t got =
            ::read(file.get(), into.text.get() + into.size, longest_file + 1 - into.size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            return refuse(std::string("cannot read the key file: ") + std::strerror(errno),
                          "check the disk");
        }
        if (got == 0) break;
        into.size += static_cast<std::size_t>(got);
    }
    if (into.size > longest_file) return refuse("the key file is too long", "restore it");
    return {};
}

/// Calls `visit` with each line that is to hold a key, and its number.
template <class Visit>
void each_line(std::string_view text, Visit visit) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty() && !line.starts_with('#')) visit(line, number);
    }
}

result<std::shared_ptr<const Keys>> parse(std::string_view text, const fs::path& path) {
    const Locked keys(most_keys * key_bytes);
    auto* const raw = reinterpret_cast<unsigned char*>(keys.get());
    std::size_t count = 0;
    std::size_t wrong = 0;
    each_line(text, [&](std::string_view line, std::size_t number) {
        std::size_t length = 0;
        const bool good = count < most_keys && line.size() == 2 * key_bytes &&
                          sodium_hex2bin(raw + count * key_bytes, key_bytes, line.data(),
                                         line.size(), nullptr, &length, nullptr) == 0 &&
                          length == key_bytes;
        if (good) ++count;
        if (!good && wrong == 0) wrong = number;
    });
    if (wrong != 0 || count == 0) {
        return Error{wrong == 0 ? "holds no key" : "this line is no key, or there are too many",
                     wrong == 0 ? path.string() : path.string() + ":" + std::to_string(wrong),
                     "restore the file; each line is a key of 64 hex digits, 8 at most"};
    }
    return Keys::from(raw, count);
}

}  // namespace

result<std::shared_ptr<const Keys>> read_keys(const fs::path& path) {
    if (sodium_init() < 0) std::abort();
    Read file;
    if (const auto read = read_file(path, file); !read) return read.error();
    return parse(file.view(), path);
}

std::string make_line() {
    if (sodium_init() < 0) std::abort();
    std::array<unsigned char, key_bytes> key{};
    randombytes_buf(key.data(), key.size());
    std::string out(2 * key_bytes + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), key.data(), key.size());
    sodium_memzero(key.data(), key.size());
    out.back() = '\n';
    return out;
}

result<std::string> with_new_key(const fs::path& path) {
    const auto keys = read_keys(path);
    if (!keys) return keys.error();
    if ((*keys)->ids().size() >= most_keys) {
        return Error{"the file holds as many keys as it can", path.string(),
                     "anjuctl seal retire drops those that nothing is sealed with"};
    }
    Read file;
    if (const auto read = read_file(path, file); !read) return read.error();
    std::string out = make_line();
    each_line(file.view(),
              [&](std::string_view line, std::size_t) { out.append(line).append("\n"); });
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

result<std::string> with_lines(const fs::path& path, std::string_view lines) {
    std::string out;
    const auto add = [&](std::string_view line, std::size_t) {
        if (out.find(line) == std::string::npos) out.append(line).append("\n");
    };
    if (const auto keys = read_keys(path); !keys) return keys.error();
    Read file;
    if (const auto read = read_file(path, file); !read) return read.error();
    each_line(file.view(), add);
    each_line(lines, add);
    const auto all = static_cast<std::size_t>(std::ranges::count(out, '\n'));
    if (all > most_keys) {
        return Error{"the two hold " + std::to_string(all) + " keys, a file takes " +
                         std::to_string(most_keys),
                     path.string(), "anjuctl seal retire drops those that nothing is sealed with"};
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

result<std::string> with_keys_of(const fs::path& path, const fs::path& other) {
    if (const auto keys = read_keys(other); !keys) return keys.error();
    Read file;
    if (const auto read = read_file(other, file); !read) return read.error();
    return with_lines(path, file.view());
}

result<std::string> with_current_key(const fs::path& path) {
    const auto keys = read_keys(path);
    if (!keys) return keys.error();
    Read file;
    if (const auto read = read_file(path, file); !read) return read.error();
    std::string out;
    each_line(file.view(), [&](std::string_view line, std::size_t) {
        if (out.empty()) out.append(line).append("\n");
    });
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

}  // namespace anju::vault
