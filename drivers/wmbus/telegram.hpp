// A wireless M-Bus telegram after its link, extended link, fragmentation and transport layers have
// been taken off and its secret has been opened: EN 13757-4 (link), EN 13757-7 (transport and
// security), OMS Specification Volume 2 issue 4.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "drivers/bytes.hpp"
#include "drivers/driver.hpp"
#include "drivers/settings.hpp"

namespace anju::drivers::wmbus {

/// Who a meter is. Four bytes of number are digits as a rule, but not always (six of the recorded
/// ones are not), so the number is kept as its eight hexadecimal digits.
struct Identity {
    std::array<char, 3> maker{};   ///< FLAG letters, "KAM"
    std::array<char, 8> number{};  ///< as printed on the meter, most significant digit first
    std::uint8_t version{};
    std::uint8_t type{};  ///< device type, EN 13757-7 table 13: 07h water, 1Ah smoke …

    /// "KAM-44556677": the address of the device in the directory. 12 bytes, no allocation.
    [[nodiscard]] std::string address() const;
    friend bool operator==(const Identity&, const Identity&) = default;
};

/// How the bytes were protected, and what became of it.
enum class Protection : std::uint8_t {
    none,      ///< sent in the clear
    opened,    ///< decrypted with the device's key, and verified
    stripped,  ///< the header says encrypted, the bytes are clear: a receiver has the key
};

struct Telegram {
    Identity link;          ///< who sent it: the meter, or a radio module beside it
    Identity meter;         ///< whom it is about: of the long transport header where there is one
    std::uint8_t ci{};      ///< CI field of the transport or application layer
    std::uint8_t access{};  ///< access number; 0 where there is none
    std::uint8_t status{};  ///< status byte of the transport layer (EN 13757-7, 7.5.6); 0 without
    bool wired = false;     ///< a long frame of wired M-Bus (EN 13757-2)
    Protection protection = Protection::none;
    /// What follows the transport header, in the clear, with any 2Fh fillers left in. Of a frame
    /// without a transport layer (CI 78h, 79h, A0h–B7h) what follows the CI field. Views either
    /// the bytes that were parsed or the scratch that was handed in.
    Bytes body;
};

class Aes;

/// Memory for one telegram's parsing; kept by the caller, so that nothing is allocated.
struct Scratch {
    std::vector<std::uint8_t> frame;  ///< without the CRCs of the link layer
    std::vector<std::uint8_t> body;   ///< decrypted
    std::vector<std::uint8_t> text;   ///< what hexadecimal digits stood for
    std::shared_ptr<Aes> aes = {};    ///< made when it is first needed
};

/// Finds the device's key; called at most twice, with the meter's identity and the sender's.
struct KeySource {
    const Settings& settings;
    [[nodiscard]] const Key* find(const Identity& identity) const;
};

/// Frame format A or B with their CRCs, the bare format without (as receivers hand it on), or a
/// wired long frame: told apart by their checksums. Errors, all with the byte:
/// "too_short" "length_wrong" "crc" "checksum" "control_unsupported" (not a meter's message)
/// "ci_unsupported" "fragment_unsupported" "security_unsupported" "key_missing" "key_wrong"
/// "mac_wrong". A wrong key is known by the 2F 2F that must come first,
/// by the CMAC, or by the CRC of the extended link layer; never is such a body handed on.
[[nodiscard]] boost::system::result<Telegram, DecodeError> parse_telegram(Bytes bytes,
                                                                          const KeySource& keys,
                                                                          Scratch& scratch);

}  // namespace anju::drivers::wmbus
