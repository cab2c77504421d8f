#include "drivers/wmbus/security.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstddef>
#include <stdexcept>

namespace anju::drivers::wmbus {
namespace {

struct Free {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

void must(bool worked) {
    if (!worked) throw std::runtime_error("OpenSSL cannot do AES-128: check its installation");
}

/// One cipher in one direction.
class Cipher {
public:
    explicit Cipher(const char* name)
        : cipher_(EVP_CIPHER_fetch(nullptr, name, nullptr)), context_(EVP_CIPHER_CTX_new()) {
        must(cipher_ && context_ &&
             EVP_DecryptInit_ex2(context_.get(), cipher_.get(), nullptr, nullptr, nullptr) == 1);
    }

    void run(const Key& key, const Block& iv, std::span<std::uint8_t> data) {
        int size = 0;
        must(EVP_DecryptInit_ex2(context_.get(), nullptr, key.data(), iv.data(), nullptr) == 1);
        must(EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1);
        must(EVP_DecryptUpdate(context_.get(), data.data(), &size, data.data(),
                               static_cast<int>(data.size())) == 1);
        must(static_cast<std::size_t>(size) == data.size());
    }

private:
    std::unique_ptr<EVP_CIPHER, Free> cipher_;
    std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

class Cmac {
public:
    Cmac() : mac_(EVP_MAC_fetch(nullptr, "CMAC", nullptr)) {
        must(mac_ != nullptr);
        context_.reset(EVP_MAC_CTX_new(mac_.get()));
        char cipher[] = "AES-128-CBC";
        const OSSL_PARAM parameters[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
            OSSL_PARAM_construct_end()};
        must(context_ && EVP_MAC_CTX_set_params(context_.get(), parameters) == 1);
    }

    Block run(const Key& key, std::initializer_list<Bytes> message) {
        Block out{};
        std::size_t size = 0;
        must(EVP_MAC_init(context_.get(), key.data(), key.size(), nullptr) == 1);
        for (const Bytes part : message) {
            must(EVP_MAC_update(context_.get(), part.data(), part.size()) == 1);
        }
        must(EVP_MAC_final(context_.get(), out.data(), &size, out.size()) == 1);
        must(size == out.size());
        return out;
    }

private:
    std::unique_ptr<EVP_MAC, Free> mac_;
    std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

}  // namespace

struct Aes::Contexts {
    Cipher cbc{"AES-128-CBC"};
    Cipher ctr{"AES-128-CTR"};
    Cmac cmac;
};

Aes::Aes() : contexts_(std::make_unique<Contexts>()) {}
Aes::~Aes() = default;

void Aes::cbc_decrypt(const Key& key, const Block& iv, std::span<std::uint8_t> data) {
    if (!data.empty()) contexts_->cbc.run(key, iv, data);
}

void Aes::ctr_decrypt(const Key& key, const Block& counter, std::span<std::uint8_t> data) {
    if (!data.empty()) contexts_->ctr.run(key, counter, data);
}

Block Aes::cmac(const Key& key, std::initializer_list<Bytes> message) {
    return contexts_->cmac.run(key, message);
}

Key derive_key(Aes& aes, const Key& key, KeyUse use, Bytes counter, Bytes meter) {
    static constexpr std::uint8_t padding[7] = {7, 7, 7, 7, 7, 7, 7};
    const std::uint8_t first[1] = {static_cast<std::uint8_t>(use)};
    return aes.cmac(key, {first, counter, meter, padding});
}

}  // namespace anju::drivers::wmbus
