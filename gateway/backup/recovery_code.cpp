#include "backup/recovery_code.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "core/check.hpp"

namespace anju::backup {

namespace {

/// Crockford's base32: no letter that looks like a digit, and no U.
constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t secret_bytes = 19;
constexpr std::size_t code_bytes = secret_bytes + 1;  // and a check
constexpr std::size_t code_chars = code_bytes * 8 / 5;
constexpr std::size_t group = 4;
constexpr std::string_view purpose = "anju backup 1";
constexpr std::string_view first_word = "anju-backup-key-1 ";

using Code = std::array<unsigned char, code_bytes>;

void ready() {
    ANJU_CHECK(sodium_init() >= 0, "libsodium finds the kernel's randomness");
}

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char check_of(const Code& code) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), code.data(), secret_bytes, raw(purpose),
                       purpose.size());
    return hash[0];
}

Error no_code(const char* what) {
    return Error{what, {}, "write all eight groups of four as they stand on the sheet"};
}

}  // namespace

SecretKey::~SecretKey() {
    sodium_memzero(bytes.data(), bytes.size());
}

std::string make_recovery_code() {
    ready();
    Code code{};
    randombytes_buf(code.data(), secret_bytes);
    code[secret_bytes] = check_of(code);
    std::string out;
    unsigned held = 0;
    unsigned bits = 0;
    for (const unsigned char byte : code) {
        held = held << 8U | byte;
        for (bits += 8; bits >= 5; bits -= 5) {
            if (out.size() % (group + 1) == group) out += '-';
            out += letters[(held >> (bits - 5)) & 31U];
        }
    }
    sodium_memzero(code.data(), code.size());
    return out;
}

result<SecretKey> key_of(std::string_view text) {
    ready();
    Code code{};
    std::size_t bytes = 0;
    std::size_t chars = 0;
    unsigned held = 0;
    unsigned bits = 0;
    for (char c : text) {
        if (c == '-' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        const auto value = letters.find(c);
        if (value == std::string_view::npos) return no_code("a character no recovery code has");
        if (++chars > code_chars) return no_code("longer than a recovery code");
        held = held << 5U | static_cast<unsigned>(value);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        code[bytes++] = static_cast<unsigned char>(held >> bits);
    }
    if (chars != code_chars) return no_code("shorter than a recovery code");
    if (check_of(code) != code[secret_bytes]) return no_code("the code has a slip of the pen");
    std::array<unsigned char, crypto_box_SEEDBYTES> seed{};
    crypto_generichash(seed.data(), seed.size(), code.data(), secret_bytes, raw(purpose),
                       purpose.size());
    static_assert(crypto_box_PUBLICKEYBYTES == key_bytes && crypto_box_SECRETKEYBYTES == key_bytes);
    SecretKey out;
    crypto_box_seed_keypair(out.open.bytes.data(), out.bytes.data(), seed.data());
    sodium_memzero(seed.data(), seed.size());
    sodium_memzero(code.data(), code.size());
    return out;
}

std::string written(const PublicKey& key) {
    std::string hex(key_bytes * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), key.bytes.data(), key.bytes.size());
    hex.pop_back();
    return std::string(first_word) + hex + "\n";
}

result<void> write_public_key(const std::filesystem::path& file, const PublicKey& key) {
    const std::filesystem::path part = file.string() + ".part";
    std::error_code failed;
    std::filesystem::remove(part, failed);
    bool done = bool(std::ofstream(part, std::ios::trunc) << written(key) << std::flush);
    const int descriptor = done ? ::open(part.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    done = descriptor >= 0 && ::fsync(descriptor) == 0 && ::fchmod(descriptor, 0644) == 0;
    if (descriptor >= 0) ::close(descriptor);
    const auto back = read_public_key(part);
    done = done && back && *back == key;
    if (done) std::filesystem::rename(part, file, failed);
    if (done && !failed) return {};
    return Error{"cannot write the key", file.string(), "run as root, and look at the disk"};
}

result<PublicKey> read_public_key(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) {
        return Error{"no key for backups", file.string(), "make one: anjuctl backup key"};
    }
    PublicKey out;
    std::size_t length = 0;
    const char* end = nullptr;
    const bool is_ours = line.starts_with(first_word) && line.size() == first_word.size() + 64;
    const char* hex = line.c_str() + first_word.size();
    if (!is_ours ||
        sodium_hex2bin(out.bytes.data(), key_bytes, hex, 64, nullptr, &length, &end) != 0 ||
        length != key_bytes) {
        return Error{"not a key for backups", file.string() + ":1",
                     "copy the file that `anjuctl backup key` made"};
    }
    return out;
}

std::string fingerprint(const PublicKey& key) {
    return written(key).substr(first_word.size(), 8);
}

}  // namespace anju::backup
