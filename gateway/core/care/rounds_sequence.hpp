// Numbers that look random and are the same everywhere: SplitMix64 (Steele, Lea, Flood 2014), whose
// arithmetic is defined to the bit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anju::care::rounds {

[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

class Sequence {
public:
    explicit Sequence(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() { return mixed(state_ += step); }
    /// 0 <= result < below.
    std::size_t next(std::size_t below) { return static_cast<std::size_t>(next() % below); }

    static constexpr std::uint64_t step = 0x9e3779b97f4a7c15ULL;

private:
    std::uint64_t state_;
};

}  // namespace anju::care::rounds
