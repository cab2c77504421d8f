#include "firmware-sim/sensors/wmbus_seal.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace anju::sim {

namespace {

void must(bool worked) {
    if (!worked) throw std::runtime_error("OpenSSL cannot do AES-128: check its installation");
}

/// Doubling in GF(2^128), RFC 4493 section 2.3.
AesBlock doubled(const AesBlock& block) {
    AesBlock out{};
    unsigned carry = 0;
    for (std::size_t i = block.size(); i-- > 0;) {
        const unsigned wide = static_cast<unsigned>(block[i]) << 1U | carry;
        out[i] = static_cast<std::uint8_t>(wide);
        carry = wide >> 8U;
    }
    if (carry != 0) out[15] ^= 0x87U;
    return out;
}

}  // namespace

Octets seal_cbc(const AesBlock& key, const AesBlock& iv, OctetView data) {
    const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> context(EVP_CIPHER_CTX_new(),
                                                                             &EVP_CIPHER_CTX_free);
    must(context != nullptr &&
         EVP_EncryptInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, key.data(), iv.data()) == 1);
    must(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
    Octets out(data.size() + 16);
    int size = 0;
    must(EVP_EncryptUpdate(context.get(), out.data(), &size, data.data(),
                           static_cast<int>(data.size())) == 1);
    must(static_cast<std::size_t>(size) == data.size());
    out.resize(data.size());
    return out;
}

AesBlock cmac_of(const AesBlock& key, OctetView message) {
    const auto zeros = seal_cbc(key, AesBlock{}, AesBlock{});
    AesBlock subkey{};
    std::copy(zeros.begin(), zeros.end(), subkey.begin());
    subkey = doubled(subkey);
    Octets padded(message.begin(), message.end());
    if (padded.empty() || padded.size() % 16 != 0) {
        subkey = doubled(subkey);
        padded.push_back(0x80);
        padded.resize((padded.size() + 15) / 16 * 16);
    }
    for (std::size_t i = 0; i < 16; ++i) padded[padded.size() - 16 + i] ^= subkey[i];
    const auto sealed = seal_cbc(key, AesBlock{}, padded);
    AesBlock out{};
    std::copy(sealed.end() - 16, sealed.end(), out.begin());
    return out;
}

}  // namespace anju::sim
