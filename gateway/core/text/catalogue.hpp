// Every sentence the core can say, in one table, in Chinese and English. `{name}` marks a place
// that is filled from the evidence; which names there are stands beside `Facts`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/model/alert.hpp"
#include "core/model/household.hpp"

namespace anju::text {

struct Wording {
    std::string_view zh;
    std::string_view en;
};

/// What fills the places: {device} {time} {since} {until} {span} {measured} {limit} {rarity}
/// {rule} {quiet} {count}.
struct Fact {
    std::string_view name;
    std::string value;
    std::string value_zh = {};  ///< in a Chinese sentence, where that differs
};
using Facts = std::span<const Fact>;

/// The pattern with its places filled. Every place must have a fact (broken contract: assertion).
[[nodiscard]] std::string fill(std::string_view pattern, Facts facts);

/// Why an alert of this kind was raised under this rule.
[[nodiscard]] Wording reason(AlertKind kind, std::string_view rule);

/// 待签收 / waiting for somebody.
[[nodiscard]] Wording state_name(AlertState state);

/// 水表 / water meter.
[[nodiscard]] Wording kind_name(SensorKind kind);

/// Appended where other sensors matter: their last words, and who is missing.
inline constexpr Wording last_heard{"{device}最近消息 {time}", "{device} last heard {time}"};
inline constexpr Wording heard_list{"其他：{list}。", " Others: {list}."};
inline constexpr Wording missing_list{"数据缺失：{list}。", " Data missing: {list}."};
inline constexpr Wording never{"从未收到", "never"};
/// 本人确认: what the box says in the flat. Spoken, so short and without a name.
inline constexpr Wording self_check{
    "您好，我是安居。您还好吗？请开一下水龙头，或者走动一下，也可以连按两下呼叫器。",
    "Hello, this is Anju. Are you all right? Please turn on a tap, or walk around a little, or "
    "press the call button twice."};
inline constexpr Wording separator{"、", ", "};

}  // namespace anju::text
