// A gateway's writing, made up: the n-th transaction is a function of a seed and n, so that the
// whole content of a store is known from how many transactions it holds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/journal.hpp"

namespace anju::test {

class Workload {
public:
    explicit Workload(std::uint64_t seed) : seed_(seed) {}

    /// Every transaction has at least one input, so their number can be told from the last one.
    [[nodiscard]] const Transaction& transaction(std::size_t index);
    /// How many transactions end at this input; nullopt-like -1 when none does.
    [[nodiscard]] std::ptrdiff_t count_at(std::uint64_t last_input) const;

    /// Compares everything a store must hold after the first `count` transactions; empty when
    /// all is there. What retention may have removed is not asked for.
    [[nodiscard]] std::string differences(Journal& journal, std::size_t count);

private:
    void extend();

    std::uint64_t seed_;
    std::vector<Transaction> transactions_;
    std::uint64_t last_input_ = 0;
    std::uint64_t heads_[2] = {0, 0};
    std::uint64_t numbers_ = 0;
};

}  // namespace anju::test
