#include "backup/sealed_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/check.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "anju-backup-1 ";
constexpr std::size_t mark_chars = 8;
constexpr std::size_t first_line = magic.size() + mark_chars + 1;
constexpr std::size_t stream_key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t sealed_key_bytes = crypto_box_SEALBYTES + stream_key_bytes;
constexpr std::size_t stream_header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t digest_bytes = 32;

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}
std::string text(const unsigned char* bytes, std::size_t count) {
    return {reinterpret_cast<const char*>(bytes), count};
}

void ready() {
    ANJU_CHECK(sodium_init() >= 0, "libsodium finds the kernel's randomness");
}

Error failed(const char* what, const fs::path& file) {
    return Error{std::string(what) + ": " + std::strerror(errno), file.string(),
                 errno == ENOSPC ? "free the disk" : "look at the disk and at the rights"};
}

Error changed(const fs::path& file) {
    return Error{"the backup was changed or cut", file.string(), "use another copy"};
}

class Digest {
public:
    Digest() { crypto_generichash_init(&state_, nullptr, 0, digest_bytes); }
    void add(std::string_view bytes) {
        crypto_generichash_update(&state_, raw(bytes), bytes.size());
    }
    [[nodiscard]] std::string value() {
        std::string out(digest_bytes, '\0');
        crypto_generichash_final(&state_, raw(out), out.size());
        return out;
    }

private:
    crypto_generichash_state state_{};
};

}  // namespace

struct SealedWriter::State {
    fs::path path;
    FilePtr file;
    crypto_secretstream_xchacha20poly1305_state stream{};
    std::string before;  ///< what the first chunk vouches for; empty after it
    std::uint64_t bytes = 0;
    Digest digest;

    ~State() { sodium_memzero(&stream, sizeof stream); }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedWriter::~SealedWriter() = default;
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter& SealedWriter::operator=(SealedWriter&&) noexcept = default;

result<SealedWriter> SealedWriter::create(const fs::path& file, const PublicKey& reader) {
    ready();
    auto state = std::make_unique<State>();
    state->path = file;
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("cannot make the backup", file);
    state->file.reset(::fdopen(descriptor, "wb"));
    if (!state->file) {
        ::close(descriptor);
        return failed("cannot make the backup", file);
    }
    std::array<unsigned char, stream_key_bytes> key{};
    crypto_secretstream_xchacha20poly1305_keygen(key.data());
    std::array<unsigned char, sealed_key_bytes> sealed{};
    crypto_box_seal(sealed.data(), key.data(), key.size(), reader.bytes.data());
    std::array<unsigned char, stream_header_bytes> header{};
    crypto_secretstream_xchacha20poly1305_init_push(&state->stream, header.data(), key.data());
    sodium_memzero(key.data(), key.size());
    state->before = std::string(magic) + fingerprint(reader) + "\n" +
                    text(sealed.data(), sealed.size()) + text(header.data(), header.size());
    SealedWriter out(std::move(state));
    if (const auto put = out.put(out.state_->before); !put) return put.error();
    return out;
}

result<void> SealedWriter::put(std::string_view bytes) {
    state_->digest.add(bytes);
    state_->bytes += bytes.size();
    if (std::fwrite(bytes.data(), 1, bytes.size(), state_->file.get()) == bytes.size()) return {};
    return failed("cannot write the backup", state_->path);
}

result<void> SealedWriter::push(std::string_view chunk, unsigned char tag) {
    ANJU_CHECK(chunk.size() <= longest_chunk, "a chunk is not longer than it may be");
    const std::string before = std::exchange(state_->before, {});
    std::string out(length_bytes + chunk.size() + overhead, '\0');
    const std::size_t length = chunk.size() + overhead;
    for (unsigned i = 0; i < length_bytes; ++i) {
        out[i] = static_cast<char>((length >> (8 * i)) & 0xffU);
    }
    crypto_secretstream_xchacha20poly1305_push(&state_->stream, raw(out) + length_bytes, nullptr,
                                               raw(chunk), chunk.size(), raw(before), before.size(),
                                               tag);
    return put(out);
}

result<void> SealedWriter::add(std::string_view chunk) {
    return push(chunk, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
}

result<SealedWriter::Written> SealedWriter::finish() {
    if (const auto last = push({}, crypto_secretstream_xchacha20poly1305_TAG_FINAL); !last) {
        return last.error();
    }
    std::FILE* const file = state_->file.get();
    if (std::fflush(file) != 0 || ::fsync(::fileno(file)) != 0) {
        return failed("cannot write the backup", state_->path);
    }
    return Written{state_->bytes, state_->digest.value()};
}

struct SealedReader::State {
    fs::path path;
    FilePtr file;
    crypto_secretstream_xchacha20poly1305_state stream{};
    std::string before;
    bool over = false;

    ~State() { sodium_memzero(&stream, sizeof stream); }
    bool read(std::string& into) {
        return std::fread(into.data(), 1, into.size(), file.get()) == into.size();
    }
};

SealedReader::SealedReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedReader::~SealedReader() = default;
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader& SealedReader::operator=(SealedReader&&) noexcept = default;

result<SealedReader> SealedReader::open(const fs::path& file, const SecretKey& key) {
    ready();
    auto state = std::make_unique<State>();
    state->path = file;
    state->file.reset(std::fopen(file.c_str(), "rbe"));
    if (!state->file) return failed("cannot read the backup", file);
    std::string head(first_line + sealed_key_bytes + stream_header_bytes, '\0');
    if (!state->read(head) || !head.starts_with(magic)) {
        return Error{"not a backup of a gateway", file.string(),
                     "name a file that `anjuctl backup create` made"};
    }
    const unsigned char* const sealed = raw(head) + first_line;
    std::array<unsigned char, stream_key_bytes> stream_key{};
    if (crypto_box_seal_open(stream_key.data(), sealed, sealed_key_bytes, key.open.bytes.data(),
                             key.bytes.data()) != 0) {
        return Error{
            "the recovery code with the mark " + fingerprint(key.open) + " does not open it",
            file.string(), "take the sheet with the mark " + head.substr(magic.size(), mark_chars)};
    }
    const int begun = crypto_secretstream_xchacha20poly1305_init_pull(
        &state->stream, sealed + sealed_key_bytes, stream_key.data());
    sodium_memzero(stream_key.data(), stream_key.size());
    if (begun != 0) return changed(file);
    state->before = std::move(head);
    return SealedReader(std::move(state));
}

result<std::optional<std::string>> SealedReader::next() {
    State& state = *state_;
    if (state.over) return std::optional<std::string>{};
    std::string length_text(length_bytes, '\0');
    if (!state.read(length_text)) return changed(state.path);
    std::size_t length = 0;
    for (unsigned i = 0; i < length_bytes; ++i) {
        length |= std::size_t{raw(length_text)[i]} << (8 * i);
    }
    if (length < overhead || length > longest_chunk + overhead) return changed(state.path);
    std::string sealed(length, '\0');
    if (!state.read(sealed)) return changed(state.path);
    std::string out(length - overhead, '\0');
    unsigned char tag = 0;
    const std::string before = std::exchange(state.before, {});
    if (crypto_secretstream_xchacha20poly1305_pull(&state.stream, raw(out), nullptr, &tag,
                                                   raw(sealed), sealed.size(), raw(before),
                                                   before.size()) != 0) {
        return changed(state.path);
    }
    if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
        return std::optional{std::move(out)};
    state.over = true;
    if (std::fgetc(state.file.get()) != EOF) return changed(state.path);
    return std::optional<std::string>{};
}

result<std::string> digest_of(const fs::path& file) {
    ready();
    const FilePtr in(std::fopen(file.c_str(), "rbe"));
    if (!in) return failed("cannot read back", file);
    // What the kernel still has in memory proves nothing of the disk.
    ::posix_fadvise(::fileno(in.get()), 0, 0, POSIX_FADV_DONTNEED);
    Digest digest;
    std::string chunk(longest_chunk, '\0');
    while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), in.get())) {
        digest.add(std::string_view(chunk).substr(0, got));
    }
    if (std::ferror(in.get()) != 0) return failed("cannot read back", file);
    return result<std::string>{boost::system::in_place_value, digest.value()};
}

}  // namespace anju::backup
