#include "http/digest.hpp"

#include <openssl/evp.h>

#include "core/check.hpp"

namespace anju::http {

std::string sha256(std::string_view bytes) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha256(), nullptr);
    ANJU_CHECK(done == 1, "SHA-256 is always there");
    return {reinterpret_cast<const char*>(out), size};
}

}  // namespace anju::http
