// Link layers: EN 13757-2 (wired), EN 13757-4 (radio, extended link layer), EN 13757-7
// (authentication and fragmentation). What lies above them is opened in opening_body.cpp.
#include "drivers/wmbus/opening.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "drivers/wmbus/crc.hpp"
#include "drivers/wmbus/opening_steps.hpp"

namespace anju::drivers::wmbus {
namespace {

/// C field of frames in which a meter tells something: SND-NR, SND-IR, ACC-NR, ACC-DMD, RSP-UD.
bool is_from_meter(std::uint8_t control) {
    return control == 0x44 || control == 0x46 || control == 0x47 || control == 0x48 ||
           (control & 0xCFU) == 0x08;
}

/// The CRC before the payload of an extended link layer, least significant byte first.
bool payload_crc_fits(Bytes secured) {
    if (secured.size() < 3) return false;
    return crc16(secured.subspan(2)) == (secured[0] | secured[1] << 8);
}

}  // namespace

OpenResult Opening::run() {
    Failure failure = frame_.form == FrameForm::wired ? wired_link() : radio_link();
    if (!failure) failure = layers();
    if (failure) return std::move(*failure);
    return out_;
}

Failure Opening::radio_link() {
    if (rest_.size() < 11) return cut_off("the link layer");
    std::copy_n(rest_.begin() + 2, 8, link_.begin());
    meter_ = link_;
    out_.telegram.link = out_.telegram.meter = identity_of(link_);
    const std::uint8_t control = rest_[1];
    if (!is_from_meter(control)) {
        rest_ = rest_.subspan(1);
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

OpenResult open_layers(const Frame& frame, const KeySource& keys, Scratch& scratch) {
    return Opening(frame, keys, scratch).run();
}

}  // namespace anju::drivers::wmbus
