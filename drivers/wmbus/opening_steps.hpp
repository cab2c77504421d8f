// The steps of open_layers(): what has been understood of one frame so far, and the rest of it.
// Nobody but opening*.cpp needs this.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "drivers/wmbus/opening.hpp"
#include "drivers/wmbus/security.hpp"
#include "drivers/wmbus/structure.hpp"
#include "drivers/wmbus/transport.hpp"

namespace anju::drivers::wmbus {

/// Why a step could not be done; nothing when it was.
using Failure = std::optional<DecodeError>;

/// For one frame and one run().
class Opening {
public:
    Opening(const Frame& frame, const KeySource& keys, Scratch& scratch)
        : frame_(frame), keys_(keys), scratch_(scratch), rest_(frame.bytes) {}

    OpenResult run();

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

}  // namespace anju::drivers::wmbus
