#include "drivers/wmbus/opening.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/security.hpp"
#include "drivers/wmbus/structure.hpp"
#include "drivers/wmbus/transport.hpp"

namespace anju::drivers::wmbus {
namespace {

using Failure = std::optional<DecodeError>;

/// C field of frames in which a meter tells something: SND-NR, SND-IR, ACC-NR, ACC-DMD, RSP-UD.
bool is_from_meter(std::uint8_t control) {
    return control == 0x44 || control == 0x46 || control == 0x47 || control == 0x48 ||
           (control & 0xCFU) == 0x08;
}

/// Fillers that an encrypted body begins with, to be known by after decryption.
bool begins_with_fillers(Bytes body) {
    return body.size() >= 2 && body[0] == 0x2F && body[1] == 0x2F;
}

/// The CRC before the payload of an extended link layer, least significant byte first.
bool payload_crc_fits(Bytes secured) {
    if (secured.size() < 3) return false;
    return crc16(secured.subspan(2)) == (secured[0] | secured[1] << 8);
}

class Opening {
public:
    Opening(const Frame& frame, const KeySource& keys, Scratch& scratch)
        : frame_(frame), keys_(keys), scratch_(scratch), rest_(frame.bytes) {}

    OpenResult run() {
        Failure failure = frame_.form == FrameForm::wired ? wired_link() : radio_link();
        if (!failure) failure = layers();
        if (failure) return std::move(*failure);
        return out_;
    }

private:
    Failure radio_link();
    Failure wired_link();
    Failure layers();
    Failure extended_link();
    Failure open_payload(const ExtendedLink& header);
    Failure authentication();
    Failure transport(Layer layer);
    Failure clear_body();
    Failure encrypted_body(const TransportHeader& header);
    Failure no_blocks_encrypted();
    bool is_clear(const Key& key, const TransportHeader& header);
    bool mac_fits(const Key& key);
    Key body_key(const Key& key, const TransportHeader& header);
    Block body_iv(const TransportHeader& header) const;
    bool reads_as_records() const {
        return holds_records(out_.telegram.ci) && ends_with_a_record(rest_);
    }
    Bytes meter_number() const { return Bytes(meter_).subspan(2, 4); }

    const Key* find_key() const;
    std::span<std::uint8_t> writable();
    Aes& aes();
    DecodeError error(std::string code, std::string text) const;
    DecodeError cut_off(std::string_view what) const;
    DecodeError key_missing(std::string_view how) const;
    DecodeError key_wrong() const;

    Frame frame_;
    const KeySource& keys_;
    Scratch& scratch_;
    Opened out_;
    AddressBytes link_{};
    AddressBytes meter_{};
    Bytes rest_;  // not yet understood
    std::optional<Authentication> authentication_;
    Bytes authenticated_;  // what the MAC covers of the layers below it
    bool identified_ = false;
};

Failure Opening::radio_link() {
    if (rest_.size() < 11) return cut_off("the link layer");
    std::copy_n(rest_.begin() + 2, 8, link_.begin());
    meter_ = link_;
    out_.telegram.link = out_.telegram.meter = identity_of(link_);
    const std::uint8_t control = rest_[1];
    if (!is_from_meter(control)) {
        return error("control_unsupported",
                     "This frame's control field says that it is not a meter's message.");
    }
    identified_ = true;
    rest_ = rest_.subspan(10);
    return std::nullopt;
}

Failure Opening::wired_link() {
    out_.telegram.wired = true;
    if (!is_from_meter(rest_[0])) {
        return error("control_unsupported",
                     "This wired frame's control field says that it is not a meter's answer.");
    }
    rest_ = rest_.subspan(2);
    if (layer_of(rest_[0]) != Layer::long_header) {
        return error("ci_unsupported",
                     "A wired frame must have the long header (CI 72h): without it nobody knows "
                     "which meter it is of.");
    }
    return std::nullopt;
}

Failure Opening::layers() {
    for (bool link = true;;) {  // an extended link layer at most once, before the others
        if (rest_.empty()) return cut_off("the CI field");
        const Layer layer = layer_of(rest_[0]);
        out_.telegram.ci = rest_[0];
        Failure failure;
        if (layer == Layer::extended_link && link) {
            link = false;
            failure = extended_link();
        } else if (layer == Layer::authentication && !authentication_) {
            link = false;
            failure = authentication();
        } else if (layer == Layer::short_header || layer == Layer::long_header) {
            return transport(layer);
        } else if (layer == Layer::bare) {
            rest_ = rest_.subspan(1);
            return clear_body();
        } else {
            return error("ci_unsupported", "CI field " + to_hex(rest_.first(1)) +
                                               "h: " + std::string(name_of(rest_[0])) +
                                               ", which carries no readings for Anju.");
        }
        if (failure) return failure;
    }
}

Failure Opening::extended_link() {
    const auto header = read_extended_link(rest_);
    if (!header) return cut_off("the extended link layer");
    out_.telegram.access = header->access;
    rest_ = rest_.subspan(header->size);
    if (header->session.empty()) return std::nullopt;

    const unsigned encryption = header->encryption();
    const bool clear =
        payload_crc_fits(rest_) && (encryption == 0 || layer_of(rest_[2]) != Layer::unsupported);
    if (!clear && encryption == 0) {
        return error("crc", "The CRC of the payload does not fit: the telegram was damaged.");
    }
    if (!clear) {
        if (Failure failure = open_payload(*header)) return failure;
        out_.telegram.protection = Protection::opened;
    } else if (encryption != 0) {
        out_.telegram.protection = Protection::stripped;
    }
    out_.verified = true;
    rest_ = rest_.subspan(2);
    return std::nullopt;
}

Failure Opening::open_payload(const ExtendedLink& header) {
    if (header.encryption() != 1) {
        return error("security_unsupported", "Extended link layer encryption " +
                                                 std::to_string(header.encryption()) +
                                                 " is not known; AES-CTR (1) is.");
    }
    const Key* key = find_key();
    if (key == nullptr) return key_missing("AES-CTR of the extended link layer");
    Block counter{};
    std::copy(link_.begin(), link_.end(), counter.begin());
    std::copy(header.session.begin(), header.session.end(), counter.begin() + 9);
    const Bytes sealed = rest_;
    const auto opens_with = [&](unsigned control) {
        counter[8] = static_cast<std::uint8_t>(control);
        rest_ = sealed;
        const auto data = writable();
        aes().ctr_decrypt(*key, counter, data);
        rest_ = data;
        return payload_crc_fits(rest_);
    };
    if (opens_with(header.control)) return std::nullopt;
    // The hop and repetition bits are a repeater's, who changed them after it was encrypted.
    constexpr unsigned repeater_bits = 0x12;
    const unsigned sent = header.control & ~repeater_bits;
    if (sent != header.control && opens_with(sent)) return std::nullopt;
    return key_wrong();
}

Failure Opening::authentication() {
    authentication_ = read_authentication(rest_);
    if (!authentication_) return cut_off("the authentication and fragmentation layer");
    if (authentication_->fragment) {
        return error("fragment_unsupported",
                     "A part of a longer message; only messages in one telegram are read.");
    }
    rest_ = rest_.subspan(authentication_->size);
    const Bytes length = authentication_->length;
    if (!length.empty() && rest_.size() != static_cast<std::size_t>(length[0] | length[1] << 8)) {
        return error("length_wrong", "The message is not as long as its length field says.");
    }
    authenticated_ = rest_;
    return std::nullopt;
}

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

const Key* Opening::find_key() const {
    const Key* key = keys_.find(out_.telegram.meter);
    if (key != nullptr || out_.telegram.link == out_.telegram.meter) return key;
    return keys_.find(out_.telegram.link);
}

/// rest_ where it may be written to: in scratch.body.
std::span<std::uint8_t> Opening::writable() {
    auto& body = scratch_.body;
    const bool inside = !body.empty() && !std::less<>{}(rest_.data(), body.data()) &&
                        !std::less<>{}(body.data() + body.size(), rest_.data() + rest_.size());
    if (!inside) {
        body.assign(rest_.begin(), rest_.end());
        return body;
    }
    return {body.data() + (rest_.data() - body.data()), rest_.size()};
}

Aes& Opening::aes() {
    if (!scratch_.aes) scratch_.aes = std::make_shared<Aes>();
    return *scratch_.aes;
}

DecodeError Opening::error(std::string code, std::string text) const {
    DecodeError out;
    out.code = std::move(code);
    out.at = frame_.offset + frame_.bytes.size() - rest_.size();
    out.text = std::move(text);
    if (identified_) {
        const Identity& meter = out_.telegram.meter;
        out.driver = "wmbus";
        out.address = meter.address();
        out.alias.assign(meter.number.begin(), meter.number.end());
        out.model = model_of(meter);
    }
    return out;
}

DecodeError Opening::cut_off(std::string_view what) const {
    return error("length_wrong", "The telegram ends within " + std::string(what) + ".");
}

DecodeError Opening::key_missing(std::string_view how) const {
    return error("key_missing", "The telegram is encrypted (" + std::string(how) +
                                    "): set the key of " + out_.telegram.meter.address() +
                                    ", 32 hexadecimal digits that the meter's seller gives.");
}

DecodeError Opening::key_wrong() const {
    return error("key_wrong", "The key that is set for " + out_.telegram.meter.address() +
                                  " does not open this telegram: compare it with the seller's.");
}

}  // namespace

OpenResult open_layers(const Frame& frame, const KeySource& keys, Scratch& scratch) {
    return Opening(frame, keys, scratch).run();
}

}  // namespace anju::drivers::wmbus
