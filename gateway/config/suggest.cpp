#include "config/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace anju::config {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> previous(b.size() + 1);
    std::vector<std::size_t> current(b.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                current[j] = std::min(current[j], before[j - 2] + 1);
            }
        }
        before.swap(previous);
        previous.swap(current);
    }
    return previous[b.size()];
}

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
    std::optional<std::string_view> best;
    std::size_t best_distance = 0;
    for (const std::string_view candidate : candidates) {
        const bool contained = (candidate.size() > 1 && word.find(candidate) != word.npos) ||
                               (word.size() > 1 && candidate.find(word) != candidate.npos);
        const std::size_t distance = contained ? 1 : edit_distance(word, candidate);
        if (distance > std::max<std::size_t>(1, candidate.size() / 3)) continue;
        if (!best || distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
    if (const auto guess = nearest(word, candidates)) {
        return "did you mean '" + std::string(*guess) + "'?";
    }
    std::string out = "expected one of ";
    for (const std::string_view candidate : candidates) {
        if (candidate.data() != candidates.front().data()) out += ", ";
        out += candidate;
    }
    return out;
}

}  // namespace anju::config
