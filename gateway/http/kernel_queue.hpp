// How long and how much the kernel holds for a client that does not take it.
#pragma once

#include <chrono>

namespace anju::http {

/// Without it, it queues megabytes for a client that reads nothing, and waits a quarter of an hour
/// for one that has vanished (tcp(7), TCP_USER_TIMEOUT). `socket` is a TCP socket.
void limit_kernel_queue(int socket, std::chrono::milliseconds vanished);

}  // namespace anju::http
