// What Sparkplug B BIRTH certificates have said: names and data types of metrics by alias, where
// DATA messages give the alias only; data types of metrics that go by name; which devices a node
// speaks for; and the number of the node's session (Sparkplug 3.0, 6.4.6 "Metric", 6.4.17 "NBIRTH",
// 6.4.21 "NDEATH").
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace anju::drivers::sparkplug {

struct MetricInfo {
    std::string name;
    std::uint8_t datatype = 0;  ///< as in sparkplug_b.proto; 0: not said

    friend bool operator==(const MetricInfo&, const MetricInfo&) = default;
};

/// Bounded: nodes, devices and metrics together are at most the limit, names at most 256 bytes.
class Aliases {
public:
    explicit Aliases(std::size_t limit) : limit_(limit) {}

    /// `node` is "group/edge_node" throughout. nullptr: no BIRTH named it. Valid until the next
    /// change.
    [[nodiscard]] const MetricInfo* find(std::string_view node, std::uint64_t alias) const;
    /// Of a metric that goes by name, `device` empty for one of the node itself; 0: not known.
    [[nodiscard]] std::uint8_t find_type(std::string_view node, std::string_view device,
                                         std::string_view name) const;
    /// Those that were born since the node was.
    [[nodiscard]] const std::set<std::string, std::less<>>* devices(std::string_view node) const;
    /// bdSeq of the node's NBIRTH; nullopt: it said none, or there was none.
    [[nodiscard]] std::optional<std::uint64_t> session(std::string_view node) const;

    /// A new NBIRTH makes void what was said before. False when the memory is full.
    bool begin(std::string_view node, std::optional<std::uint64_t> session);
    /// The others likewise: false when it cannot be remembered.
    bool learn(std::string_view node, std::uint64_t alias, std::string_view name,
               std::uint8_t datatype);
    bool learn_type(std::string_view node, std::string_view device, std::string_view name,
                    std::uint8_t datatype);
    bool learn_device(std::string_view node, std::string_view device);

    [[nodiscard]] std::string to_text() const;
    /// False, and nothing changed, when anything in `text` is not as to_text() writes it.
    [[nodiscard]] bool from_text(std::string_view text);
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

private:
    struct Node {
        std::optional<std::uint64_t> session;
        std::set<std::string, std::less<>> devices;
        std::map<std::uint64_t, MetricInfo> aliases;
        std::map<std::string, std::uint8_t, std::less<>> types;  // by "device/name"

        [[nodiscard]] std::size_t size() const {
            return 1 + devices.size() + aliases.size() + types.size();
        }
    };

    [[nodiscard]] const Node* find_node(std::string_view node) const;
    /// nullptr when the memory is full.
    [[nodiscard]] Node* make_node(std::string_view node);
    [[nodiscard]] bool take_room();

    std::size_t limit_;
    std::size_t size_ = 0;
    std::map<std::string, Node, std::less<>> nodes_;
    std::uint64_t revision_ = 0;
};

}  // namespace anju::drivers::sparkplug
