// Seeded variation that is the same on every machine: SplitMix64 (Steele, Lea, Flood 2014) with
// integer arithmetic only. The standard library's distributions differ between vendors.
#pragma once

#include <cstdint>
#include <string_view>

namespace anju::sim {

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31U);
    }

    /// lowest <= result <= highest; requires lowest <= highest.
    std::int64_t between(std::int64_t lowest, std::int64_t highest) {
        const auto span = static_cast<std::uint64_t>(highest - lowest) + 1;
        return span == 0 ? lowest : lowest + static_cast<std::int64_t>(next() % span);
    }

    /// True in `per_mille` of 1000 calls.
    bool chance(std::int64_t per_mille) { return between(0, 999) < per_mille; }

private:
    std::uint64_t state_;
};

/// A seed of its own for something named within something seeded.
[[nodiscard]] inline std::uint64_t derive_seed(std::uint64_t seed, std::string_view what) {
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char letter : what) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    }
    return Random{hash}.next();
}

}  // namespace anju::sim
