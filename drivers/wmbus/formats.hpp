// The layouts of compact frames. A meter that sends them (EN 13757-3, CI 79h) leaves out the record
// headers and gives a signature of them instead; the headers came in an earlier full frame, which
// this memory keeps. What belongs to a meter's type belongs to all meters of that type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anju::drivers::wmbus {

/// DIF/DIFE/VIF/VIFE bytes of all records of a frame, in their order.
using Layout = std::vector<std::uint8_t>;

class Formats {
public:
    explicit Formats(std::size_t limit) : limit_(limit) {}

    /// By the signature (CRC of the headers, EN 13757-3 annex F). nullptr: never heard. Valid until
    /// the next learn().
    [[nodiscard]] const Layout* find(std::uint16_t signature) const;
    /// Does nothing when it is known, longer than 255 bytes, or the memory is full.
    void learn(std::uint16_t signature, const Layout& layout);

    [[nodiscard]] std::string to_text() const;
    /// False, and nothing changed, when anything in `text` is not as to_text() writes it.
    [[nodiscard]] bool from_text(std::string_view text);
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

private:
    std::size_t limit_;
    std::map<std::uint16_t, Layout> layouts_;
    std::uint64_t revision_ = 0;
};

}  // namespace anju::drivers::wmbus
