// Owners for what OpenSSL hands out, and the little that both halves of certificates.hpp need.
// Private to this module.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "provision/certificates.hpp"

namespace anju::provision {

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, Freer<X509_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, Freer<X509_REQ_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free>>;

/// What OpenSSL last complained of, and an empty queue afterwards.
[[nodiscard]] Error openssl_error(std::string what);

[[nodiscard]] KeyPtr parse_key(std::string_view pem);
[[nodiscard]] RequestPtr parse_request(std::string_view pem);
/// At most 16 certificates; empty: the text holds none.
[[nodiscard]] std::vector<CertPtr> parse_certificates(std::string_view pem);

}  // namespace anju::provision
