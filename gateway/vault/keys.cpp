#include "vault/keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace anju::vault {
namespace {

constexpr std::string_view blob_mark("\xa7\x53\x46\x01", 4);
constexpr std::string_view text_mark = "~s1~";
constexpr std::string_view lookup_mark = "~k1~";
constexpr std::size_t id_bytes = 4;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(key_bytes == crypto_kdf_KEYBYTES);
static_assert(overhead == 4 + id_bytes + nonce_bytes + tag_bytes);

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

void add_id(std::string& to, KeyId id) {
    for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>((id >> shift) & 0xffU);
}
KeyId id_in(std::string_view bytes) {
    KeyId id = 0;
    for (std::size_t i = 0; i < id_bytes; ++i) {
        id |= static_cast<KeyId>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return id;
}

/// Of a key, so that nobody has to keep a number beside it.
KeyId id_of(const unsigned char* key) {
    constexpr std::string_view what = "anju: number of a sealing key";
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), raw(what), what.size(), key, key_bytes);
    KeyId id = 0;
    std::memcpy(&id, hash.data(), sizeof id);
    return id == 0 ? 1 : id;
}

/// What is behind the mark, as bytes; nullopt: no mark, or no base64.
std::optional<std::string> unwrapped(std::string_view field, Form form) {
    const std::string_view mark = form == Form::blob ? blob_mark : text_mark;
    if (!field.starts_with(mark)) return std::nullopt;
    field.remove_prefix(mark.size());
    if (form == Form::blob) return std::string(field);
    std::string out(field.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    if (sodium_base642bin(raw(out), out.size(), field.data(), field.size(), nullptr, &length,
                          nullptr, base64) != 0) {
        return std::nullopt;
    }
    out.resize(length);
    return out;
}

}  // namespace

/// Two keys are made of each: one seals, the other looks up.
struct Keys::Memory {
    struct Pair {
        unsigned char seal[key_bytes];
        unsigned char lookup[key_bytes];
    };
    explicit Memory(std::size_t count)
        : pairs(static_cast<Pair*>(sodium_allocarray(count, sizeof(Pair)))) {
        if (pairs == nullptr) std::abort();  // no memory that could be locked or guarded
    }
    ~Memory() { sodium_free(pairs); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    Pair* pairs;
};

std::string text_of(KeyId id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4) out += digits[(id >> shift) & 15U];
    return out;
}

Keys::Keys(std::unique_ptr<Memory> memory, std::vector<KeyId> ids)
    : memory_(std::move(memory)), ids_(std::move(ids)) {}
Keys::~Keys() = default;

std::shared_ptr<const Keys> Keys::from(const unsigned char* keys, std::size_t count) {
    if (sodium_init() < 0 || count == 0 || count > most_keys) std::abort();
    auto memory = std::make_unique<Memory>(count);
    std::vector<KeyId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned char* const key = keys + i * key_bytes;
        Memory::Pair& pair = memory->pairs[i];
        crypto_kdf_derive_from_key(pair.seal, key_bytes, 1, "anjuseal", key);
        crypto_kdf_derive_from_key(pair.lookup, key_bytes, 2, "anjuseal", key);
        ids.push_back(id_of(key));
    }
    sodium_mprotect_readonly(memory->pairs);
    return std::shared_ptr<const Keys>(new Keys(std::move(memory), std::move(ids)));
}

std::shared_ptr<const Keys> Keys::sealing_with(KeyId id) const {
    const auto first = index_of(id);
    if (!first) std::abort();
    auto memory = std::make_unique<Memory>(ids_.size());
    std::vector<KeyId> ids;
    const auto add = [&](std::size_t index) {
        memory->pairs[ids.size()] = memory_->pairs[index];
        ids.push_back(ids_[index]);
    };
    add(*first);
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        if (i != *first) add(i);
    }
    sodium_mprotect_readonly(memory->pairs);
    return std::shared_ptr<const Keys>(new Keys(std::move(memory), std::move(ids)));
}

std::optional<std::size_t> Keys::index_of(KeyId id) const {
    const auto at = std::ranges::find(ids_, id);
    if (at == ids_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - ids_.begin());
}

std::string Keys::seal(std::string_view content, std::string_view place, Form form) const {
    std::string out(form == Form::blob ? blob_mark : std::string_view{});
    const std::size_t head = out.size();
    add_id(out, current());
    const std::size_t nonce = out.size();
    out.resize(nonce + nonce_bytes + content.size() + tag_bytes);
    unsigned char* const to = raw(out) + nonce;
    randombytes_buf(to, nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(to + nonce_bytes, nullptr, raw(content),
                                               content.size(), raw(place), place.size(), nullptr,
                                               to, memory_->pairs[0].seal);
    if (form == Form::blob) return out;
    std::string text(sodium_base64_ENCODED_LEN(out.size() - head, base64), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(out) + head, out.size() - head, base64);
    text.pop_back();  // the terminating zero
    return std::string(text_mark) + text;
}

std::optional<std::string> Keys::open(std::string_view field, std::string_view place,
                                      Form form) const {
    const auto bytes = unwrapped(field, form);
    if (!bytes || bytes->size() < id_bytes + nonce_bytes + tag_bytes) return std::nullopt;
    const auto index = index_of(id_in(*bytes));
    if (!index) return std::nullopt;
    const unsigned char* const nonce = raw(std::string_view(*bytes)) + id_bytes;
    const std::size_t sealed = bytes->size() - id_bytes - nonce_bytes;
    std::string out(sealed - tag_bytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, nonce + nonce_bytes,
                                                   sealed, raw(place), place.size(), nonce,
                                                   memory_->pairs[*index].seal) != 0) {
        return std::nullopt;
    }
    return out;
}

std::string Keys::lookup(std::string_view value, std::string_view place) const {
    constexpr std::size_t size = 32;
    std::array<unsigned char, size> hash{};
    const std::uint64_t length = place.size();  // so that place and value cannot trade bytes
    crypto_generichash_state state;
    crypto_generichash_init(&state, memory_->pairs[0].lookup, key_bytes, size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&length),
                              sizeof length);
    crypto_generichash_update(&state, raw(place), place.size());
    crypto_generichash_update(&state, raw(value), value.size());
    crypto_generichash_final(&state, hash.data(), size);
    std::string hex(2 * size + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), size);
    hex.pop_back();
    return std::string(lookup_mark) + hex;
}

std::optional<KeyId> sealed_by(std::string_view field, Form form) {
    const auto bytes = unwrapped(field, form);
    if (!bytes || bytes->size() < id_bytes + nonce_bytes + tag_bytes) return std::nullopt;
    return id_in(*bytes);
}

}  // namespace anju::vault
