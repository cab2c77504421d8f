// Gives up older states of the store, for want of room or because somebody wants what is in them
// erased, and tells of it: a backup that is gone is missed when it is too late.
#pragma once

#include <cstdint>
#include <functional>

#include "store/files.hpp"

namespace anju::store {

class Copies {
public:
    /// `files` must outlive it.
    explicit Copies(const Files& files) : files_(files) {}

    /// All of them. False: some are still there, see the log; to be tried again.
    [[nodiscard]] bool erase();

    /// One by one, as quarantine.hpp orders them, until `enough`. `at_least_one`: whatever that
    /// says, for it may not know of a bound (a quota). True: something has gone.
    bool give_up(bool at_least_one, const std::function<bool()>& enough);

    /// By give_up(), since this was made.
    [[nodiscard]] std::uint64_t given_up() const { return given_up_; }

private:
    const Files& files_;
    bool stuck_ = false;
    std::uint64_t given_up_ = 0;
};

}  // namespace anju::store
