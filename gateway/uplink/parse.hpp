// Parsing what came from outside. libprotobuf writes a line to standard error for every string
// that is not UTF-8; a sender must not be able to fill a disk with that.
#pragma once

#include <google/protobuf/stubs/logging.h>

#include <limits>
#include <string_view>

namespace anju::uplink {

template <class Message>
[[nodiscard]] bool parse(Message& message, std::string_view bytes) {
    if (bytes.size() > std::numeric_limits<int>::max()) return false;
    const google::protobuf::LogSilencer silent;
    return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace anju::uplink
