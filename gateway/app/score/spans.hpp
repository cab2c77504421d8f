// Sets of times: spans in ascending order that do not touch.
#pragma once

#include <vector>

#include "core/model/instant.hpp"

namespace anju::score {

struct Span {
    Instant from{};
    Instant to{};  ///< not part of it

    friend bool operator==(const Span&, const Span&) = default;
};

using Spans = std::vector<Span>;

[[nodiscard]] Duration length(const Spans& spans);
[[nodiscard]] bool contains(const Spans& spans, Instant at);
/// `spans` without `holes`, which are in ascending order of their starts and may overlap.
[[nodiscard]] Spans without(const Spans& spans, const Spans& holes);
/// What lies at or after `from`.
[[nodiscard]] Spans since(const Spans& spans, Instant from);
/// Every span ends so much earlier; those that are not longer are gone.
[[nodiscard]] Spans shortened(const Spans& spans, Duration by);

}  // namespace anju::score
