#include "access/setup_code.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

#include "access/secret.hpp"
#include "store/files.hpp"

namespace anju::access {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t letters = 12;
constexpr std::size_t group = 4;

std::string grouped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += group) {
        if (i > 0) out += '-';
        out += text.substr(i, group);
    }
    return out;
}

/// Upper case, without what people put between; nullopt: too much of it.
std::optional<std::string> plain(std::string_view said) {
    if (said.size() > 64) return std::nullopt;
    std::string out;
    for (const char c : said) {
        if (c >= 'a' && c <= 'z') {
            out += static_cast<char>(c - 'a' + 'A');
        } else if (c != '-' && c != ' ') {
            out += c;
        }
    }
    return out;
}

/// What the file says if nobody else may read or write it and it is whole.
std::optional<std::string> read_code(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return std::nullopt;
    struct stat info{};
    std::array<char, 64> text{};
    const bool looked = ::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) &&
                        (info.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    const ssize_t got = looked ? ::read(descriptor, text.data(), text.size()) : -1;
    ::close(descriptor);
    if (got <= 0) return std::nullopt;
    std::string_view line(text.data(), static_cast<std::size_t>(got));
    line = line.substr(0, line.find('\n'));
    auto code = plain(line);
    if (!code || code->size() != letters) return std::nullopt;
    return grouped(*code);
}

result<void> write_code(const fs::path& file, const std::string& code) {
    const auto failed = [&](const char* what) -> Error {
        return {std::string(what) + ": " + std::strerror(errno), file.string(),
                "check the rights of data_dir and the disk"};
    };
    const std::string aside = file.string() + ".new";
    ::unlink(aside.c_str());
    const int descriptor = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("cannot make the setup code");
    const std::string line = code + "\n";
    const bool written =
        ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written || ::rename(aside.c_str(), file.c_str()) != 0) {
        return failed("cannot keep the setup code");
    }
    store::sync_folder(file.parent_path());
    return {};
}

}  // namespace

SetupCode::SetupCode(fs::path data_dir) : file_(std::move(data_dir) / "console-setup.code") {}

result<std::string> SetupCode::code() {
    if (code_.empty()) {
        if (auto found = read_code(file_)) {
            code_ = std::move(*found);
        } else {
            std::string made = grouped(make_letters(letters));
            if (const auto written = write_code(file_, made); !written) return written.error();
            code_ = std::move(made);
        }
    }
    return result<std::string>{boost::system::in_place_value, code_};
}

bool SetupCode::is_code(std::string_view said) {
    if (code_.empty()) {
        if (auto found = read_code(file_)) code_ = std::move(*found);
    }
    const auto tried = plain(said);
    const auto right = plain(code_);
    return tried && right && !right->empty() && equal_in_constant_time(*tried, *right);
}

result<void> SetupCode::remove() {
    code_.clear();
    std::error_code failed;
    fs::remove(file_, failed);
    if (failed) {
        return Error{"cannot remove the setup code: " + failed.message(), file_.string(),
                     "remove this file"};
    }
    store::sync_folder(file_.parent_path());
    return {};
}

}  // namespace anju::access
