#include "app/score/spans.hpp"

#include <algorithm>

namespace anju::score {

Duration length(const Spans& spans) {
    Duration sum{};
    for (const Span& span : spans) sum += span.to - span.from;
    return sum;
}

bool contains(const Spans& spans, Instant at) {
    return std::ranges::any_of(spans,
                               [&](const Span& span) { return at >= span.from && at < span.to; });
}

Spans without(const Spans& spans, const Spans& holes) {
    Spans rest;
    for (const Span& span : spans) {
        Instant from = span.from;
        for (const Span& hole : holes) {
            if (hole.to <= from || hole.from >= span.to) continue;
            if (hole.from > from) rest.push_back({from, hole.from});
            from = hole.to;
        }
        if (from < span.to) rest.push_back({from, span.to});
    }
    return rest;
}

Spans since(const Spans& spans, Instant from) {
    return without(spans, {{Instant::min(), from}});
}

Spans shortened(const Spans& spans, Duration by) {
    Spans rest;
    for (const Span& span : spans) {
        if (span.to - span.from > by) rest.push_back({span.from, span.to - by});
    }
    return rest;
}

}  // namespace anju::score
