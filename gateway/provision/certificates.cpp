#include "provision/certificates.hpp"

#include <arpa/inet.h>
#include <openssl/rand.h>

#include <array>

#include "provision/openssl.hpp"

namespace anju::provision {
namespace {

std::string taken(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

result<std::string> text_of(const X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1) {
        return openssl_error("cannot write a certificate");
    }
    return result<std::string>{boost::system::in_place_value, taken(bio.get())};
}

bool set_name(X509_NAME* name, std::string_view common) {
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(common.data()),
                                      static_cast<int>(common.size()), -1, 0) == 1;
}

bool extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>> made(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return made && X509_add_ext(certificate, made.get(), -1) == 1;
}

/// 127 random bits: unique without a register, and nothing about the box in it.
bool set_serial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3fU) | 0x40U);  // positive, never short
    const std::unique_ptr<BIGNUM, Freer<BN_free>> number(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

/// Years beyond 2049 need the other form of time; ASN1_TIME_set chooses.
bool set_validity(X509* certificate, Validity validity) {
    const auto seconds = [](Time time) { return time.time_since_epoch().count(); };
    return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(validity.from)) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(validity.until)) != nullptr;
}

/// Version, serial number, dates, names and the key; extensions and signature are still missing.
CertPtr begun(EVP_PKEY* key, std::string_view subject, const X509_NAME* issuer, Validity validity) {
    CertPtr out(X509_new());
    if (!out || X509_set_version(out.get(), X509_VERSION_3) != 1 || !set_serial(out.get()) ||
        !set_validity(out.get(), validity) || X509_set_pubkey(out.get(), key) != 1 ||
        !set_name(X509_get_subject_name(out.get()), subject)) {
        return nullptr;
    }
    const X509_NAME* const by = issuer != nullptr ? issuer : X509_get_subject_name(out.get());
    if (X509_set_issuer_name(out.get(), by) != 1) return nullptr;
    return out;
}

std::string alternative_names(const ServerNames& names) {
    std::string out;
    for (const std::string& name : names.dns) out += (out.empty() ? "DNS:" : ",DNS:") + name;
    for (const std::string& address : names.addresses) {
        out += (out.empty() ? "IP:" : ",IP:") + address;
    }
    return out;
}

std::string limits(std::string_view host) {
    std::string out = "permitted;DNS:local,permitted;DNS:home.arpa,permitted;DNS:localhost";
    if (!host.empty()) out += ",permitted;DNS:" + std::string(host);
    for (const char* const net :
         {"10.0.0.0/255.0.0.0", "172.16.0.0/255.240.0.0", "192.168.0.0/255.255.0.0",
          "169.254.0.0/255.255.0.0", "127.0.0.0/255.0.0.0",
          "fc00::/fe00::", "fe80::/ffc0::", "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}) {
        out += std::string(",permitted;IP:") + net;
    }
    return out;
}

struct Issuer {
    CertPtr certificate;
    KeyPtr key;
};

result<Issuer> open_authority(const Authority& authority) {
    auto certificates = parse_certificates(authority.certificate);
    KeyPtr key = parse_key(authority.key);
    if (certificates.size() != 1) return Error{"the authority is not one certificate", "", ""};
    if (!key || X509_check_private_key(certificates.front().get(), key.get()) != 1) {
        return openssl_error("the authority's key does not belong to its certificate");
    }
    return Issuer{std::move(certificates.front()), std::move(key)};
}

/// Signs and checks the result against its own issuer: what a client would refuse is not handed
/// out.
result<std::string> finished(X509* certificate, const Issuer& by, const Authority& authority,
                             Purpose purpose, Time at) {
    if (X509_sign(certificate, by.key.get(), EVP_sha256()) == 0) {
        return openssl_error("cannot sign a certificate");
    }
    auto text = text_of(certificate);
    if (!text) return text;
    if (const auto good = verify(*text, authority.certificate, purpose, "", at); !good) {
        return Error{"the authority may not issue this: " + good.error().what, good.error().where,
                     "name only hosts of the home, or make a new authority"};
    }
    return text;
}

}  // namespace

result<std::string> make_key() {
    const KeyPtr key(EVP_EC_gen("P-256"));
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!key || !bio ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1) {
        return openssl_error("cannot make a key");
    }
    return result<std::string>{boost::system::in_place_value, taken(bio.get())};
}

result<std::string> make_authority(std::string_view key_pem, std::string_view name,
                                   std::string_view host, Validity validity) {
    const KeyPtr key = parse_key(key_pem);
    if (!key) return openssl_error("cannot read the authority's key");
    const CertPtr out = begun(key.get(), name, nullptr, validity);
    if (!out ||
        !extend(out.get(), out.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
        !extend(out.get(), out.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
        !extend(out.get(), out.get(), NID_subject_key_identifier, "hash") ||
        !extend(out.get(), out.get(), NID_name_constraints, limits(host)) ||
        X509_sign(out.get(), key.get(), EVP_sha256()) == 0) {
        return openssl_error("cannot make the authority's certificate");
    }
    return text_of(out.get());
}

result<std::string> issue_server(const Authority& authority, std::string_view key_pem,
                                 const ServerNames& names, Validity validity) {
    const auto by = open_authority(authority);
    if (!by) return by.error();
    const KeyPtr key = parse_key(key_pem);
    if (!key) return openssl_error("cannot read the server's key");
    const std::string all = alternative_names(names);
    if (all.empty()) return Error{"a server's certificate needs a name", "", ""};
    X509* const issuer = by->certificate.get();
    const std::string& subject = names.dns.empty() ? names.addresses.front() : names.dns.front();
    const CertPtr out = begun(key.get(), subject, X509_get_subject_name(issuer), validity);
    if (!out || !extend(out.get(), issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !extend(out.get(), issuer, NID_key_usage, "critical,digitalSignature") ||
        !extend(out.get(), issuer, NID_ext_key_usage, "serverAuth") ||
        !extend(out.get(), issuer, NID_subject_key_identifier, "hash") ||
        !extend(out.get(), issuer, NID_authority_key_identifier, "keyid") ||
        !extend(out.get(), issuer, NID_subject_alt_name, all)) {
        return openssl_error("cannot make the server's certificate for " + all);
    }
    return finished(out.get(), *by, authority, Purpose::server, validity.from);
}

result<std::string> issue_client(const Authority& authority, std::string_view request_pem,
                                 Validity validity) {
    const auto by = open_authority(authority);
    if (!by) return by.error();
    const RequestPtr request = parse_request(request_pem);
    if (!request) return openssl_error("cannot read the request");
    EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || X509_REQ_verify(request.get(), key) != 1) {
        return openssl_error("the request is not signed with its own key");
    }
    std::array<char, 256> common{};
    if (X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName,
                                  common.data(), static_cast<int>(common.size())) <= 0) {
        return Error{"the request has no common name", "", ""};
    }
    X509* const issuer = by->certificate.get();
    const CertPtr out = begun(key, common.data(), X509_get_subject_name(issuer), validity);
    if (!out || !extend(out.get(), issuer, NID_basic_constraints, "critical,CA:FALSE") ||
        !extend(out.get(), issuer, NID_key_usage, "critical,digitalSignature") ||
        !extend(out.get(), issuer, NID_ext_key_usage, "clientAuth") ||
        !extend(out.get(), issuer, NID_subject_key_identifier, "hash") ||
        !extend(out.get(), issuer, NID_authority_key_identifier, "keyid")) {
        return openssl_error("cannot make the client's certificate");
    }
    return finished(out.get(), *by, authority, Purpose::client, validity.from);
}

result<std::string> make_placeholder(std::string_view key_pem, std::string_view name,
                                     Validity validity) {
    const KeyPtr key = parse_key(key_pem);
    if (!key) return openssl_error("cannot read the key");
    const CertPtr out = begun(key.get(), name, nullptr, validity);
    if (!out || !extend(out.get(), out.get(), NID_basic_constraints, "critical,CA:FALSE") ||
        X509_sign(out.get(), key.get(), EVP_sha256()) == 0) {
        return openssl_error("cannot make a certificate");
    }
    return text_of(out.get());
}

result<std::string> make_request(std::string_view key_pem, std::string_view name) {
    const KeyPtr key = parse_key(key_pem);
    if (!key) return openssl_error("cannot read the key");
    const RequestPtr out(X509_REQ_new());
    const BioPtr bio(BIO_new(BIO_s_mem()));
    if (!out || !bio || X509_REQ_set_version(out.get(), 0) != 1 ||
        !set_name(X509_REQ_get_subject_name(out.get()), name) ||
        X509_REQ_set_pubkey(out.get(), key.get()) != 1 ||
        X509_REQ_sign(out.get(), key.get(), EVP_sha256()) == 0 ||
        PEM_write_bio_X509_REQ(bio.get(), out.get()) != 1) {
        return openssl_error("cannot make the request");
    }
    return result<std::string>{boost::system::in_place_value, taken(bio.get())};
}

}  // namespace anju::provision
