// Which of some words was probably meant.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anju::sim {

/// How many letters have to be changed, added or left out (Levenshtein).
[[nodiscard]] inline std::size_t edits(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t changed = diagonal + (from[i] == to[j] ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// "did you mean 'smoke'?", or "one of smoke, gas, …" when nothing is near.
[[nodiscard]] inline std::string suggestion(std::string_view word,
                                            std::span<const std::string_view> known) {
    std::string all;
    const std::string_view* best = nullptr;
    std::size_t fewest = word.size() / 3 + 2;
    for (const std::string_view& each : known) {
        all.append(all.empty() ? "one of " : ", ").append(each);
        const std::size_t needed = edits(word, each);
        if (needed >= fewest) continue;
        fewest = needed;
        best = &each;
    }
    return best != nullptr ? "did you mean '" + std::string(*best) + "'?" : all;
}

}  // namespace anju::sim
