#include "drivers/ctwing/ctwing.hpp"

namespace anju::drivers::ctwing {

DecodeResult decode(const Message&, DriverState&) {
    return std::vector<Decoded>{};
}

std::size_t max_payload(const Message&) {
    return max_payload_bytes;
}

std::vector<SupportedDevice> supported() {
    return {};
}

}  // namespace anju::drivers::ctwing
