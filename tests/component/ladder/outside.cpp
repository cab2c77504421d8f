#include "tests/component/ladder/outside.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <new>
#include <stdexcept>

namespace anju::test {

void Outside::moment() {
    ++moments;
    if (matters && remarkable_count < most_moments) {
        remarkable[remarkable_count++] = static_cast<std::uint32_t>(moments);
    }
    if (moments == fatal) ::kill(::getpid(), SIGKILL);
}

void Outside::fail(const char* why) {
    std::strncpy(failure.data(), why, failure.size() - 1);
}

SharedOutside::SharedOutside() {
    void* const memory =
        ::mmap(nullptr, sizeof(Outside), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory to share");
    outside_ = new (memory) Outside;
}

SharedOutside::~SharedOutside() {
    ::munmap(outside_, sizeof(Outside));
}

}  // namespace anju::test
