#include "http/kernel_queue.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace anju::http {
namespace {

constexpr int queue_bytes = 64 * 1024;

}  // namespace

void limit_kernel_queue(int socket, std::chrono::milliseconds vanished) {
    const auto limit_ms = static_cast<unsigned>(vanished.count());
    setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &queue_bytes, sizeof queue_bytes);
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit_ms, sizeof limit_ms);
}

}  // namespace anju::http
