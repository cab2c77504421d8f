// What a certificate says, and whether to believe it.
#include <arpa/inet.h>

#include <array>
#include <ctime>

#include "provision/openssl.hpp"

namespace anju::provision {
namespace {

constexpr std::size_t longest_chain = 16;

BioPtr reading(std::string_view text) {
    return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Never asks at the terminal for the password of an encrypted key.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) {
    return 0;
}

std::string common_name(const X509_NAME* name) {
    std::array<char, 256> text{};
    const int size =
        X509_NAME_get_text_by_NID(name, NID_commonName, text.data(), static_cast<int>(text.size()));
    return size <= 0 ? std::string{} : std::string(text.data(), static_cast<std::size_t>(size));
}

Time time_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return Time{std::chrono::seconds{::timegm(&parts)}};
}

ServerNames names_of(const X509* certificate) {
    ServerNames out;
    const std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>> all(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(all.get(), i);
        const ASN1_STRING* const value = name->d.ia5;
        const unsigned char* const data = ASN1_STRING_get0_data(value);
        const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
        if (name->type == GEN_DNS) {
            out.dns.emplace_back(reinterpret_cast<const char*>(data), size);
        } else if (name->type == GEN_IPADD) {
            std::array<char, INET6_ADDRSTRLEN> text{};
            const int family = size == 4 ? AF_INET : AF_INET6;
            if (inet_ntop(family, data, text.data(), text.size()) != nullptr) {
                out.addresses.emplace_back(text.data());
            }
        }
    }
    return out;
}

bool is_address(const std::string& host) {
    in6_addr ignored{};
    return inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
           inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

bool expect(X509_VERIFY_PARAM* wanted, const std::string& host) {
    if (host.empty()) return true;
    if (is_address(host)) return X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size()) == 1;
}

}  // namespace

Error openssl_error(std::string what) {
    std::array<char, 256> text{};
    if (const unsigned long code = ERR_peek_last_error(); code != 0) {
        ERR_error_string_n(code, text.data(), text.size());
        what += std::string(": ") + text.data();
    }
    ERR_clear_error();
    return Error{std::move(what), "", ""};
}

KeyPtr parse_key(std::string_view pem) {
    const BioPtr bio = reading(pem);
    return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, &no_password, nullptr));
}

RequestPtr parse_request(std::string_view pem) {
    const BioPtr bio = reading(pem);
    return RequestPtr(PEM_read_bio_X509_REQ(bio.get(), nullptr, &no_password, nullptr));
}

std::vector<CertPtr> parse_certificates(std::string_view pem) {
    const BioPtr bio = reading(pem);
    std::vector<CertPtr> out;
    while (out.size() < longest_chain) {
        CertPtr one(PEM_read_bio_X509(bio.get(), nullptr, &no_password, nullptr));
        if (!one) break;
        out.push_back(std::move(one));
    }
    ERR_clear_error();  // the end of the text is one
    return out;
}

result<Facts> look_at(std::string_view pem) {
    const auto all = parse_certificates(pem);
    if (all.empty()) return Error{"holds no certificate", "", "give a PEM file"};
    const X509* const first = all.front().get();
    Facts out;
    out.subject = common_name(X509_get_subject_name(first));
    out.issuer = common_name(X509_get_issuer_name(first));
    out.validity = {time_of(X509_get0_notBefore(first)), time_of(X509_get0_notAfter(first))};
    out.names = names_of(first);
    out.self_issued = X509_NAME_cmp(X509_get_subject_name(first), X509_get_issuer_name(first)) == 0;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (X509_digest(first, EVP_sha256(), digest.data(), &size) != 1) {
        return openssl_error("cannot take the fingerprint");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    for (unsigned i = 0; i < size; ++i) {
        out.fingerprint += digits[digest[i] >> 4U];
        out.fingerprint += digits[digest[i] & 15U];
    }
    return out;
}

bool belongs_to(std::string_view pem, std::string_view key_pem) {
    const auto all = parse_certificates(pem);
    const KeyPtr key = parse_key(key_pem);
    const bool same =
        !all.empty() && key && X509_check_private_key(all.front().get(), key.get()) == 1;
    ERR_clear_error();
    return same;
}

bool signed_by(std::string_view pem, std::string_view authority) {
    const auto all = parse_certificates(pem);
    const auto by = parse_certificates(authority);
    if (all.empty() || by.empty()) return false;
    EVP_PKEY* const key = X509_get0_pubkey(by.front().get());
    const bool good = key != nullptr && X509_verify(all.front().get(), key) == 1;
    ERR_clear_error();
    return good;
}

result<void> verify(std::string_view chain, std::string_view authorities, Purpose purpose,
                    std::string_view host, Time at) {
    const auto certificates = parse_certificates(chain);
    const auto roots = parse_certificates(authorities);
    if (certificates.empty()) return Error{"holds no certificate", "", "give a PEM file"};
    if (roots.empty()) return Error{"no authority to verify against", "", "give its certificate"};
    const std::unique_ptr<X509_STORE, Freer<X509_STORE_free>> store(X509_STORE_new());
    for (const CertPtr& root : roots) X509_STORE_add_cert(store.get(), root.get());
    const std::unique_ptr<STACK_OF(X509), Freer<[](STACK_OF(X509) * stack) {
                              sk_X509_free(stack);  // what is in it has other owners
                          }>>
        others(sk_X509_new_null());
    for (std::size_t i = 1; i < certificates.size(); ++i) {
        sk_X509_push(others.get(), certificates[i].get());
    }
    const std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store.get(), certificates.front().get(),
                                        others.get()) != 1) {
        return openssl_error("cannot verify a certificate");
    }
    X509_VERIFY_PARAM* const wanted = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(wanted, at.time_since_epoch().count());
    X509_VERIFY_PARAM_set_purpose(
        wanted, purpose == Purpose::server ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
    if (!expect(wanted, std::string(host))) return openssl_error("cannot verify a host's name");
    const int good = X509_verify_cert(context.get());
    const int code = X509_STORE_CTX_get_error(context.get());
    const X509* const which = X509_STORE_CTX_get_current_cert(context.get());
    ERR_clear_error();
    if (good == 1) return {};
    const std::string name = which == nullptr ? "" : common_name(X509_get_subject_name(which));
    return Error{X509_verify_cert_error_string(code), name, ""};
}

}  // namespace anju::provision
