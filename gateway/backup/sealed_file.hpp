// A file that only the holder of a secret key can read, and that nobody can change, cut or splice
// unnoticed. Written and read in one pass, in chunks, so that neither needs the memory for it.
//
// "anju-backup-1 ", the fingerprint of the reader's key, a line end; then a key for this file in a
// sealed box for the recipient (X25519, XSalsa20-Poly1305), then libsodium's secretstream
// (XChaCha20-Poly1305): each chunk as four bytes of length, little-endian, and its ciphertext. The
// first chunk vouches for everything before it; the last is tagged as the last.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backup/recovery_code.hpp"
#include "base/result.hpp"

namespace anju::backup {

inline constexpr std::size_t longest_chunk = std::size_t{64} * 1024;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePtr = std::unique_ptr<std::FILE, CloseFile>;

class SealedWriter {
public:
    /// Makes the file, 0600; it must not exist.
    static result<SealedWriter> create(const std::filesystem::path& file, const PublicKey& reader);
    ~SealedWriter();
    SealedWriter(SealedWriter&&) noexcept;
    SealedWriter& operator=(SealedWriter&&) noexcept;

    /// At most longest_chunk bytes.
    result<void> add(std::string_view chunk);
    struct Written {
        std::uint64_t bytes{};
        std::string digest;  ///< BLAKE2b-256 of the file, 32 bytes
    };
    /// The last chunk; on the disk on return.
    result<Written> finish();

private:
    struct State;
    explicit SealedWriter(std::unique_ptr<State> state);
    result<void> push(std::string_view chunk, unsigned char tag);
    result<void> put(std::string_view bytes);
    std::unique_ptr<State> state_;
};

class SealedReader {
public:
    static result<SealedReader> open(const std::filesystem::path& file, const SecretKey& key);
    ~SealedReader();
    SealedReader(SealedReader&&) noexcept;
    SealedReader& operator=(SealedReader&&) noexcept;

    /// The next chunk as it was added; nullopt after the last, with nothing behind it. An Error
    /// where the file was changed or cut: what came before must not be used then either.
    result<std::optional<std::string>> next();

private:
    struct State;
    explicit SealedReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// BLAKE2b-256 of a file, read from the disk.
[[nodiscard]] result<std::string> digest_of(const std::filesystem::path& file);

}  // namespace anju::backup
