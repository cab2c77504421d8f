#include "http/tls.hpp"

#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>

namespace anju::http {

namespace ssl = boost::asio::ssl;

result<std::shared_ptr<ssl::context>> server_tls(const Certificate& certificate) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const raw = context->native_handle();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(
        raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
    boost::system::error_code error;
    context->use_certificate_chain_file(certificate.cert_file.string(), error);
    if (error) {
        return Error{"cannot use the certificate: " + error.message(),
                     certificate.cert_file.string(), "a PEM file with the whole chain, ours first"};
    }
    context->use_private_key_file(certificate.key_file.string(), ssl::context::pem, error);
    if (error) {
        return Error{"cannot use the key: " + error.message(), certificate.key_file.string(),
                     "the PEM file of the key that the certificate was made with"};
    }
    return result<std::shared_ptr<ssl::context>>{boost::system::in_place_value, std::move(context)};
}

}  // namespace anju::http
