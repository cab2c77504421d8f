// Names of Sparkplug B metrics by alias: BIRTH certificates give both, DATA messages the alias only
// (Sparkplug 3.0, 6.4.5 and 6.4.6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace anju::drivers::sparkplug {

class Aliases {
public:
    explicit Aliases(std::size_t limit) : limit_(limit) {}

    /// `node` is "group/edge_node". nullptr: no BIRTH named it. Valid until the next change.
    [[nodiscard]] const std::string* find(std::string_view node, std::uint64_t alias) const;
    /// False when the memory is full.
    bool learn(std::string_view node, std::uint64_t alias, std::string_view name);
    /// A new BIRTH of the node makes its old aliases void.
    void forget(std::string_view node);

    [[nodiscard]] std::string to_text() const;
    /// False, and nothing changed, when anything in `text` is not as to_text() writes it.
    [[nodiscard]] bool from_text(std::string_view text);
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

private:
    std::size_t limit_;
    std::size_t size_ = 0;
    std::map<std::string, std::map<std::uint64_t, std::string>, std::less<>> nodes_;
    std::uint64_t revision_ = 0;
};

}  // namespace anju::drivers::sparkplug
