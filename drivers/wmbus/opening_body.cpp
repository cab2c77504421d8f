// The transport layer and the security of the body: EN 13757-7, and OMS Volume 2 for modes 5 and 7.
#include <algorithm>
#include <optional>
#include <string>

#include "drivers/wmbus/opening_steps.hpp"

namespace anju::drivers::wmbus {
namespace {

/// Fillers that an encrypted body begins with, to be known by after decryption.
bool begins_with_fillers(Bytes body) {
    return body.size() >= 2 && body[0] == 0x2F && body[1] == 0x2F;
}

}  // namespace

Failure Opening::transport(Layer layer) {
    const auto header = read_transport_header(rest_, layer);
    if (!header) return cut_off("the transport header");
    if (header->meter) {
        meter_ = *header->meter;
        out_.telegram.meter = identity_of(meter_);
        if (out_.telegram.wired) out_.telegram.link = out_.telegram.meter;
        identified_ = true;
    }
    out_.telegram.access = header->access;
    out_.telegram.status = header->status;
    rest_ = rest_.subspan(header->size);
    switch (header->mode) {
        case 0:
            return clear_body();
        case 5:
        case 7:
            return header->blocks == 0 ? no_blocks_encrypted() : encrypted_body(*header);
        default:
            return error("security_unsupported",
                         "Security mode " + std::to_string(header->mode) +
                             " is not supported; 0 (none), 5 and 7 (AES-128) are.");
    }
}

Failure Opening::clear_body() {
    if (authentication_ && !authentication_->mac.empty() && authentication_->counter.size() == 4) {
        if (const Key* key = find_key(); key != nullptr) {
            if (!mac_fits(*key)) {
                return error("mac_wrong", "The MAC does not fit the key that is set for " +
                                              out_.telegram.meter.address() + ": compare it.");
            }
            out_.verified = true;
        }
    }
    out_.telegram.body = rest_;
    out_.clear_tail = out_.verified ? 0 : rest_.size();
    return std::nullopt;
}

/// "No block is encrypted" is what some meters say that encrypt all of them.
Failure Opening::no_blocks_encrypted() {
    if (rest_.empty() || begins_with_fillers(rest_) || reads_as_records()) {
        return clear_body();
    }
    return error("security_unsupported",
                 "The header says encrypted, but with no block of it; and no record is readable.");
}

Failure Opening::encrypted_body(const TransportHeader& header) {
    const std::size_t covered = header.blocks * 16;
    if (covered > rest_.size()) {
        return error("length_wrong", "The header says " + std::to_string(covered) +
                                         " encrypted bytes; " + std::to_string(rest_.size()) +
                                         " follow.");
    }
    out_.clear_tail = rest_.size() - covered;
    const bool fillers = begins_with_fillers(rest_);
    const Key* key = find_key();
    if (key == nullptr) {
        if (!fillers) return key_missing("security mode " + std::to_string(header.mode));
        out_.telegram.protection = Protection::stripped;
        out_.telegram.body = rest_;
        return std::nullopt;
    }
    const bool derives = header.mode == 7 && header.derives_key();
    const bool counter = authentication_ && authentication_->counter.size() == 4;
    const bool mac = counter && !authentication_->mac.empty();
    const bool authentic = mac && mac_fits(*key);
    const bool derivable = header.mode != 7 || !derives || counter;
    if (fillers && !authentic && (mac || !derivable || is_clear(*key, header))) {
        out_.telegram.protection = Protection::stripped;
        out_.telegram.body = rest_;
        return std::nullopt;
    }
    if (mac && !authentic) {
        return error("mac_wrong", "The MAC does not fit: the key that is set for " +
                                      out_.telegram.meter.address() +
                                      " is not this meter's, or the telegram was changed.");
    }
    if (!derivable || (header.mode == 7 && !header.derivation_known())) {
        return error("security_unsupported",
                     "Security mode 7 with a key derivation other than from a message counter.");
    }
    const auto data = writable();
    aes().cbc_decrypt(body_key(*key, header), body_iv(header), data.first(covered));
    if (!begins_with_fillers(data)) return key_wrong();
    out_.telegram.protection = Protection::opened;
    out_.verified = out_.verified || authentic;
    out_.telegram.body = data;
    return std::nullopt;
}

/// Of bytes that begin with 2F 2F: clear, or a cipher text that does so by chance, one in 65536?
bool Opening::is_clear(const Key& key, const TransportHeader& header) {
    Block first{};
    std::copy_n(rest_.begin(), first.size(), first.begin());
    aes().cbc_decrypt(body_key(key, header), body_iv(header), first);
    return !begins_with_fillers(first) || reads_as_records();
}

bool Opening::mac_fits(const Key& key) {
    const Authentication& layer = *authentication_;
    const Key mac_key =
        derive_key(aes(), key, KeyUse::authentication, layer.counter, meter_number());
    // MCL ‖ MCR ‖ ML ‖ message; the key information, where it is there, stands after MCL.
    const auto fits = [&](Bytes key_information) {
        const Block mac = aes().cmac(
            mac_key, {layer.control, key_information, layer.counter, layer.length, authenticated_});
        return std::equal(layer.mac.begin(), layer.mac.end(), mac.begin());
    };
    return fits({}) || (!layer.key.empty() && fits(layer.key));
}

Key Opening::body_key(const Key& key, const TransportHeader& header) {
    if (header.mode != 7 || !header.derives_key()) return key;
    return derive_key(aes(), key, KeyUse::encryption, authentication_->counter, meter_number());
}

/// Mode 5: the meter's address and eight times the access number. Mode 7: zero.
Block Opening::body_iv(const TransportHeader& header) const {
    Block iv{};
    if (header.mode == 5) {
        std::copy(meter_.begin(), meter_.end(), iv.begin());
        std::fill(iv.begin() + 8, iv.end(), header.access);
    }
    return iv;
}

}  // namespace anju::drivers::wmbus
