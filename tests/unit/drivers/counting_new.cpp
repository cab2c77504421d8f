// Replaces the allocator of this program by one that counts. In a file of its own, because the
// compiler takes the pair for mismatched where it can look into it.
#include "unit/drivers/counting_new.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> count{0};
}

void* operator new(std::size_t size) {
    ++count;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

std::size_t anju::drivers::testing::allocations() {
    return count;
}
